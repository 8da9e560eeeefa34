#include "gateway/session_registry.h"

#include <QTest>

using namespace belfry;
using gateway::SessionRegistry;

namespace {
const model::UserId someone{"someone"};
class Home final : public gateway::RegistryHome
{
public:
    QList<net::ConnectionId> gone;
    QList<QByteArray> changed;

    void replaced(net::ConnectionId connection) override { gone.append(connection); }
    void alertHolderChanged(const model::UserId &user) override { changed.append(user.text); }
};

constexpr model::Instant at(qint64 seconds)
{
    return {seconds * 1'000'000};
}
} // namespace

class TstSessionRegistry : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countsUpToTheLimitAndForgetsWhoLeaves()
    {
        SessionRegistry registry;
        Home home;
        QVERIFY(registry.join(someone, {}, 1, home, 2).admitted);
        QVERIFY(registry.join(someone, {}, 2, home, 2).admitted);
        QVERIFY(!registry.join(someone, {}, 3, home, 2).admitted);
        QVERIFY(registry.join({"eve"}, {}, 4, home, 2).admitted);
        registry.leave(someone, 1);
        QVERIFY(registry.join(someone, {}, 3, home, 2).admitted);
        registry.leave(someone, 2);
        registry.leave(someone, 3);
        QCOMPARE(registry.sessionsOf(someone), 0);
        QVERIFY(home.gone.isEmpty());
    }

    void theSameDeviceReplacesAlsoWhereTheLimitIsReached()
    {
        SessionRegistry registry;
        Home first;
        Home second;
        QVERIFY(registry.join(someone, {"phone"}, 1, first, 1).admitted);
        QVERIFY(registry.join(someone, {"phone"}, 2, second, 1).admitted);
        QCOMPARE(first.gone, QList<net::ConnectionId>{1});
        QCOMPARE(registry.sessionsOf(someone), 1);
        registry.leave(someone, 1); // the late end of the replaced one
        QCOMPARE(registry.sessionsOf(someone), 1);
        QVERIFY(!registry.join(someone, {"desk"}, 3, first, 1).admitted);
    }

    void theLatestActivityAlertsAlone()
    {
        SessionRegistry registry;
        Home one;
        Home two;
        QVERIFY(registry.join(someone, {"a"}, 1, one, 0).admitted);
        QVERIFY(registry.join(someone, {"b"}, 2, two, 0).admitted);
        QCOMPARE(registry.alertHolder(someone), SessionRegistry::everyone);
        QCOMPARE(registry.setActive(someone, 1, true, at(10)), net::ConnectionId(1));
        QCOMPARE(registry.setActive(someone, 2, true, at(11)), net::ConnectionId(2));
        QCOMPARE(registry.setActive(someone, 1, true, at(10)), net::ConnectionId(2));
        QCOMPARE(one.changed.size(), 2);
        QCOMPARE(two.changed.size(), 2);
        QCOMPARE(registry.setActive(someone, 2, false, at(12)), net::ConnectionId(1));
        registry.leave(someone, 1);
        QCOMPARE(registry.alertHolder(someone), SessionRegistry::everyone);
        QCOMPARE(two.changed.size(), 4);
        QCOMPARE(registry.join(someone, {"c"}, 3, one, 0).alertHolder, SessionRegistry::everyone);
    }

    void addressesAreCounted()
    {
        SessionRegistry registry;
        const QHostAddress here(QHostAddress::LocalHost);
        QVERIFY(registry.enterAddress(here, 2));
        QVERIFY(registry.enterAddress(here, 2));
        QVERIFY(!registry.enterAddress(here, 2));
        QVERIFY(registry.enterAddress(QHostAddress(QStringLiteral("127.0.0.2")), 2));
        registry.leaveAddress(here);
        QVERIFY(registry.enterAddress(here, 2));
        QVERIFY(registry.enterAddress(here, 0)); // 0: no limit
    }
};

QTEST_GUILESS_MAIN(TstSessionRegistry)
#include "tst_session_registry.moc"
