#include "inbox/inbox_groups.h"

#include "inbox/wall_clock.h"

#include <algorithm>

namespace belfry::inbox {
using model::NotificationId;

namespace {
/// A row's identity over refreshes: a notification, or a day.
using RowKey = std::pair<NotificationId, qint64>;

RowKey keyOf(const GroupRow &row)
{
    return {row.id, row.isHeader() ? row.stack.day.toJulianDay() : 0};
}

QSet<RowKey> keysOf(const std::vector<GroupRow> &rows)
{
    QSet<RowKey> keys;
    keys.reserve(std::ssize(rows));
    for (const GroupRow &row : rows)
        keys.insert(keyOf(row));
    return keys;
}
} // namespace

InboxGroups::InboxGroups(InboxFilter &filter, const QTimeZone &zone, QObject *parent)
    : QAbstractListModel(parent)
    , m_filter(filter)
    , m_zone(zone)
{
    const auto takeAnew = [this] {
        takeAll();
        refreshLater();
    };
    connect(&filter, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { takeIn(first, last); });
    connect(&filter, &QAbstractItemModel::rowsRemoved, this,
            [this](const QModelIndex &, int first, int last) { takeOut(first, last); });
    connect(&filter, &QAbstractItemModel::rowsMoved, this, takeAnew);
    connect(&filter, &QAbstractItemModel::layoutChanged, this, takeAnew);
    connect(&filter, &QAbstractItemModel::modelReset, this, takeAnew);
    connect(&filter, &QAbstractItemModel::dataChanged, this, &InboxGroups::touched);
    takeAll();
    m_rows = groupRows(groupables(), m_open);
}

int InboxGroups::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

void InboxGroups::touched(const QModelIndex &first, const QModelIndex &last)
{
    for (int row = first.row(); row <= last.row(); ++row) {
        itemAt(row) = groupable(row);
        m_touched.insert(itemAt(row).id);
    }
    refreshLater();
}

/// Null: it has no row any more, which will be told.
Groupable InboxGroups::groupable(int row)
{
    const Entry *entry = m_filter.entryAt(row);
    if (!entry)
        return {};
    if (entry->placedAt < m_dayBegin || entry->placedAt >= m_dayEnd) {
        m_day = localDay(entry->placedAt, m_zone);
        m_dayBegin = instantOf(m_day, QTime(0, 0), m_zone);
        m_dayEnd = instantOf(m_day.addDays(1), QTime(0, 0), m_zone);
    }
    return {entry->shown->id, entry->shown->content.source, m_day, !entry->shown->engagement.read};
}

void InboxGroups::takeAll()
{
    const int count = m_filter.rowCount();
    m_items.assign(std::size_t(count), {});
    for (int row = 0; row < count; ++row)
        itemAt(row) = groupable(row);
}

void InboxGroups::takeIn(int first, int last)
{
    const std::ptrdiff_t end = std::ssize(m_items) - first;
    const std::size_t count = std::size_t(last) - std::size_t(first) + 1;
    m_items.insert(m_items.begin() + end, count, Groupable());
    for (int row = first; row <= last; ++row)
        itemAt(row) = groupable(row);
    refreshLater();
}

void InboxGroups::takeOut(int first, int last)
{
    const std::ptrdiff_t end = std::ssize(m_items) - first;
    m_items.erase(m_items.begin() + end - (last - first + 1), m_items.begin() + end);
    refreshLater();
}

void InboxGroups::refreshLater()
{
    if (!std::exchange(m_isDue, true))
        QMetaObject::invokeMethod(this, &InboxGroups::catchUp, Qt::QueuedConnection);
}

void InboxGroups::catchUp()
{
    if (m_isDue)
        refresh();
}

std::vector<Groupable> InboxGroups::groupables() const
{
    std::vector<Groupable> items;
    items.reserve(m_items.size());
    std::copy_if(m_items.rbegin(), m_items.rend(), std::back_inserter(items),
                 [](const Groupable &item) { return !item.id.isNull(); });
    return items;
}

void InboxGroups::refresh()
{
    m_isDue = false;
    std::vector<GroupRow> target = groupRows(groupables(), m_open);
    renew(target);
    removeMissing(target);
    placeAll(target);
    takeOver(std::move(target));
}

/// What a folded stack shows may go, and something new of it come: it says something else, and is the same
/// row. Whoever is on it stays there, and nothing is made anew of it.
void InboxGroups::renew(const std::vector<GroupRow> &target)
{
    QHash<StackKey, const GroupRow *> folded;
    for (const GroupRow &row : target) {
        if (row.isFirst && !row.isOpen)
            folded.insert(row.stack, &row);
    }
    const QSet<RowKey> wanted = keysOf(target);
    const QSet<RowKey> here = keysOf(m_rows);
    for (GroupRow &row : m_rows) {
        const GroupRow *now = row.isFirst && !row.isOpen ? folded.value(row.stack) : nullptr;
        if (!now || wanted.contains(keyOf(row)) || here.contains(keyOf(*now)))
            continue;
        if (now->count > row.count)
            m_renewed.insert(now->id);
        m_touched.insert(now->id);
        row.id = now->id;
    }
}

void InboxGroups::removeMissing(const std::vector<GroupRow> &target)
{
    const QSet<RowKey> wanted = keysOf(target);
    const auto isMissing = [&](const GroupRow &row) { return !wanted.contains(keyOf(row)); };
    for (auto end = m_rows.end(); end != m_rows.begin();) {
        if (!isMissing(*(end - 1))) {
            --end;
            continue;
        }
        auto begin = end - 1;
        while (begin != m_rows.begin() && isMissing(*(begin - 1)))
            --begin;
        beginRemoveRows({}, int(begin - m_rows.begin()), int(end - m_rows.begin()) - 1);
        end = m_rows.erase(begin, end);
        endRemoveRows();
    }
}

void InboxGroups::placeAll(const std::vector<GroupRow> &target)
{
    QSet<RowKey> there = keysOf(m_rows);
    for (std::size_t i = 0; i < target.size(); ++i) {
        if (i < m_rows.size() && m_rows[i].isSameRow(target[i]))
            continue;
        if (there.contains(keyOf(target[i]))) {
            const auto at = std::find_if(m_rows.begin() + std::ptrdiff_t(i), m_rows.end(),
                                         [&](const GroupRow &row) { return row.isSameRow(target[i]); });
            const int from = int(at - m_rows.begin());
            beginMoveRows({}, from, from, {}, int(i));
            std::rotate(m_rows.begin() + std::ptrdiff_t(i), at, at + 1);
            endMoveRows();
            continue;
        }
        std::size_t end = i + 1;
        while (end < target.size() && !there.contains(keyOf(target[end])))
            ++end;
        beginInsertRows({}, int(i), int(end) - 1);
        m_rows.insert(m_rows.begin() + std::ptrdiff_t(i), target.begin() + std::ptrdiff_t(i),
                      target.begin() + std::ptrdiff_t(end));
        endInsertRows();
        i = end - 1;
    }
}

/// Same rows in the same order by now: what they say may differ.
void InboxGroups::takeOver(std::vector<GroupRow> target)
{
    const QSet<NotificationId> touchedIds = std::exchange(m_touched, {});
    std::vector<bool> differs(target.size());
    for (std::size_t i = 0; i < target.size(); ++i)
        differs[i] = m_rows[i] != target[i] || touchedIds.contains(target[i].id);
    m_rows = std::move(target);
    QSet<StackKey> stillOpen;
    for (const GroupRow &row : m_rows) {
        if (row.isOpen)
            stillOpen.insert(row.stack);
    }
    m_open = stillOpen;
    for (std::size_t i = 0; i < differs.size(); ++i) {
        if (!differs[i])
            continue;
        const std::size_t begin = i;
        while (i + 1 < differs.size() && differs[i + 1])
            ++i;
        Q_EMIT dataChanged(index(int(begin)), index(int(i)));
    }
    const QSet<NotificationId> renewedIds = std::exchange(m_renewed, {});
    if (renewedIds.isEmpty())
        return;
    for (int row = 0; row < rowCount(); ++row) {
        if (renewedIds.contains(m_rows[std::size_t(row)].id))
            Q_EMIT renewed(row);
    }
}

QVariant InboxGroups::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const GroupRow &row = m_rows[std::size_t(index.row())];
    switch (role) {
    case HeaderRole:
        return row.isHeader();
    case DayRole:
        return row.stack.day;
    case AppRole:
        return QString::fromUtf8(row.stack.app);
    case CountRole:
        return row.count;
    case UnreadCountRole:
        return row.unread;
    case FirstRole:
        return row.isFirst;
    case OpenRole:
        return row.isOpen;
    default:
        break;
    }
    if (row.isHeader())
        return {};
    const InboxModel &inbox = m_filter.inbox();
    return inbox.index(inbox.rowOf(row.id)).data(role);
}

