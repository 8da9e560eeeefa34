#include "desktop/notification_service.h"

#include "desktop/application_id.h"
#include "desktop/dbus_call.h"

#include <QDBusMetaType>
#include <QDBusServiceWatcher>
#include <QLoggingCategory>

namespace belfry::desktop {
namespace {
Q_LOGGING_CATEGORY(lcBanners, "belfry.desktop.banners")

const DBusPlace &notifications()
{
    static const DBusPlace place{QStringLiteral("org.freedesktop.Notifications"),
                                 QStringLiteral("/org/freedesktop/Notifications"),
                                 QStringLiteral("org.freedesktop.Notifications")};
    return place;
}
} // namespace

NotificationService::NotificationService(const QDBusConnection &session, QObject *parent)
    : QObject(parent)
    , m_bus(session)
{
    qDBusRegisterMetaType<ImageData>();
    const DBusPlace &at = notifications();
    auto *watcher =
        new QDBusServiceWatcher(at.service, m_bus, QDBusServiceWatcher::WatchForOwnerChange, this);
    connect(
        watcher, &QDBusServiceWatcher::serviceOwnerChanged, this,
        [this](const QString &, const QString &before, const QString &now) { ownerChanged(before, now); });
    m_bus.connect(at.service, at.path, at.interface, QStringLiteral("NotificationClosed"), this,
                  SLOT(notificationClosed(uint, uint)));
    m_bus.connect(at.service, at.path, at.interface, QStringLiteral("ActionInvoked"), this,
                  SLOT(actionInvoked(uint, QString)));
    m_bus.connect(at.service, at.path, at.interface, QStringLiteral("ActivationToken"), this,
                  SLOT(activationToken(uint, QString)));
    askCapabilities();
}

NotificationService::~NotificationService() = default;

// ---- who is there

void NotificationService::askCapabilities()
{
    m_state = State::Asking;
    m_cameMeanwhile = false;
    ask(m_bus, methodCall(notifications(), QStringLiteral("GetCapabilities")), this,
        [this, round = ++m_round](const QDBusMessage &answer) {
            if (round == m_round)
                takeCapabilities(answer);
        });
}

void NotificationService::takeCapabilities(const QDBusMessage &answer)
{
    if (answer.type() != QDBusMessage::ReplyMessage || answer.arguments().isEmpty()) {
        if (m_cameMeanwhile) // behind the question
            return askCapabilities();
        qCInfo(lcBanners).noquote() << "no notification service:" << answer.errorMessage();
        return noOneIsThere();
    }
    m_state = State::Ready;
    const Capabilities can{answer.arguments().constFirst().toStringList()};
    if (can != std::exchange(m_can, can))
        Q_EMIT capabilitiesChanged();
    for (const SpotPtr &spot : m_spots.values()) // a copy: an advance may end one
        advance(spot);
}

void NotificationService::ownerChanged(const QString &before, const QString &now)
{
    if (!before.isEmpty())
        forgetAll();
    if (now.isEmpty())
        ownerGone();
    else if (m_state == State::Asking && before.isEmpty())
        m_cameMeanwhile = true; // and answers, if it was started by the question
    else
        askCapabilities();
}

/// Banners die with their service. What waits for its turn is shown by the next one.
void NotificationService::forgetAll()
{
    m_byId.clear();
    for (const SpotPtr &spot : m_spots.values()) {
        spot->id = 0;
        if (spot->waiting || spot->isUnderWay)
            continue;
        drop(spot);
        Q_EMIT closed(spot->place);
    }
}

/// The bus may start another one, once there is something to show.
void NotificationService::ownerGone()
{
    if (!m_spots.isEmpty())
        return askCapabilities();
    noOneIsThere();
    m_absentUntil.setRemainingTime(0);
}

void NotificationService::noOneIsThere()
{
    m_state = State::Absent;
    m_absentUntil.setRemainingTime(absence);
    if (!std::exchange(m_can, {}).words.isEmpty())
        Q_EMIT capabilitiesChanged();
    for (const SpotPtr &spot : m_spots.values()) {
        if (!spot->waiting)
            continue;
        drop(spot);
        Q_EMIT notShown(*spot->waiting);
    }
}

// ---- what is shown

void NotificationService::show(const Banner &banner, std::optional<BannerPlace> insteadOf)
{
    if (m_state == State::Absent && m_absentUntil.hasExpired())
        askCapabilities();
    if (m_state == State::Absent) {
        Q_EMIT notShown(banner);
        return;
    }
    const SpotPtr spot = spotFor(banner.place, insteadOf);
    spot->waiting = banner;
    advance(spot);
}

NotificationService::SpotPtr NotificationService::spotFor(const BannerPlace &place,
                                                          std::optional<BannerPlace> insteadOf)
{
    SpotPtr spot = m_spots.value(place);
    if (!spot && insteadOf)
        spot = m_spots.take(*insteadOf);
    if (!spot)
        spot = std::make_shared<Spot>();
    spot->place = place;
    m_spots.insert(place, spot);
    return spot;
}

void NotificationService::withdraw(const BannerPlace &place)
{
    const SpotPtr spot = m_spots.value(place);
    if (!spot)
        return;
    drop(spot);
    spot->isUnwanted = true;
    if (!spot->isUnderWay && spot->id != 0)
        close(spot->id);
}

void NotificationService::advance(const SpotPtr &spot)
{
    if (m_state == State::Ready && spot->waiting && !spot->isUnderWay) {
        const Banner banner = *std::exchange(spot->waiting, {});
        send(spot, banner);
    }
}

void NotificationService::send(const SpotPtr &spot, const Banner &banner)
{
    const BannerWords words = wordsFor(banner, m_can);
    spot->isUnderWay = true;
    ask(m_bus,
        methodCall(notifications(), QStringLiteral("Notify"),
                   {applicationName, QVariant::fromValue<uint>(spot->id), applicationId, words.summary,
                    words.body, words.actions, words.hints, words.expireMs}),
        this, [this, spot, banner, round = m_round](const QDBusMessage &answer) {
            sent(spot, banner, round, answer);
        });
}

void NotificationService::sent(const SpotPtr &spot, const Banner &banner, quint64 round,
                               const QDBusMessage &answer)
{
    spot->isUnderWay = false;
    if (round != m_round) { // whoever showed it has gone
        if (!spot->waiting)
            spot->waiting = banner;
        if (!spot->isUnwanted)
            advance(spot);
        return;
    }
    if (answer.type() != QDBusMessage::ReplyMessage || answer.arguments().isEmpty())
        return failed(spot, banner, answer);
    const quint32 id = answer.arguments().constFirst().toUInt();
    if (spot->isUnwanted)
        return close(id);
    if (id != spot->id)
        m_byId.remove(spot->id);
    spot->id = id;
    m_byId.insert(id, spot);
    advance(spot);
}

void NotificationService::failed(const SpotPtr &spot, const Banner &banner, const QDBusMessage &error)
{
    if (spot->isUnwanted)
        return;
    qCWarning(lcBanners).noquote() << "a banner was not shown:" << error.errorName() << error.errorMessage();
    if (saysThatNobodyIsThere(error)) {
        if (!spot->waiting)
            spot->waiting = banner;
        if (m_state != State::Asking)
            noOneIsThere();
        return;
    }
    // Refused, or without an answer in time: once more might be twice.
    if (spot->waiting)
        return advance(spot);
    drop(spot);
    Q_EMIT closed(spot->place);
}

/// An unknown number is an error that says the same: it is closed.
void NotificationService::close(quint32 id)
{
    ask(m_bus,
        methodCall(notifications(), QStringLiteral("CloseNotification"), {QVariant::fromValue<uint>(id)}),
        this, [](const QDBusMessage &answer) {
            if (answer.type() == QDBusMessage::ErrorMessage)
                qCDebug(lcBanners).noquote() << "CloseNotification:" << answer.errorMessage();
        });
}

void NotificationService::drop(const SpotPtr &spot)
{
    m_spots.remove(spot->place);
    if (spot->id != 0)
        m_byId.remove(spot->id);
}

// ---- what is done with them

/// Whatever the reason: expired, dismissed, closed and undefined all say that it has gone.
void NotificationService::notificationClosed(uint id, uint)
{
    const SpotPtr spot = m_byId.take(id);
    if (!spot)
        return;
    spot->id = 0;
    if (spot->isUnderWay || spot->waiting) // what comes is a new banner
        return;
    drop(spot);
    Q_EMIT closed(spot->place);
}

void NotificationService::activationToken(uint id, const QString &token)
{
    if (m_byId.contains(id))
        m_token = {id, token};
}

void NotificationService::actionInvoked(uint id, const QString &action)
{
    const SpotPtr spot = m_byId.value(id);
    if (!spot)
        return;
    const auto [tokenOf, token] = std::exchange(m_token, {});
    Q_EMIT invoked(spot->place, action, tokenOf == id ? token : QString());
}
} // namespace belfry::desktop

#include "moc_notification_service.cpp"
