#pragma once

#include "inbox/day_groups.h"
#include "inbox/inbox_filter.h"

#include <QTimeZone>

namespace belfry::inbox {
/// The rows of a filter under headers of days, with stacks of each app in a day, folded until opened. What
/// happened in one turn of the event loop is shown at its end, in one round of inserts, moves, removes and
/// changes; never by a reset. A folded stack stays one row, whichever of it is the newest. One thread.
class InboxGroups : public QAbstractListModel
{
    Q_OBJECT
public:
    /// Beside those of InboxModel, which a header has no values for.
    enum Role {
        HeaderRole = InboxModel::EndRole, ///< true: the header of a day
        DayRole,                          ///< QDate, in the zone
        AppRole,                          ///< as SourceRole; "" for headers
        CountRole,                        ///< header: of the day; first of a stack: of the stack, itself too
        UnreadCountRole,                  ///< of those the unread
        FirstRole,                        ///< first of its stack
        OpenRole                          ///< the stack shows all of its rows
    };

    InboxGroups(InboxFilter &filter, const QTimeZone &zone, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    void setZone(const QTimeZone &zone);
    /// Opens or folds the stack to which the row belongs.
    void setOpen(int row, bool isOpen);
    /// A header: those of the day; the first of a folded stack: those of the stack; else the row's own.
    [[nodiscard]] QList<model::NotificationId> idsAt(int row) const;
    /// All of the stack to which the row belongs, folded or not.
    [[nodiscard]] QList<model::NotificationId> stackAt(int row) const;
    /// −1: it is not shown (folded away, filtered out).
    [[nodiscard]] int rowOf(const model::NotificationId &id) const;
    /// What the rows are; for tests beside the roles.
    [[nodiscard]] const std::vector<GroupRow> &rows() const { return m_rows; }

    /// Now instead of at the end of the turn.
    void refresh();
    /// The same, where something is due.
    void catchUp();

Q_SIGNALS:
    /// A folded stack has come to show another one, newer than what it showed.
    void renewed(int row);

private:
    void refreshLater();
    void touched(const QModelIndex &first, const QModelIndex &last);
    void takeAll();
    void takeIn(int first, int last);
    void takeOut(int first, int last);
    [[nodiscard]] Groupable groupable(int row);
    [[nodiscard]] Groupable &itemAt(int row) { return m_items[m_items.size() - 1 - std::size_t(row)]; }
    [[nodiscard]] std::vector<Groupable> groupables() const;
    void renew(const std::vector<GroupRow> &target);
    void removeMissing(const std::vector<GroupRow> &target);
    void placeAll(const std::vector<GroupRow> &target);
    void takeOver(std::vector<GroupRow> target);

    InboxFilter &m_filter;
    QTimeZone m_zone;
    /// Of each row of the filter, the last one first: what is new stands at the end, which costs nothing. To
    /// ask for all of them each time takes longest of all that a burst does here.
    std::vector<Groupable> m_items;
    QDate m_day; ///< the last that was looked up, and its bounds: most neighbours are of one
    model::Instant m_dayBegin{1};
    model::Instant m_dayEnd{0};
    std::vector<GroupRow> m_rows;
    QSet<StackKey> m_open;
    QSet<model::NotificationId> m_touched;
    QSet<model::NotificationId> m_renewed; ///< of one refresh: to be told at its end
    bool m_isDue = false;
};
} // namespace belfry::inbox
