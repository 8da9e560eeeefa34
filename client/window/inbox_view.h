#pragma once

#include "inbox/inbox_groups.h"
#include "inbox/triage.h"
#include "window/clock.h"
#include "window/more_rows.h"
#include "window/row_selection.h"
#include "window/saved_searches.h"
#include "window/words.h"

#include <QColor>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace belfry::window {
/// The list of the window: one view of the inbox, what is searched and chosen in it, and what the person does
/// with its rows (C2, C3). Rows are those of `rows`; row −1 stands for what is chosen, below for none. One
/// thread.
class InboxView : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("the program makes it")
    Q_PROPERTY(QAbstractItemModel *rows READ rows CONSTANT)
    Q_PROPERTY(belfry::window::SavedSearches *saved READ saved CONSTANT)
    Q_PROPERTY(belfry::window::MoreRows *more READ more CONSTANT)
    Q_PROPERTY(View view READ view WRITE setView NOTIFY viewChanged)
    Q_PROPERTY(QDateTime minute READ minute NOTIFY minuteChanged)
    Q_PROPERTY(int unreadCount READ unreadCount NOTIFY countsChanged)
    Q_PROPERTY(int snoozedCount READ snoozedCount NOTIFY countsChanged)
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY searchChanged)
    Q_PROPERTY(QString searchProblem READ searchProblem NOTIFY searchChanged)
    Q_PROPERTY(QString words READ words NOTIFY searchChanged)
    Q_PROPERTY(bool isSearching READ isSearching NOTIFY searchChanged)
    Q_PROPERTY(int selectionCount READ selectionCount NOTIFY selectionChanged)
    Q_PROPERTY(int selectionRevision READ selectionRevision NOTIFY selectionChanged)
    Q_PROPERTY(bool canUndo READ canUndo NOTIFY canUndoChanged)
    Q_PROPERTY(bool isCacheRead READ isCacheRead NOTIFY cacheReadChanged)
