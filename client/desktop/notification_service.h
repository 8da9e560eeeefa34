#pragma once

#include "desktop/banner_words.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDeadlineTimer>
#include <QHash>
#include <QObject>
#include <memory>

namespace belfry::desktop {
/// `org.freedesktop.Notifications` as places and banners (desktop.md 4, "Notify"): asks once per owner what
/// the service can do, keeps which banner has which number, sends the next one of a place after the answer to
/// the last, and hears what is done with its own banners only. A service that comes later, goes, or comes
/// again is noticed; nothing waits for one that hangs. One thread.
class NotificationService : public QObject
{
    Q_OBJECT
public:
    /// After finding nobody, before the next banner asks again; who appears by itself is asked at once.
    static constexpr std::chrono::seconds absence{60};

    explicit NotificationService(const QDBusConnection &session, QObject *parent = nullptr);
    ~NotificationService() override;

    void show(const Banner &banner, std::optional<BannerPlace> insteadOf = {});
    void withdraw(const BannerPlace &place);
    /// Of the service that is there; empty: of none.
    [[nodiscard]] const Capabilities &capabilities() const { return m_can; }

Q_SIGNALS:
    void capabilitiesChanged();
    /// It has gone, and not by withdraw(). Says nothing about whether it was read.
    void closed(const belfry::model::NotificationId &place);
    /// A person did this, with a token that lets a window come to the front, or "".
    void invoked(const belfry::model::NotificationId &place, const QString &action, const QString &token);
    /// There is nobody who could show it.
    void notShown(const belfry::desktop::Banner &banner);

private:
    enum class State { Asking, Ready, Absent };
    /// A place on the screen, as the service knows it.
    struct Spot
    {
        BannerPlace place;
        quint32 id = 0; ///< 0: has none, or its banner has closed
        bool isUnderWay = false;
        bool isUnwanted = false;
        std::optional<Banner> waiting;
    };
    using SpotPtr = std::shared_ptr<Spot>;

    void askCapabilities();
    void takeCapabilities(const QDBusMessage &answer);
    void ownerChanged(const QString &before, const QString &now);
    void forgetAll();
    void ownerGone();
    [[nodiscard]] SpotPtr spotFor(const BannerPlace &place, std::optional<BannerPlace> insteadOf);
    void advance(const SpotPtr &spot);
    void send(const SpotPtr &spot, const Banner &banner);
    void sent(const SpotPtr &spot, const Banner &banner, quint64 round, const QDBusMessage &answer);
    void failed(const SpotPtr &spot, const Banner &banner, const QDBusMessage &error);
    void noOneIsThere();
    void close(quint32 id);
    void drop(const SpotPtr &spot);

private Q_SLOTS:
    void notificationClosed(uint id, uint reason);
    void actionInvoked(uint id, const QString &action);
    void activationToken(uint id, const QString &token);

private:
    QDBusConnection m_bus;
    State m_state = State::Asking;
    quint64 m_round = 0; ///< answers of an earlier owner are not heard
    bool m_cameMeanwhile = false;
    QDeadlineTimer m_absentUntil;
    Capabilities m_can;
    QHash<BannerPlace, SpotPtr> m_spots;
    QHash<quint32, SpotPtr> m_byId;
    std::pair<quint32, QString> m_token;
};
} // namespace belfry::desktop
