#include "window/words.h"

#include <QtTest>

namespace belfry::window {
using inbox::Action;
using session::Connection;

class TestWindowWords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsWhen_data();
    void tellsWhen();
    void tellsUntil_data();
    void tellsUntil();
    void tellsDays();
    void tellsInFullWithTheZone();
    void tellsConnections_data();
    void tellsConnections();
    void tellsDeedsAndRefusals();
};

namespace {
const Teller berlin{QLocale(QStringLiteral("en_GB")), QTimeZone("Europe/Berlin")};

QDateTime utc(const char *text)
{
    return QDateTime::fromString(QLatin1String(text), Qt::ISODate).toUTC();
}

model::Instant instant(const char *text)
{
    return {utc(text).toMSecsSinceEpoch() * 1000};
}

const QDateTime now = utc("2026-11-03T13:30:00Z"); // Tuesday, 14:30 in Berlin
} // namespace

void TestWindowWords::tellsWhen_data()
{
    QTest::addColumn<QDateTime>("at");
    QTest::addColumn<QString>("words");
    QTest::newRow("nothing") << QDateTime() << "";
    QTest::newRow("now") << utc("2026-11-03T13:29:40Z") << "now";
    QTest::newRow("a clock that is a little ahead") << utc("2026-11-03T13:30:50Z") << "now";
    QTest::newRow("minutes") << utc("2026-11-03T13:18:00Z") << "12 min";
    QTest::newRow("an hour") << utc("2026-11-03T12:30:00Z") << "13:30";
    QTest::newRow("today") << utc("2026-11-02T23:05:00Z") << "00:05"; // today in Berlin, not in UTC
    QTest::newRow("yesterday") << utc("2026-11-02T22:55:00Z") << "Mon 23:55";
    QTest::newRow("a week ago") << utc("2026-10-27T13:30:00Z") << "27 Oct";
    QTest::newRow("last year") << utc("2025-11-03T13:30:00Z") << "3 Nov 2025";
}

void TestWindowWords::tellsWhen()
{
    QFETCH(QDateTime, at);
    QTEST(berlin.when(at, now), "words");
}

void TestWindowWords::tellsUntil_data()
{
    QTest::addColumn<QDateTime>("at");
    QTest::addColumn<QString>("words");
    QTest::newRow("today") << utc("2026-11-03T17:00:00Z") << "18:00";
    QTest::newRow("tomorrow") << utc("2026-11-04T07:00:00Z") << "Wed 08:00";
    QTest::newRow("far") << utc("2026-12-24T17:00:00Z") << "24 Dec, 18:00";
    QTest::newRow("next year, summer time") << utc("2027-07-01T06:00:00Z") << "1 Jul 2027, 08:00";
}

void TestWindowWords::tellsUntil()
{
    QFETCH(QDateTime, at);
    QTEST(berlin.until(at, now), "words");
}

void TestWindowWords::tellsDays()
{
    QCOMPARE(berlin.day({2026, 11, 3}, now), QStringLiteral("Today"));
    QCOMPARE(berlin.day({2026, 11, 2}, now), QStringLiteral("Yesterday"));
    QCOMPARE(berlin.day({2026, 10, 29}, now), QStringLiteral("Thursday"));
    QVERIFY(berlin.day({2026, 10, 27}, now).contains(QStringLiteral("27 October 2026")));
    // Past midnight in Berlin.
    QCOMPARE(berlin.day({2026, 11, 3}, utc("2026-11-03T23:30:00Z")), QStringLiteral("Yesterday"));
}

void TestWindowWords::tellsInFullWithTheZone()
{
    const QString summer = berlin.exactly(utc("2026-07-01T12:00:00Z"));
    QVERIFY2(summer.contains(QStringLiteral("14:00")) && summer.contains(QStringLiteral("1 July 2026")),
             qPrintable(summer));
    QVERIFY(summer != berlin.exactly(utc("2026-07-01T13:00:00Z")));
    QVERIFY(berlin.exactly({}).isEmpty());
}

void TestWindowWords::tellsConnections_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<int>("retryIn"); // s; −1: none
    QTest::addColumn<int>("received");
    QTest::addColumn<QString>("words");
    using State = Connection::State;
    QTest::newRow("online") << int(State::Online) << -1 << 0 << "Connected";
    QTest::newRow("waits") << int(State::Waiting) << 8 << 0 << "Offline since 14:02 · retry in 8 s";
    QTest::newRow("tries") << int(State::Waiting) << 0 << 0 << "Offline since 14:02 · retrying";
    QTest::newRow("syncs") << int(State::Syncing) << -1 << 120 << "Syncing … 120 received";
    QTest::newRow("signed out") << int(State::NeedsSignIn) << -1 << 0 << "Signed out";
    QTest::newRow("ended") << int(State::Ended) << -1 << 0 << "Disconnected";
}

void TestWindowWords::tellsConnections()
{
    QFETCH(int, state);
    QFETCH(int, retryIn);
    QFETCH(int, received);
    const model::Instant at = instant("2026-11-03T13:30:00Z");
    Connection connection;
    connection.state = Connection::State(state);
    connection.since = instant("2026-11-03T13:02:00Z");
    connection.received = received;
    if (retryIn >= 0)
        connection.retryAt = at + std::chrono::seconds(retryIn);
    QTEST(connectionText(connection, berlin, at), "words");
}

void TestWindowWords::tellsDeedsAndRefusals()
{
    inbox::Toast toast;
    toast.action = Action::Archive;
    toast.count = 3;
    QCOMPARE(toastText(toast, berlin, now), QStringLiteral("3 archived"));
    toast.action = Action::Snooze;
    toast.snoozedUntil = instant("2026-11-03T17:00:00Z");
    QCOMPARE(toastText(toast, berlin, now), QStringLiteral("3 snoozed until 18:00"));
    toast.action = Action::Mute;
    QVERIFY(toastText(toast, berlin, now).contains(QStringLiteral("“general”")));
    toast.category = "build";
    QVERIFY(toastText(toast, berlin, now).contains(QStringLiteral("“build”")));

    const inbox::Refusal refusal{
        Action::Delete, false, 1, {model::ErrorCode::Conflict, "another device was there first", {}, {}}};
    QCOMPARE(refusalText(refusal),
             QStringLiteral("Could not delete: It has changed meanwhile, or does not allow this "
                            "(another device was there first)"));
    for (int action = int(Action::Read); action <= int(Action::ReadAll); ++action) {
        toast.action = Action(action);
        QVERIFY(!toastText(toast, berlin, now).isEmpty());
        QVERIFY(!refusalText({Action(action), false, 1, {}}).isEmpty());
    }
}
} // namespace belfry::window

QTEST_GUILESS_MAIN(belfry::window::TestWindowWords)
#include "tst_window_words.moc"
