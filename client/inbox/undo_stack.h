#pragma once

#include "model/op.h"

#include <deque>
#include <functional>
#include <vector>

namespace belfry::inbox {
/// What a person does with notifications (C2).
enum class Action { Read, Unread, Ack, Archive, Unarchive, Snooze, Unsnooze, Delete, Mute, Unmute, ReadAll };

/// One thing that was done and can be taken back.
struct Deed
{
    struct Item
    {
        model::NotificationId id;
        model::Engagement before;
        model::Engagement after; ///< as it was shown then
    };

    quint64 serial = 0;
    Action action = Action::Read;
    std::vector<Item> items;
    QList<model::OpId> ops; ///< unanswered ones
    model::Text category{}; ///< Mute, Unmute
};

/// One op that takes something back.
struct InverseOp
{
    model::OpSet set = model::OpSet::Undo;
    model::MaybeInstant until{};
    QList<model::NotificationId> ids{};
    friend bool operator==(const InverseOp &, const InverseOp &) = default;
};

/// The ops that bring back what the deed changed, in the order in which they have to be sent, at most 500 ids
/// each. Only what still is as the deed left it: what another device, or a later deed, made of it stays
/// (semantics 16). `now`: how it is now; null: not known here, taken to be as the deed left it. Pure.
using EngagementNow = std::function<const model::Engagement *(const model::NotificationId &)>;
[[nodiscard]] std::vector<InverseOp> inverseOf(const Deed &deed, const EngagementNow &now, model::Instant at);

/// Deeds of this run of the program, the last one first; at most `levels`. Pure.
class UndoStack
{
public:
    static constexpr std::size_t levels = 100;

    void push(Deed deed);
    [[nodiscard]] bool isEmpty() const { return m_deeds.empty(); }
    [[nodiscard]] const Deed *top() const { return m_deeds.empty() ? nullptr : &m_deeds.back(); }
    /// Nothing: it is not there (any more). Serial 0: the last one.
    [[nodiscard]] std::optional<Deed> take(quint64 serial = 0);
    /// The server answered for the op; to these items it said no: there is nothing to take back.
    void drop(const model::OpId &op, const QList<model::NotificationId> &ids);
    void dropDeed(quint64 serial);

private:
    std::deque<Deed> m_deeds;
};
} // namespace belfry::inbox
