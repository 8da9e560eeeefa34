#include "inbox/inbox_filter.h"

#include "inbox/op_effect.h"

#include <utility>

namespace belfry::inbox {
using model::State;

InboxFilter::InboxFilter(InboxModel &inbox, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_inbox(inbox)
{
    setSourceModel(&inbox);
}

void InboxFilter::setView(View view)
{
    if (view == m_view)
        return;
    m_view = view;
    invalidateRowsFilter();
}

void InboxFilter::setApp(const std::optional<model::Text> &app)
{
    if (app == m_app)
        return;
    m_app = app;
    invalidateRowsFilter();
}

void InboxFilter::setSearch(const SearchQuery &query, const QSet<model::NotificationId> &hits)
{
    if (query == m_search && hits == m_hits)
        return;
    m_search = query;
    m_hits = hits;
    invalidateRowsFilter();
}

void InboxFilter::setKept(const model::NotificationId &id)
{
    if (std::exchange(m_kept, id) != id && m_view == View::Unread)
        invalidateRowsFilter();
}

const Entry *InboxFilter::entryAt(int row) const
{
    return m_inbox.entryAt(mapToSource(index(row, 0)).row());
}

bool InboxFilter::isInView(const model::Notification &item) const
{
    const model::Engagement &e = item.engagement;
    const bool alive = isAlive(item);
    switch (m_view) {
    case View::Inbox:
        return model::isActive(item);
    case View::Unread:
        return model::isActive(item) && (!e.read || item.id == m_kept);
    case View::Snoozed:
        return alive && e.snoozedUntil && !e.deleted;
    case View::Archive:
        return (alive || item.state == State::Expired) && e.archived && !e.deleted;
    case View::All:
        return !e.deleted && (alive || (item.state == State::Expired && e.archived));
    }
    return false;
}

bool InboxFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    const Entry *entry = m_inbox.entryAt(row);
    if (!entry || !isInView(entry->shown))
        return false;
    if (m_app && entry->shown->content.source != *m_app)
        return false;
    return matches(m_search, *entry) && (m_search.text.isEmpty() || m_hits.contains(entry->shown->id));
}
} // namespace belfry::inbox

#include "moc_inbox_filter.cpp"
