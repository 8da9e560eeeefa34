#include "window/detail_view.h"

#include "inbox/op_effect.h"
#include "inbox/wall_clock.h"
#include "window/marked_text.h"
#include "window/safe_markdown.h"

#include <QColor>
#include <algorithm>

namespace belfry::window {
using inbox::dateTimeOf;
using inbox::Entry;
using model::NotificationId;

namespace {
constexpr int mostOfThread = 20;

QString words(const model::Text &text)
{
    return QString::fromUtf8(text);
}
} // namespace

DetailView::DetailView(inbox::InboxModel &inbox, inbox::Triage &triage, const Clock &clock, Teller teller,
                       QObject *parent)
    : QObject(parent)
    , m_inbox(inbox)
    , m_triage(triage)
    , m_clock(clock)
    , m_teller(std::move(teller))
{
    connect(&inbox, &QAbstractItemModel::dataChanged, this, &DetailView::modelChanged);
    connect(&inbox, &QAbstractItemModel::rowsRemoved, this, [this] {
        if (!m_id.isNull() && !entry())
            setNotificationId({});
    });
    connect(&inbox, &QAbstractItemModel::modelReset, this, &DetailView::changed);
}

const Entry *DetailView::entry() const
{
    return m_id.isNull() ? nullptr : m_inbox.find(m_id);
}

QString DetailView::notificationId() const
{
    return m_id.isNull() ? QString() : QString::fromLatin1(m_id.toText());
}

void DetailView::setNotificationId(const QString &id)
{
    const NotificationId wanted = NotificationId::parse(id.toLatin1()).value_or(NotificationId());
    const NotificationId known = m_inbox.find(wanted) ? wanted : NotificationId();
    if (std::exchange(m_id, known) != known)
        Q_EMIT changed();
}

void DetailView::setSearched(const QString &words)
{
    if (std::exchange(m_searched, words) == words)
        return;
    m_found = offline::FoundWords(words.toUtf8());
    Q_EMIT changed();
}

/// Also when one of its thread changes.
void DetailView::modelChanged(const QModelIndex &first, const QModelIndex &last)
{
    const Entry *open = entry();
    if (!open)
        return;
    const model::Text &thread = open->shown->content.thread;
    for (int row = first.row(); row <= last.row(); ++row) {
        const Entry *other = m_inbox.entryAt(row);
        if (other && (other == open || (!thread.isEmpty() && other->shown->content.thread == thread))) {
            Q_EMIT changed();
            return;
        }
    }
}

QString DetailView::title() const
{
    return entry() ? words(entry()->shown->content.title) : QString();
}

QString DetailView::message() const
{
    return entry() ? words(entry()->shown->content.message) : QString();
}

QString DetailView::plainMessage() const
{
    return plainLine(message());
}

QString DetailView::titleHtml(const QColor &mark, const QColor &markPlane) const
{
    return highlighted(title(), m_found, mark.name(), markPlane.name());
}

QString DetailView::html(const QColor &link, const QColor &code, const QColor &mark,
                         const QColor &markPlane) const
{
    return safeHtml(message(), {link.name(), code.name(), mark.name(), markPlane.name()}, m_found);
}

QString DetailView::source() const
{
    return entry() ? words(entry()->shown->content.source) : QString();
}

QString DetailView::category() const
{
    return entry() ? words(entry()->shown->content.type) : QString();
}

QString DetailView::link() const
{
    const QString link = entry() ? words(entry()->shown->content.link) : QString();
    return isSafeLink(link) ? link : QString();
}

QVariantList DetailView::actions() const
{
    QVariantList list;
    if (!entry())
        return list;
    for (const model::Action &action : entry()->shown->content.actions)
        list.append(QVariantMap{{QStringLiteral("id"), words(action.id)},
                                {QStringLiteral("title"), words(action.title)},
                                {QStringLiteral("url"), words(action.url)}});
    return list;
}

QVariantList DetailView::facts() const
{
    const Entry *open = entry();
    QVariantList list;
    if (!open)
        return list;
    const model::Notification &item = open->shown;
    const auto add = [&list](const QString &name, const QString &value) {
        if (!value.isEmpty())
            list.append(QVariantMap{{QStringLiteral("name"), name}, {QStringLiteral("value"), value}});
    };
    add(tr("Sent"), m_teller.exactly(dateTimeOf(item.createdAt)));
    if (item.revision > 1)
        add(tr("Updated"), m_teller.exactly(dateTimeOf(item.updatedAt)));
    add(tr("Expires"), m_teller.exactly(dateTimeOf(item.expiresAt)));
    add(tr("Snoozed until"), m_teller.exactly(dateTimeOf(item.engagement.snoozedUntil)));
    add(tr("Read"), m_teller.exactly(dateTimeOf(item.engagement.read)));
    add(tr("Acknowledged"), m_teller.exactly(dateTimeOf(item.engagement.acked)));
    add(tr("Archived"), m_teller.exactly(dateTimeOf(item.engagement.archived)));
    add(tr("Caused by"), words(item.content.actorId));
    add(tr("Number"), notificationId());
    return list;
}

QVariantList DetailView::thread() const
{
    const Entry *open = entry();
    QVariantList list;
    if (!open || open->shown->content.thread.isEmpty())
        return list;
    for (int row = 0; row < m_inbox.rowCount() && list.size() < mostOfThread; ++row) {
        const Entry *other = m_inbox.entryAt(row);
        if (!other || other == open || other->shown->content.thread != open->shown->content.thread ||
            other->shown->content.source != open->shown->content.source || other->shown->engagement.deleted)
            continue;
        list.append(QVariantMap{
            {QStringLiteral("notificationId"), QString::fromLatin1(other->shown->id.toText())},
            {QStringLiteral("title"), words(other->shown->content.title)},
            {QStringLiteral("when"), m_teller.when(dateTimeOf(other->shown->createdAt), m_clock.minute())},
            {QStringLiteral("unread"), !other->shown->engagement.read}});
    }
    return list;
}

double DetailView::progress() const
{
    return entry() ? entry()->shown->content.progress.value_or(-1) : -1;
}

bool DetailView::isUnread() const
{
    return entry() && !entry()->shown->engagement.read;
}

bool DetailView::isUrgent() const
{
    return entry() &&
           (entry()->shown->content.critical || entry()->shown->content.urgency == model::Urgency::High);
}

bool DetailView::isArchived() const
{
    return entry() && entry()->shown->engagement.archived.has_value();
}

bool DetailView::isSnoozed() const
{
    return entry() && entry()->shown->engagement.snoozedUntil.has_value();
}

bool DetailView::isPending() const
{
    return entry() && entry()->isPending;
}

bool DetailView::needsAck() const
{
    return entry() && inbox::waitsForAck(entry()->shown);
}

// ---- deeds

void DetailView::markRead()
{
    if (isUnread())
        m_triage.read({m_id});
}

void DetailView::toggleRead()
{
    if (entry())
        m_triage.toggleRead({m_id});
}

void DetailView::acknowledge()
{
    if (entry())
        m_triage.ack({m_id});
}

void DetailView::archive()
{
    if (entry())
        m_triage.archive({m_id});
}

void DetailView::remove()
{
    if (entry())
        m_triage.remove({m_id});
}

void DetailView::bringBack()
{
    if (isArchived())
        m_triage.unarchive({m_id});
    else if (isSnoozed())
        m_triage.unsnooze({m_id});
}

void DetailView::snooze(const QDateTime &until)
{
    if (entry())
        m_triage.snooze({m_id}, {until.toMSecsSinceEpoch() * 1000});
}

void DetailView::mute()
{
    if (entry())
        m_triage.mute(model::categoryOf(entry()->shown->content.type));
}

void DetailView::perform(const QString &actionId)
{
    const Entry *open = entry();
    if (!open)
        return;
    const auto &actions = open->shown->content.actions;
    const auto action = std::find_if(actions.begin(), actions.end(),
                                     [&](const model::Action &one) { return words(one.id) == actionId; });
    if (action == actions.end())
        return;
    const QString url = words(action->url);
    m_triage.click(m_id);
    openLink(url);
}

void DetailView::openLink(const QString &link)
{
    if (isSafeLink(link))
        Q_EMIT linkWanted(link);
}

void DetailView::copyLink()
{
    const QString text = link();
    if (!text.isEmpty())
        Q_EMIT copyWanted(text);
}
} // namespace belfry::window

#include "moc_detail_view.cpp"
