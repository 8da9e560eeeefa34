#include "window/row_selection.h"

#include <algorithm>

namespace belfry::window {
RowSelection::RowSelection(inbox::InboxFilter &filter, QObject *parent)
    : QObject(parent)
    , m_filter(filter)
{
    (void)filter.rowCount(); // a proxy that was never asked tells nothing
    connect(&filter, &QAbstractItemModel::rowsRemoved, this, &RowSelection::dropHidden);
    connect(&filter, &QAbstractItemModel::modelReset, this, &RowSelection::dropHidden);
}

RowSelection::Ids RowSelection::ids() const
{
    Ids ids;
    for (int row = 0; row < m_filter.rowCount() && ids.size() < m_ids.size(); ++row) {
        const inbox::Entry *entry = m_filter.entryAt(row);
        if (entry && m_ids.contains(entry->shown->id))
            ids.append(entry->shown->id);
    }
    return ids;
}

void RowSelection::toggle(const Ids &ids)
{
    const bool hasAll =
        std::all_of(ids.begin(), ids.end(), [this](const auto &id) { return m_ids.contains(id); });
    if (!hasAll)
        return add(ids);
    for (const model::NotificationId &id : ids)
        m_ids.remove(id);
    Q_EMIT changed();
}

void RowSelection::add(const Ids &ids)
{
    for (const model::NotificationId &id : ids)
        m_ids.insert(id);
    Q_EMIT changed();
}

void RowSelection::clear()
{
    if (m_ids.isEmpty())
        return;
    m_ids.clear();
    Q_EMIT changed();
}

void RowSelection::dropHidden()
{
    if (m_ids.isEmpty())
        return;
    const Ids still = ids();
    if (still.size() == m_ids.size())
        return;
    m_ids = {still.begin(), still.end()};
    Q_EMIT changed();
}
} // namespace belfry::window

#include "moc_row_selection.cpp"
