#include "store/retention_rules.h"

#include "store/row_flags.h"

#include <algorithm>

namespace belfry::store {
namespace {
/// Rows that a step looks at for each that it may remove: reading is cheap, and on another thread.
constexpr int looksPerRow = 8;
constexpr model::Duration riseSlack = std::chrono::hours(6);

bool isAged(model::State state, model::Instant placedAt, const ports::Keeping::Life &life, model::Instant now)
{
    return life && isOver(state) && placedAt < now - *life;
}

const ports::Keeping::Life &lifeOf(const model::Text &type, const ports::Keeping &keeping)
{
    if (keeping.categories.empty())
        return keeping.notifications;
    const auto own = keeping.categories.find(model::categoryOf(type));
    return own == keeping.categories.end() ? keeping.notifications : own->second;
}

/// Nothing: all of them are kept for ever.
ports::Keeping::Life shortestLife(const ports::Keeping &keeping)
{
    ports::Keeping::Life shortest = keeping.notifications;
    for (const auto &[type, life] : keeping.categories) {
        if (life && (!shortest || *life < *shortest))
            shortest = life;
    }
    return shortest;
}

Result<RetirePlan> planDeleted(ReadSession &session, const ports::SweepStep &step)
{
    RetirePlan plan;
    if (!step.keeping.deleted)
        return plan;
    const model::Instant before = keptSince(step.keeping.deleted, step.now);
    if (auto done = session.retention().deleted(before, step.limit, plan.items); !done)
        return tl::unexpected(done.error());
    plan.last = std::ssize(plan.items) < step.limit;
    return plan;
}

Result<RetirePlan> planAged(ReadSession &session, const ports::SweepStep &step)
{
    RetirePlan plan;
    const ports::Keeping::Life shortest = shortestLife(step.keeping);
    if (!shortest)
        return plan;
    const int most = step.limit * looksPerRow;
    std::vector<AgedRow> rows;
    if (auto done = session.retention().aged(step.from.item, most, rows); !done)
        return tl::unexpected(done.error());
    const model::Instant before = keptSince(shortest, step.now);
    const auto isOld = [before](const AgedRow &row) { return row.createdAt < before; };
    // Made one after the other: behind so many that are young there are no old ones.
    plan.last = std::ssize(rows) < most || std::none_of(rows.begin(), rows.end(), isOld);
    for (const AgedRow &row : rows) {
        plan.next.item = row.id;
        if (row.wanted || !isAged(row.state, row.placedAt, lifeOf(row.type, step.keeping), step.now))
            continue;
        plan.items.push_back(row.id);
        if (std::ssize(plan.items) == step.limit) {
            plan.last = false;
            break;
        }
    }
    return plan;
}

/// The first entry that is kept. `cutOff`: there may be more to cut than was looked at. Each rise writes the
/// user's row, so a few hours' entries go at once.
model::Seq newFloorOf(const LogRange &range, const std::vector<LogAge> &ages, int limit,
                      model::Instant before, bool &cutOff)
{
    if (ages.empty() || ages.front().at >= before - riseSlack)
        return range.floor;
    for (const LogAge &age : ages) {
        if (age.at >= before)
            return age.seq;
    }
    cutOff = std::ssize(ages) == limit;
    return cutOff ? ages.back().seq : range.head + 1;
}
} // namespace

bool isPastKeeping(const model::Notification &item, const ports::Keeping &keeping, model::Instant now)
{
    const model::MaybeInstant &deleted = item.engagement.deleted;
    if (deleted && keeping.deleted && *deleted < now - *keeping.deleted)
        return true;
    return isAged(item.state, placedAt(item), lifeOf(item.content.type, keeping), now);
}

Result<RetirePlan> planRetiring(ReadSession &session, const ports::SweepStep &step)
{
    return step.shelf == ports::Shelf::Deleted ? planDeleted(session, step) : planAged(session, step);
}

Result<CutPlan> planCuts(ReadSession &session, const ports::SweepStep &step)
{
    CutPlan plan;
    if (!step.keeping.log)
        return plan;
    const model::Instant before = keptSince(step.keeping.log, step.now);
    std::vector<LogRange> ranges;
    if (auto done = session.retention().logs(step.from.user, step.limit, ranges); !done)
        return tl::unexpected(done.error());
    plan.last = std::ssize(ranges) < step.limit;
    plan.next = step.from;
    int left = step.limit * looksPerRow;
    for (const LogRange &range : ranges) {
        if (left <= 0) {
            plan.last = false;
            break;
        }
        bool cutOff = false;
        if (range.floor <= range.head) {
            std::vector<LogAge> ages;
            const int most = std::max(left, 3); // one seq may have two rows
            if (auto done = session.retention().ages(range.key, range.floor, most, ages); !done)
                return tl::unexpected(done.error());
            const model::Seq floor = newFloorOf(range, ages, most, before, cutOff);
            if (floor > range.floor) {
                plan.cuts.push_back({range.user, floor});
                left -= static_cast<int>(floor - range.floor);
            }
            --left;
        }
        if (cutOff) {
            plan.last = false;
            break; // the same user again
        }
        plan.next.user = range.key;
    }
    return plan;
}
} // namespace belfry::store
