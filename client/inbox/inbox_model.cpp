#include "inbox/inbox_model.h"

#include <algorithm>

namespace belfry::inbox {
using model::NotificationId;

InboxModel::InboxModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

int InboxModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_keys.size());
}

const Entry *InboxModel::entryAt(int row) const
{
    return m_ledger.find(idAt(row));
}

NotificationId InboxModel::idAt(int row) const
{
    if (row < 0 || row >= std::ssize(m_keys))
        return {};
    return m_keys[m_keys.size() - 1 - std::size_t(row)].id;
}

std::ptrdiff_t InboxModel::indexOf(const Key &key) const
{
    return std::lower_bound(m_keys.begin(), m_keys.end(), key) - m_keys.begin();
}

int InboxModel::rowOf(const NotificationId &id) const
{
    const auto place = m_places.constFind(id);
    return place == m_places.constEnd() ? -1 : rowAt(indexOf({*place, id}));
}

void InboxModel::load(const std::vector<Loaded> &rows, model::Instant now)
{
    Delta delta;
    for (const Loaded &row : rows)
        delta.shown += m_ledger.load(row.item, row.placedAt, row.wokeAt, now).shown;
    if (!m_keys.empty()) {
        present(delta);
        return;
    }
    beginResetModel();
    for (const NotificationId &id : delta.shown) {
        const model::Seq place = m_ledger.find(id)->shown->createdSeq;
        m_keys.push_back({place, id});
        m_places.insert(id, place);
    }
    std::sort(m_keys.begin(), m_keys.end());
    endResetModel();
}

Delta InboxModel::take(const std::vector<model::Notification> &items, model::Instant now)
{
    Delta all;
    for (const model::Notification &item : items) {
        const Delta one = m_ledger.take(item, now);
        all.shown += one.shown;
        all.told += one.told;
        all.removed += one.removed;
    }
    return present(all);
}

Delta InboxModel::tell(const model::Change &change, model::Instant now)
{
    return present(m_ledger.tell(change, now));
}

Delta InboxModel::replace(const std::vector<model::Notification> &items, model::Seq seq, model::Instant now)
{
    return present(m_ledger.replace(items, seq, now));
}

Delta InboxModel::startAnew()
{
    return present(m_ledger.startAnew());
}

Delta InboxModel::trim(std::size_t limit, Ledger::Rank rank)
{
    return present(m_ledger.trim(limit, rank));
}

Delta InboxModel::begin(const model::Op &op, model::Instant now)
{
    return present(m_ledger.begin(op, now));
}

Delta InboxModel::settle(const model::OpId &id, model::Instant now)
{
    return present(m_ledger.settle(id, now));
}

Delta InboxModel::pass(model::Instant now)
{
    return present(m_ledger.pass(now));
}

/// The ledger has changed already: rows that wait for their turn show what it says now.
const Delta &InboxModel::present(const Delta &delta)
{
    takeOut(delta.removed);
    Keys arrived;
    std::vector<int> changed;
    for (const NotificationId &id : delta.shown) {
        const Entry *entry = m_ledger.find(id);
        if (!entry)
            continue;
        const auto place = m_places.constFind(id);
        if (place == m_places.constEnd())
            arrived.push_back({entry->shown->createdSeq, id});
        else if (*place != entry->shown->createdSeq)
            move(id);
    }
    putIn(std::move(arrived));
    for (const NotificationId &id : delta.shown) {
        if (const int row = rowOf(id); row >= 0)
            changed.push_back(row);
    }
    tellChanged(std::move(changed));
    return delta;
}

void InboxModel::takeOut(const QList<NotificationId> &ids)
{
    std::vector<std::ptrdiff_t> indexes;
    for (const NotificationId &id : ids) {
        if (const auto place = m_places.constFind(id); place != m_places.constEnd())
            indexes.push_back(indexOf({*place, id}));
    }
    std::sort(indexes.begin(), indexes.end(), std::greater());
    for (std::size_t i = 0; i < indexes.size();) {
        std::size_t end = i + 1;
        while (end < indexes.size() && indexes[end] == indexes[end - 1] - 1)
            ++end;
        const auto first = m_keys.begin() + indexes[end - 1];
        const auto last = m_keys.begin() + indexes[i] + 1;
        beginRemoveRows({}, rowAt(indexes[i]), rowAt(indexes[end - 1]));
        for (auto at = first; at != last; ++at)
            m_places.remove(at->id);
        m_keys.erase(first, last);
        endRemoveRows();
        i = end;
    }
}

/// Those that stand beside each other come together.
void InboxModel::putIn(Keys keys)
{
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    for (std::size_t i = 0; i < keys.size();) {
        const std::ptrdiff_t index = indexOf(keys[i]);
        const bool isLast = index == std::ssize(m_keys);
        std::size_t end = i + 1;
        while (end < keys.size() && (isLast || keys[end] < m_keys[std::size_t(index)]))
            ++end;
        const int row = int(std::ssize(m_keys) - index);
        beginInsertRows({}, row, row + int(end - i) - 1);
        m_keys.insert(m_keys.begin() + index, keys.begin() + std::ptrdiff_t(i),
                      keys.begin() + std::ptrdiff_t(end));
        for (std::size_t k = i; k < end; ++k)
            m_places.insert(keys[k].id, keys[k].place);
        endInsertRows();
        i = end;
    }
}

void InboxModel::move(const NotificationId &id)
{
    const Key to{m_ledger.find(id)->shown->createdSeq, id};
    const std::ptrdiff_t from = indexOf({m_places.value(id), id});
    const std::ptrdiff_t target = indexOf(to); // among the keys with the old one still there
    const bool moves = target != from && target != from + 1;
    if (moves)
        beginMoveRows({}, rowAt(from), rowAt(from), {}, int(std::ssize(m_keys) - target));
    m_keys.erase(m_keys.begin() + from);
    m_keys.insert(m_keys.begin() + (target > from ? target - 1 : target), to);
    m_places.insert(id, to.place);
    if (moves)
        endMoveRows();
}

void InboxModel::tellChanged(std::vector<int> rows)
{
    std::sort(rows.begin(), rows.end());
    for (std::size_t i = 0; i < rows.size();) {
        std::size_t end = i + 1;
        while (end < rows.size() && rows[end] == rows[end - 1] + 1)
            ++end;
        Q_EMIT dataChanged(index(rows[i]), index(rows[end - 1]));
        i = end;
    }
}
} // namespace belfry::inbox

#include "moc_inbox_model.cpp"
