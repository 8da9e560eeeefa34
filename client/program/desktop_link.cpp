#include "program/desktop_link.h"

#include "desktop/application_id.h"
#include "program/system_now.h"
#include "window/safe_markdown.h"

namespace belfry::program {
using desktop::PresenceWatch;
using desktop::TrayStatus;
using model::NotificationId;
using session::Connection;

namespace {
protocol::Presence::State presenceOf(PresenceWatch::State state)
{
    switch (state) {
    case PresenceWatch::State::Active:
        break;
    case PresenceWatch::State::Idle:
        return protocol::Presence::State::Idle;
    case PresenceWatch::State::Locked:
        return protocol::Presence::State::Locked;
    }
    return protocol::Presence::State::Active;
}

TrayStatus::Link linkOf(Connection::State state)
{
    switch (state) {
    case Connection::State::Online:
        return TrayStatus::Link::Connected;
    case Connection::State::Waiting:
        return TrayStatus::Link::Offline;
    case Connection::State::NeedsSignIn:
    case Connection::State::Ended:
        return TrayStatus::Link::Error;
    case Connection::State::Off:
    case Connection::State::Connecting:
    case Connection::State::Syncing:
        break;
    }
    return TrayStatus::Link::Connecting;
}

/// Banners know no Markdown.
model::Notification plain(model::Notification item)
{
    item.content.message = window::plainLine(QString::fromUtf8(item.content.message)).toUtf8();
    return item;
}

QString wordFor(desktop::DoNotDisturb::State state)
{
    using State = desktop::DoNotDisturb::State;
    return state == State::On    ? QStringLiteral("on")
           : state == State::Off ? QStringLiteral("off")
                                 : QStringLiteral("unknown");
}

QString wordFor(PresenceWatch::State state)
{
    using State = PresenceWatch::State;
    return state == State::Active ? QStringLiteral("active")
           : state == State::Idle ? QStringLiteral("idle")
                                  : QStringLiteral("locked");
}
} // namespace

DesktopLink::DesktopLink(const QDBusConnection &session, const QDBusConnection &system, QObject *parent)
    : QObject(parent)
    , m_banners(session)
    , m_tray(session)
    , m_badge(session)
    , m_presence(system, session)
    , m_sleep(system)
{
    listenToBanners();
    connect(&m_presence, &PresenceWatch::changed, this, [this](PresenceWatch::State state) {
        m_banners.setLocked(state == PresenceWatch::State::Locked);
        if (m_desk)
            m_desk->session().setPresence(presenceOf(state));
    });
    connect(&m_sleep, &desktop::SleepWatch::woke, this, [this] {
        if (m_desk)
            m_desk->session().woke();
    });
    connect(&m_network, &session::NetworkWatch::changed, this, [this] {
        if (m_desk)
            m_desk->session().networkChanged();
        Q_EMIT networkChanged();
    });
    connect(&m_tray, &desktop::TrayIcon::itemWanted, this,
            [this](const NotificationId &id) { Q_EMIT windowWanted(id, {}); });
    connect(&m_tray, &desktop::TrayIcon::markAllReadWanted, this, [this] {
        if (m_desk)
            m_desk->triage().readAll();
    });
    connect(&m_banners, &desktop::Banners::notShown, &m_tray, &desktop::TrayIcon::showMessage);
    tellStatus();
}

void DesktopLink::listenToBanners()
{
    using desktop::Banners;
    connect(&m_banners, &Banners::opened, this, [this](const NotificationId &id, const QString &token) {
        Q_EMIT windowWanted(find(id) ? id : NotificationId(), token);
    });
    connect(&m_banners, &Banners::readWanted, this, [this](const NotificationId &id) {
        if (find(id))
            m_desk->triage().read({id});
    });
    connect(&m_banners, &Banners::acknowledgeWanted, this, [this](const NotificationId &id) {
        if (find(id))
            m_desk->triage().ack({id});
    });
    connect(&m_banners, &Banners::snoozeWanted, this, &DesktopLink::snooze);
    connect(&m_banners, &Banners::actionWanted, this, &DesktopLink::perform);
}

void DesktopLink::setDesk(AccountDesk *desk)
{
    if (m_desk)
        m_desk->disconnect(this);
    m_banners.withdrawAll();
    m_desk = desk;
    if (desk) {
        desk->session().setPresence(presenceOf(m_presence.state()));
        connect(&desk->session(), &session::AccountSession::arrived, this, &DesktopLink::arrived);
        connect(desk, &AccountDesk::settled, this,
                [this](const NotificationId &id) { m_banners.withdraw(id); });
        const auto later = [this] { tellStatusLater(); };
        connect(&desk->session(), &session::AccountSession::countsChanged, this, later);
        connect(&desk->session(), &session::AccountSession::connectionChanged, this, later);
        connect(&desk->model(), &QAbstractItemModel::rowsInserted, this, later);
        connect(&desk->model(), &QAbstractItemModel::dataChanged, this, later);
        connect(&desk->model(), &QAbstractItemModel::rowsRemoved, this, later);
        connect(&desk->model(), &QAbstractItemModel::modelReset, this, later);
    }
    tellStatusLater();
}

// ---- banners

void DesktopLink::arrived(const model::Change &change)
{
    if (const auto *item = std::get_if<model::Notification>(&change.what))
        m_banners.show(plain(*item), change.alert);
    else if (const auto *held = std::get_if<model::AlertChange>(&change.what))
        released(*held, change.alert);
}

/// Toasts that were held back come now: together as a digest, or each (H31).
void DesktopLink::released(const model::AlertChange &change, model::Alert alert)
{
    QList<model::Notification> items;
    for (const NotificationId &id : change.ids) {
        if (const inbox::Entry *entry = m_desk->model().find(id))
            items.append(plain(entry->shown));
    }
    if (change.digest)
        return m_banners.showTogether(items, alert);
    for (const model::Notification &item : items)
        m_banners.show(item, alert);
}

/// An hour: a banner has no room for a menu, and Undo is in the window.
void DesktopLink::snooze(const NotificationId &id)
{
    if (!find(id))
        return;
    m_desk->triage().snooze({id}, systemNow() + std::chrono::hours(1));
}

/// Null: it is not in the inbox (any more).
const inbox::Entry *DesktopLink::find(const NotificationId &id) const
{
    return m_desk ? m_desk->model().find(id) : nullptr;
}

void DesktopLink::perform(const NotificationId &id, const model::Text &actionId)
{
    const inbox::Entry *entry = find(id);
    if (!entry)
        return;
    m_desk->triage().click(id);
    for (const model::Action &action : entry->shown->content.actions) {
        const QString url = QString::fromUtf8(action.url);
        if (action.id == actionId && window::isSafeLink(url))
            Q_EMIT linkWanted(url);
    }
}

void DesktopLink::say(const QString &title, const QString &message, model::Alert alert)
{
    model::Notification item;
    item.id = model::Uuid::makeV7(systemNow());
    item.createdAt = item.updatedAt = systemNow();
    item.content.source = desktop::applicationName.toUtf8();
    item.content.title = title.toUtf8();
    item.content.message = message.toUtf8();
    m_banners.show(item, alert);
}

account::Facts DesktopLink::facts() const
{
    const QStringList can = m_banners.capabilities().words;
    return {{QStringLiteral("Banners"),
             can.isEmpty() ? QStringLiteral("no service, or not asked yet") : can.join(QStringLiteral(", "))},
            {QStringLiteral("Do not disturb"), wordFor(m_banners.doNotDisturb())},
            {QStringLiteral("Tray"), m_tray.isThere() ? QStringLiteral("yes") : QStringLiteral("no")},
            {QStringLiteral("Presence"), wordFor(m_presence.state())}};
}

// ---- tray and badge

void DesktopLink::tellStatusLater()
{
    if (!std::exchange(m_isStatusDue, true))
        QMetaObject::invokeMethod(this, &DesktopLink::tellStatus, Qt::QueuedConnection);
}

TrayStatus DesktopLink::status() const
{
    TrayStatus status;
    if (!m_desk) {
        status.link = TrayStatus::Link::Error;
        return status;
    }
    status.link = linkOf(m_desk->session().connection().state);
    status.unread = m_desk->session().counts().unread;
    const inbox::InboxModel &model = m_desk->model();
    for (int row = 0; row < model.rowCount() && status.latest.size() < desktop::TrayMenu::mostLatest; ++row) {
        const inbox::Entry *entry = model.entryAt(row);
        if (entry && model::isActive(entry->shown) && !entry->shown->engagement.read)
            status.latest.append({entry->shown->id, QString::fromUtf8(entry->shown->content.title)});
    }
    return status;
}

void DesktopLink::tellStatus()
{
    m_isStatusDue = false;
    const TrayStatus now = status();
    m_tray.setStatus(now);
    m_badge.set(now.unread);
}
} // namespace belfry::program

#include "moc_desktop_link.cpp"
