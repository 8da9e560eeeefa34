#include "world.h"

#include <QTest>

using namespace belfry;
using namespace belfry::test;

class TestTickets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goodOnce();
    void endsWithItsMaker();
    void needsScopeAndReach();
};

void TestTickets::goodOnce()
{
    World w;
    const auto ticket = w.services.tickets.make(World::key(), ada);
    QVERIFY(ticket);
    QCOMPARE(ticket->expiresIn, 30);
    QCOMPARE(w.authenticator.fromTicket(ticket->text)->user, ada);
    QVERIFY(!w.authenticator.fromTicket(ticket->text));
}

void TestTickets::endsWithItsMaker()
{
    World w;
    auth::Principal maker = World::person(ada);
    maker.expiresAt = w.clock.now() + std::chrono::seconds(20);
    const auto ticket = w.services.tickets.make(maker, ada);
    QCOMPARE(w.authenticator.fromTicket(ticket->text)->expiresAt, maker.expiresAt);
}

void TestTickets::needsScopeAndReach()
{
    World w;
    const auto code = model::ErrorCode::Forbidden;
    QCOMPARE(w.services.tickets.make(World::key(auth::Scope::NotifyWrite), ada).error().code, code);
    QCOMPARE(w.services.tickets.make(World::person(bob), ada).error().code, code);
    QVERIFY(w.services.tickets.make(World::person(ada), ada));
}

QTEST_GUILESS_MAIN(TestTickets)
#include "tst_tickets.moc"