QHash<int, QByteArray> InboxGroups::roleNames() const
{
    QHash<int, QByteArray> names = m_filter.roleNames();
    names.insert({{HeaderRole, "header"},
                  {DayRole, "day"},
                  {AppRole, "app"},
                  {CountRole, "count"},
                  {UnreadCountRole, "unreadCount"},
                  {FirstRole, "first"},
                  {OpenRole, "open"}});
    return names;
}

void InboxGroups::setZone(const QTimeZone &zone)
{
    if (zone == m_zone)
        return;
    m_zone = zone;
    m_dayBegin = {1};
    m_dayEnd = {0};
    takeAll();
    refresh();
}

void InboxGroups::setOpen(int row, bool isOpen)
{
    if (row < 0 || row >= rowCount() || m_rows[std::size_t(row)].isHeader())
        return;
    const StackKey key = m_rows[std::size_t(row)].stack;
    if (isOpen == m_open.contains(key))
        return;
    if (isOpen)
        m_open.insert(key);
    else
        m_open.remove(key);
    refresh();
}

QList<NotificationId> InboxGroups::stackAt(int row) const
{
    QList<NotificationId> ids;
    if (row < 0 || row >= rowCount())
        return ids;
    // Open: grouping puts every row of it into the list, with the days as they are told there.
    const GroupRow &at = m_rows[std::size_t(row)];
    const QSet<StackKey> opened{at.stack};
    for (const GroupRow &one : groupRows(groupables(), opened)) {
        if (!one.isHeader() && one.stack == at.stack)
            ids.append(one.id);
    }
    return ids;
}

QList<NotificationId> InboxGroups::idsAt(int row) const
{
    if (row < 0 || row >= rowCount())
        return {};
    const GroupRow &at = m_rows[std::size_t(row)];
    if (!at.isHeader())
        return at.isFirst && !at.isOpen ? stackAt(row) : QList<NotificationId>{at.id};
    QSet<StackKey> all;
    for (const GroupRow &one : m_rows) {
        if (one.stack.day == at.stack.day)
            all.insert(one.stack);
    }
    QList<NotificationId> ids;
    for (const GroupRow &one : groupRows(groupables(), all)) {
        if (!one.isHeader() && one.stack.day == at.stack.day)
            ids.append(one.id);
    }
    return ids;
}

int InboxGroups::rowOf(const NotificationId &id) const
{
    const auto at = std::find_if(m_rows.begin(), m_rows.end(),
                                 [&](const GroupRow &row) { return !row.isHeader() && row.id == id; });
    return at == m_rows.end() ? -1 : int(at - m_rows.begin());
}
} // namespace belfry::inbox

#include "moc_inbox_groups.cpp"
