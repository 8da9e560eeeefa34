#pragma once

#include "model/uuid.h"

#include <QDate>
#include <QSet>
#include <vector>

namespace belfry::inbox {
/// A notification, as far as grouping looks at it.
struct Groupable
{
    model::NotificationId id;
    model::Text app;
    QDate day; ///< of its place, in the zone of who looks
    bool isUnread = false;
};

/// The notifications of one app in one day.
struct StackKey
{
    QDate day;
    model::Text app;
    friend bool operator==(const StackKey &, const StackKey &) = default;
    friend size_t qHash(const StackKey &key, size_t seed = 0) { return ::qHashMulti(seed, key.day, key.app); }
};

/// One row of the grouped list: the header of a day, or a notification.
struct GroupRow
{
    StackKey stack;           ///< of a header the day alone
    model::NotificationId id; ///< null: a header
    int count = 0;            ///< of a header: the day's; of the first of a stack: the stack's; else 1
    int unread = 0;           ///< of those
    bool isFirst = false;     ///< of its stack: the newest, all that a folded one shows
    bool isOpen = false;      ///< first rows of stacks of more than one only

    [[nodiscard]] bool isHeader() const { return id.isNull(); }
    [[nodiscard]] bool isSameRow(const GroupRow &other) const
    {
        return id == other.id && (!isHeader() || stack.day == other.stack.day);
    }
    friend bool operator==(const GroupRow &, const GroupRow &) = default;
};

/// Days newest first, in each the stacks by their newest, in each the newest first. `items` in the order of
/// the list. What was renotified stands above newer days' notifications with an older day of its own; days
/// never go back, so it stands in the day of what is beneath it. Pure.
[[nodiscard]] std::vector<GroupRow> groupRows(std::vector<Groupable> items, const QSet<StackKey> &open);
} // namespace belfry::inbox
