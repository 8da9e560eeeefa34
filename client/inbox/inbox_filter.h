#pragma once

#include "inbox/inbox_model.h"
#include "inbox/search_query.h"

#include <QSet>
#include <QSortFilterProxyModel>
#include <optional>

namespace belfry::inbox {
/// The rows of one view over an InboxModel, in its order. A row leaves as soon as it does not fit any more.
class InboxFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    enum class View {
        Inbox,   ///< active: the default list (semantics 2)
        Unread,  ///< of those the unread
        Snoozed, ///< sleeping, and not deleted
        Archive, ///< what has expired stays there
        All      ///< whatever is not deleted or over: what a search looks at
    };
    Q_ENUM(View)

    explicit InboxFilter(InboxModel &inbox, QObject *parent = nullptr);

    [[nodiscard]] View view() const { return m_view; }
    void setView(View view);
    /// Nothing: all apps. Else this one alone.
    void setApp(const std::optional<model::Text> &app);
    /// `hits`: what the index found for the query's text; looked at when there is a text.
    void setSearch(const SearchQuery &query, const QSet<model::NotificationId> &hits);
    void clearSearch() { setSearch({}, {}); }
    /// The one that is being read stays among the unread until another one is (null: none does).
    void setKept(const model::NotificationId &id);

    [[nodiscard]] const Entry *entryAt(int row) const;
    [[nodiscard]] const InboxModel &inbox() const { return m_inbox; }

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    [[nodiscard]] bool isInView(const model::Notification &item) const;

    InboxModel &m_inbox;
    View m_view = View::Inbox;
    std::optional<model::Text> m_app;
    SearchQuery m_search;
    QSet<model::NotificationId> m_hits;
    model::NotificationId m_kept;
};
} // namespace belfry::inbox