public:
    enum View { Inbox, Unread, Snoozed, Archive };
    Q_ENUM(View)

    /// All outlive this.
    struct Parts
    {
        inbox::InboxModel &inbox;
        inbox::Triage &triage;
        RowSource &source;
        Clock &clock;
    };
    InboxView(const Parts &parts, Teller teller, QObject *parent = nullptr);
    ~InboxView() override;

    [[nodiscard]] QAbstractItemModel *rows() { return &m_groups; }
    [[nodiscard]] SavedSearches *saved() { return &m_saved; }
    /// Of the archive, and of what a search finds on the server.
    [[nodiscard]] MoreRows *more() { return &m_more; }
    [[nodiscard]] View view() const { return m_view; }
    void setView(View view);
    [[nodiscard]] QDateTime minute() const { return m_parts.clock.minute(); }
    /// The badge: what the server counts, with what was done here.
    void setUnreadCount(qint64 count);
    [[nodiscard]] int unreadCount() const { return m_unread; }
    [[nodiscard]] int snoozedCount() const { return m_snoozed; }
    /// The newest rows are there, an empty list is an empty inbox.
    void setCacheRead();
    [[nodiscard]] bool isCacheRead() const { return m_isCacheRead; }

    [[nodiscard]] QString search() const { return m_searchText; }
    void setSearch(const QString &text);
    /// What of it was not understood; "": nothing.
    [[nodiscard]] QString searchProblem() const { return m_query.faults.join(QStringLiteral("  ")); }
    /// What of it is looked for in titles and messages, to be marked there; "": nothing.
    [[nodiscard]] QString words() const { return m_query.text; }
    [[nodiscard]] bool isSearching() const;
    /// Asks the server, too: when the person pressed Enter, or paused.
    Q_INVOKABLE void searchEverywhere();

    // Rows
    Q_INVOKABLE [[nodiscard]] QString idAt(int row) const;
    /// The link of a notification, "" when there is none that may be opened.
    Q_INVOKABLE [[nodiscard]] QString linkOf(const QString &id) const;
    Q_INVOKABLE [[nodiscard]] int rowOf(const QString &id) const;
    /// Where a menu's notification is by now: "" is what is chosen (−1), one without a row is none (−2).
    Q_INVOKABLE [[nodiscard]] int rowMeant(const QString &id) const;
    Q_INVOKABLE [[nodiscard]] bool isHeader(int row) const;
    /// The day under which a row stands, for the header that stays in sight.
    Q_INVOKABLE [[nodiscard]] QString dayAt(int row) const;
    /// The next notification from there, headers passed over; the row itself when there is none.
    Q_INVOKABLE [[nodiscard]] int nextRow(int row, int step) const;
    Q_INVOKABLE void setOpen(int row, bool isOpen);
    /// Rows as of now, not as of the last turn: before somebody lays them out.
    Q_INVOKABLE void catchUp() { m_groups.catchUp(); }
    /// The one that is open stays among the unread while it is; "": none.
    Q_INVOKABLE void keep(const QString &id);

    // Selection
    Q_INVOKABLE [[nodiscard]] bool isSelected(const QString &id) const;
    Q_INVOKABLE void toggleSelected(int row);
    Q_INVOKABLE void selectRange(int from, int to);
    Q_INVOKABLE void selectAll();
    Q_INVOKABLE void clearSelection() { m_selection.clear(); }
    [[nodiscard]] int selectionCount() const { return int(m_selection.size()); }
    [[nodiscard]] int selectionRevision() const { return m_selectionRevision; }

    // What one does
    Q_INVOKABLE void toggleRead(int row);
    Q_INVOKABLE void markRead(int row);
    Q_INVOKABLE void archive(int row);
    Q_INVOKABLE void remove(int row);
    Q_INVOKABLE void snooze(int row, const QDateTime &until);
    /// Out of the archive, or out of sleep: back into the inbox.
    Q_INVOKABLE void bringBack(int row);
    Q_INVOKABLE void mute(int row);
    Q_INVOKABLE void acknowledge(int row);
    Q_INVOKABLE void readAll() { m_parts.triage.readAll(); }
    Q_INVOKABLE void undo() { m_parts.triage.undo(); }
    Q_INVOKABLE void see(int firstRow, int lastRow);
    [[nodiscard]] bool canUndo() const { return m_parts.triage.canUndo(); }
    /// {text, when, until} each (C5).
    Q_INVOKABLE [[nodiscard]] QVariantList snoozeChoices() const;
    /// Wall time of this computer's zone, as a person writes it (typed_time.h), as an instant; invalid when
    /// it is none, or over.
    Q_INVOKABLE [[nodiscard]] QDateTime wallTime(const QString &day, const QString &time) const;
    // Why it is none, for people; "": it is one.
    Q_INVOKABLE [[nodiscard]] QString dayProblem(const QString &day) const;
    Q_INVOKABLE [[nodiscard]] QString timeProblem(const QString &time) const;
    /// Tomorrow morning, to begin with.
    Q_INVOKABLE [[nodiscard]] QString tomorrowText() const;
    Q_INVOKABLE [[nodiscard]] QString morningText() const;

    // Words
    /// The message in one line.
    Q_INVOKABLE [[nodiscard]] QString preview(const QString &message) const;
    /// A line as styled text with the words of a search marked.
    Q_INVOKABLE [[nodiscard]] QString marked(const QString &line, const QString &words,
                                             const QColor &ink) const;
    /// Of a longer one, too: from where the words are found.
    Q_INVOKABLE [[nodiscard]] QString markedExcerpt(const QString &line, const QString &words,
                                                    const QColor &ink) const;
    Q_INVOKABLE [[nodiscard]] QString when(const QDateTime &at, const QDateTime &now) const;
    Q_INVOKABLE [[nodiscard]] QString until(const QDateTime &at, const QDateTime &now) const;
    Q_INVOKABLE [[nodiscard]] QString exactly(const QDateTime &at) const;
    Q_INVOKABLE [[nodiscard]] QString dayName(const QDate &day, const QDateTime &now) const;

Q_SIGNALS:
    void viewChanged();
    void minuteChanged();
    void countsChanged();
    void searchChanged();
    void selectionChanged();
    void canUndoChanged();
    void cacheReadChanged();

private:
    using Ids = QList<model::NotificationId>;

    [[nodiscard]] Ids targets(int row) const;
    /// Does it, and ends the selection where it was meant.
    template<typename Deed>
    void act(int row, Deed deed);
    [[nodiscard]] QDate today() const;
    void lookHere(const model::Text &words, bool joins);
    void lookThere(const model::Text &words);
    void offerMore();
    void showHits();
    void countLater();
    void count();

    Parts m_parts;
    const Teller m_teller;
    inbox::InboxFilter m_filter;
    inbox::InboxGroups m_groups;
    RowSelection m_selection;
    SavedSearches m_saved;
    MoreRows m_more;
    View m_view = Inbox;
    QString m_searchText;
    inbox::SearchQuery m_query;
    QSet<model::NotificationId> m_hits;
    quint64 m_searchSerial = 0; ///< answers to former words are not heard
    bool m_isLookingHere = false;
    int m_selectionRevision = 0;
    int m_unread = 0;
    int m_snoozed = 0;
    bool m_isCountDue = false;
    bool m_isCacheRead = false;
};
} // namespace belfry::window
