#include "store/update_plan.h"

#include "store/row_flags.h"

#include <unordered_map>

namespace belfry::store {
namespace {
/// Fewer are written one by one: a statement for many costs more than one for a row.
constexpr std::size_t fewestAlike = 16;

struct AlikeHash
{
    std::size_t operator()(const AlikeChange &change) const noexcept
    {
        return qHashMulti(0, change.user, change.seq, change.flags, change.changed);
    }
};

AlikeChange changeOf(const WriteTx::RowUpdate &update)
{
    const model::Notification &n = update.row->item;
    AlikeChange change{update.row->user, n.seq, rowFlags(n), n.updatedAt};
    for (std::size_t i = 0; i < engagementTimes.size(); ++i) {
        const auto time = engagementTimes.at(i);
        if (n.engagement.*time == update.stored->*time)
            continue;
        change.changed = static_cast<quint16>(change.changed | 1U << i);
        change.engagement.*time = n.engagement.*time;
    }
    return change;
}

/// What is due when a snooze ends differs from row to row.
bool movesDueTime(const WriteTx::RowUpdate &update)
{
    return update.row->item.engagement.snoozedUntil != update.stored->snoozedUntil;
}
} // namespace

UpdatePlan planUpdates(const std::vector<WriteTx::RowUpdate> &updates)
{
    UpdatePlan plan;
    std::unordered_map<AlikeChange, std::vector<const NotificationRow *>, AlikeHash> groups;
    for (const WriteTx::RowUpdate &update : updates) {
        if (update.part != EngagementPart)
            plan.whole.push_back(update.row);
        else if (updates.size() < fewestAlike || movesDueTime(update))
            plan.engagements.push_back(update.row);
        else
            groups[changeOf(update)].push_back(update.row);
    }
    for (const auto &[change, rows] : groups) {
        if (rows.size() < fewestAlike) {
            plan.engagements.insert(plan.engagements.end(), rows.begin(), rows.end());
            continue;
        }
        UpdatePlan::Alike &alike = plan.alike.emplace_back(UpdatePlan::Alike{change, {}});
        for (const NotificationRow *row : rows)
            alike.places.push_back(row->item.createdSeq);
    }
    return plan;
}
} // namespace belfry::store
