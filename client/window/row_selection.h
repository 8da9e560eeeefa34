#pragma once

#include "inbox/inbox_filter.h"

namespace belfry::window {
/// Which notifications are chosen for a bulk action. What leaves the list is not chosen any more: nothing is
/// done to what one does not see. One thread.
class RowSelection : public QObject
{
    Q_OBJECT
public:
    using Ids = QList<model::NotificationId>;

    /// The filter outlives this.
    explicit RowSelection(inbox::InboxFilter &filter, QObject *parent = nullptr);

    [[nodiscard]] bool contains(const model::NotificationId &id) const { return m_ids.contains(id); }
    [[nodiscard]] qsizetype size() const { return m_ids.size(); }
    /// In the order of the list.
    [[nodiscard]] Ids ids() const;

    /// All of them chosen: none of them any more; else all.
    void toggle(const Ids &ids);
    void add(const Ids &ids);
    void clear();

Q_SIGNALS:
    void changed();

private:
    void dropHidden();

    inbox::InboxFilter &m_filter;
    QSet<model::NotificationId> m_ids;
};
} // namespace belfry::window
