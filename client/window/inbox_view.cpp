#include "window/inbox_view.h"

#include "inbox/wall_clock.h"
#include "window/marked_text.h"
#include "window/safe_markdown.h"
#include "window/typed_time.h"

#include <algorithm>

namespace belfry::window {
using inbox::dateTimeOf;
using inbox::InboxFilter;
using inbox::InboxGroups;
using model::NotificationId;

namespace {
constexpr int selectedRows = -1;
constexpr int noRow = -2;

std::optional<NotificationId> idFrom(const QString &text)
{
    return NotificationId::parse(text.toLatin1());
}

InboxFilter::View filterOf(InboxView::View view)
{
    switch (view) {
    case InboxView::Unread:
        return InboxFilter::View::Unread;
    case InboxView::Snoozed:
        return InboxFilter::View::Snoozed;
    case InboxView::Archive:
        return InboxFilter::View::Archive;
    case InboxView::Inbox:
        break;
    }
    return InboxFilter::View::Inbox;
}

model::Instant instantFrom(const QDateTime &at)
{
    return {at.toMSecsSinceEpoch() * 1000};
}
} // namespace

InboxView::InboxView(const Parts &parts, Teller teller, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_teller(std::move(teller))
    , m_filter(parts.inbox)
    , m_groups(m_filter, m_teller.zone)
    , m_selection(m_filter)
{
    connect(&parts.clock, &Clock::minuteChanged, this, &InboxView::minuteChanged);
    connect(&parts.triage, &inbox::Triage::canUndoChanged, this, &InboxView::canUndoChanged);
    connect(&m_selection, &RowSelection::changed, this, [this] {
        ++m_selectionRevision;
        Q_EMIT selectionChanged();
    });
    connect(&m_more, &MoreRows::found, this, [this](const Ids &ids) {
        if (m_query.text.isEmpty())
            return;
        m_hits += QSet<NotificationId>(ids.begin(), ids.end());
        showHits();
    });
    connect(&m_more, &MoreRows::changed, this, [this] {
        if (!m_query.text.isEmpty())
            Q_EMIT searchChanged();
    });
    const auto later = [this] { countLater(); };
    connect(&parts.inbox, &QAbstractItemModel::rowsInserted, this, later);
    connect(&parts.inbox, &QAbstractItemModel::rowsRemoved, this, later);
    connect(&parts.inbox, &QAbstractItemModel::dataChanged, this, later);
    connect(&parts.inbox, &QAbstractItemModel::modelReset, this, later);
    count();
}

InboxView::~InboxView() = default;

void InboxView::setView(View view)
{
    if (view == m_view)
        return;
    m_view = view;
    m_selection.clear();
    if (m_query.isEmpty())
        m_filter.setView(filterOf(view));
    m_groups.refresh();
    offerMore();
    Q_EMIT viewChanged();
}

void InboxView::setUnreadCount(qint64 count)
{
    const int shown = int(std::min<qint64>(count, std::numeric_limits<int>::max()));
    if (std::exchange(m_unread, shown) != shown)
        Q_EMIT countsChanged();
}

void InboxView::setCacheRead()
{
    if (!std::exchange(m_isCacheRead, true))
        Q_EMIT cacheReadChanged();
}

void InboxView::countLater()
{
    if (!std::exchange(m_isCountDue, true))
        QMetaObject::invokeMethod(this, &InboxView::count, Qt::QueuedConnection);
}

void InboxView::count()
{
    m_isCountDue = false;
    const int snoozed = m_parts.inbox.ledger().asleep();
    if (std::exchange(m_snoozed, snoozed) != snoozed)
        Q_EMIT countsChanged();
}

// ---- search

void InboxView::setSearch(const QString &text)
{
    if (text == m_searchText)
        return;
    m_searchText = text;
    m_query = inbox::parseSearch(text, m_parts.clock.now(), m_teller.zone);
    m_selection.clear();
    ++m_searchSerial;
    m_isLookingHere = false;
    offerMore();
    if (m_query.text.isEmpty()) {
        m_hits.clear();
        showHits();
    } else {
        lookHere(m_query.text.toUtf8(), false);
    }
    Q_EMIT searchChanged();
}

void InboxView::searchEverywhere()
{
    if (m_query.text.isEmpty())
        return;
    ++m_searchSerial;
    lookHere(m_query.text.toUtf8(), true);
    lookThere(m_query.text.toUtf8());
    Q_EMIT searchChanged();
}

bool InboxView::isSearching() const
{
    return m_isLookingHere || (!m_query.text.isEmpty() && m_more.state() == MoreRows::Loading);
}

/// `joins`: what was found so far stays.
void InboxView::lookHere(const model::Text &words, bool joins)
{
    m_isLookingHere = true;
    m_parts.source.searchHere(
        words, [this, joins, words, serial = m_searchSerial](const model::Result<session::RowPage> &page) {
            if (serial != m_searchSerial)
                return;
            m_isLookingHere = false;
            const Ids ids = page ? page->ids : Ids();
            const QSet<NotificationId> found(ids.begin(), ids.end());
            m_hits = joins ? m_hits + found : found;
            showHits();
            if (!page && !joins) { // else the server, which has all there is, answers for it
                m_more.fail(page.error(), [this, words](const model::Text &, RowSource::Reply reply) {
                    m_parts.source.searchHere(words, std::move(reply));
                });
            }
            Q_EMIT searchChanged();
        });
}

void InboxView::lookThere(const model::Text &words)
{
    m_more.offer([this, words](const model::Text &from, RowSource::Reply reply) {
        m_parts.source.searchThere(words, from, std::move(reply));
    });
    m_more.load();
}

/// What lies below the rows of a view. Of what a search finds here nothing does; the server is asked when the
/// person wants it to be.
void InboxView::offerMore()
{
    const bool isArchive = m_view == Archive && m_query.isEmpty();
    if (!isArchive || m_parts.source.hasOlderArchived() == false)
        return m_more.clear();
    m_more.offer([this](const model::Text &, RowSource::Reply reply) {
        m_parts.source.olderArchived(std::move(reply));
    });
    if (!m_parts.source.hasOlderArchived())
        m_more.load();
}

void InboxView::showHits()
{
    // A search looks at all there is, wherever it stands.
    m_filter.setView(m_query.isEmpty() ? filterOf(m_view) : InboxFilter::View::All);
    m_filter.setSearch(m_query, m_hits);
    m_groups.refresh();
}

// ---- rows

QString InboxView::idAt(int row) const
{
    return m_groups.index(row).data(inbox::InboxModel::IdRole).toString();
}

QString InboxView::linkOf(const QString &id) const
{
    const auto wanted = idFrom(id);
    const inbox::Entry *entry = wanted ? m_parts.inbox.find(*wanted) : nullptr;
    const QString link = entry ? QString::fromUtf8(entry->shown->content.link) : QString();
    return isSafeLink(link) ? link : QString();
}

int InboxView::rowOf(const QString &id) const
{
    const auto wanted = idFrom(id);
    return wanted ? m_groups.rowOf(*wanted) : -1;
}

int InboxView::rowMeant(const QString &id) const
{
    if (id.isEmpty())
        return selectedRows;
    const int row = rowOf(id);
    return row < 0 ? noRow : row;
}

bool InboxView::isHeader(int row) const
{
    return m_groups.index(row).data(InboxGroups::HeaderRole).toBool();
}

QString InboxView::dayAt(int row) const
{
    const QVariant day = m_groups.index(row).data(InboxGroups::DayRole);
    return day.isValid() ? m_teller.day(day.toDate(), minute()) : QString();
}

int InboxView::nextRow(int row, int step) const
{
    for (int next = row + step; next >= 0 && next < m_groups.rowCount(); next += step) {
        if (!isHeader(next))
            return next;
    }
    return row;
}

void InboxView::setOpen(int row, bool isOpen)
{
    m_groups.setOpen(row, isOpen);
}

void InboxView::keep(const QString &id)
{
    m_filter.setKept(idFrom(id).value_or(NotificationId()));
}

// ---- selection

bool InboxView::isSelected(const QString &id) const
{
    const auto wanted = idFrom(id);
    return wanted && m_selection.contains(*wanted);
}

void InboxView::toggleSelected(int row)
{
    m_selection.toggle(m_groups.idsAt(row));
}

void InboxView::selectRange(int from, int to)
{
    Ids ids;
    for (int row = std::min(from, to); row <= std::max(from, to); ++row) {
        if (!isHeader(row))
            ids.append(m_groups.idsAt(row));
    }
    m_selection.add(ids);
}

void InboxView::selectAll()
{
    Ids ids;
    for (int row = 0; row < m_filter.rowCount(); ++row) {
        if (const inbox::Entry *entry = m_filter.entryAt(row))
            ids.append(entry->shown->id);
    }
    m_selection.add(ids);
}

// ---- deeds

InboxView::Ids InboxView::targets(int row) const
{
    return row == selectedRows ? m_selection.ids() : m_groups.idsAt(row);
}

template<typename Deed>
void InboxView::act(int row, Deed deed)
{
    const Ids ids = targets(row);
    if (row == selectedRows)
        m_selection.clear();
    if (!ids.isEmpty())
        deed(ids);
}

void InboxView::toggleRead(int row)
{
    act(row, [this](const Ids &ids) { m_parts.triage.toggleRead(ids); });
}

void InboxView::markRead(int row)
{
    act(row, [this](const Ids &ids) { m_parts.triage.read(ids); });
}

void InboxView::archive(int row)
{
    act(row, [this](const Ids &ids) { m_parts.triage.archive(ids); });
}

void InboxView::remove(int row)
{
    act(row, [this](const Ids &ids) { m_parts.triage.remove(ids); });
}

void InboxView::snooze(int row, const QDateTime &until)
{
    act(row, [this, &until](const Ids &ids) { m_parts.triage.snooze(ids, instantFrom(until)); });
}

void InboxView::bringBack(int row)
{
    act(row, [this](const Ids &ids) {
        Ids archived;
        Ids asleep;
        for (const NotificationId &id : ids) {
            const inbox::Entry *entry = m_parts.inbox.find(id);
            if (entry && entry->shown->engagement.archived)
                archived.append(id);
            else if (entry && entry->shown->engagement.snoozedUntil)
                asleep.append(id);
        }
        if (!archived.isEmpty())
            m_parts.triage.unarchive(archived);
        if (!asleep.isEmpty())
            m_parts.triage.unsnooze(asleep);
    });
}

void InboxView::mute(int row)
{
    const Ids ids = targets(row);
    if (ids.isEmpty())
        return;
    if (const inbox::Entry *entry = m_parts.inbox.find(ids.first()))
        m_parts.triage.mute(model::categoryOf(entry->shown->content.type));
}

void InboxView::acknowledge(int row)
{
    act(row, [this](const Ids &ids) { m_parts.triage.ack(ids); });
}

void InboxView::see(int firstRow, int lastRow)
{
    Ids ids;
    for (int row = std::max(0, firstRow); row <= lastRow && row < m_groups.rowCount(); ++row) {
        const auto id = idFrom(idAt(row));
        if (id)
            ids.append(*id);
    }
    m_parts.triage.see(ids);
}

QVariantList InboxView::snoozeChoices() const
{
    QVariantList choices;
    for (const inbox::SnoozeChoice &choice :
         inbox::snoozeChoices(m_parts.clock.now(), m_teller.zone, m_teller.locale.firstDayOfWeek())) {
        const QDateTime at = dateTimeOf(choice.until);
        choices.append(QVariantMap{{QStringLiteral("text"), choiceText(choice.kind)},
                                   {QStringLiteral("when"), m_teller.until(at, minute())},
                                   {QStringLiteral("until"), at}});
    }
    return choices;
}

QDate InboxView::today() const
{
    return inbox::localDay(m_parts.clock.now(), m_teller.zone);
}

QDateTime InboxView::wallTime(const QString &day, const QString &time) const
{
    const std::optional<QDate> date = typedDay(day, m_teller.locale, today());
    const std::optional<QTime> clock = typedTime(time, m_teller.locale);
    if (!date || !clock)
        return {};
    const model::Instant at = inbox::instantOf(*date, *clock, m_teller.zone);
    return at > m_parts.clock.now() ? dateTimeOf(at) : QDateTime();
}

QString InboxView::dayProblem(const QString &day) const
{
    return typedDay(day, m_teller.locale, today()) ? QString() : m_teller.dayForms(today().addDays(1));
}

QString InboxView::timeProblem(const QString &time) const
{
    return typedTime(time, m_teller.locale) ? QString() : m_teller.timeForms();
}

QString InboxView::tomorrowText() const
{
    return dayAsTyped(today().addDays(1), m_teller.locale);
}

QString InboxView::morningText() const
{
    return timeAsTyped(QTime(8, 0), m_teller.locale);
}

// ---- words

QString InboxView::preview(const QString &message) const
{
    return plainLine(message);
}

QString InboxView::marked(const QString &line, const QString &words, const QColor &ink) const
{
    return underlined(line, offline::FoundWords(words.toUtf8()), ink.name());
}

QString InboxView::markedExcerpt(const QString &line, const QString &words, const QColor &ink) const
{
    const offline::FoundWords found(words.toUtf8());
    return underlined(excerpt(line, found), found, ink.name());
}

QString InboxView::when(const QDateTime &at, const QDateTime &now) const
{
    return m_teller.when(at, now);
}

QString InboxView::until(const QDateTime &at, const QDateTime &now) const
{
    return m_teller.until(at, now);
}

QString InboxView::exactly(const QDateTime &at) const
{
    return m_teller.exactly(at);
}

QString InboxView::dayName(const QDate &day, const QDateTime &now) const
{
    return m_teller.day(day, now);
}
} // namespace belfry::window

#include "moc_inbox_view.cpp"
