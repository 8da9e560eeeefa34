#include "domain/retry.h"

#include <QtTest>

using namespace belfry;
using namespace std::chrono_literals;
using domain::AttemptVerdict;

/// Semantics 17.
class TestRetry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judges_data();
    void judges();
    void followsTheSchedule();
    void movesByAFifth();
    void honoursRetryAfter();
};

void TestRetry::judges_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<AttemptVerdict>("verdict");
    const auto row = [](int status, AttemptVerdict verdict) {
        QTest::addRow("%d", status) << status << verdict;
    };
    row(200, AttemptVerdict::Sent);
    row(204, AttemptVerdict::Sent);
    row(299, AttemptVerdict::Sent);
    row(0, AttemptVerdict::Retry);
    row(302, AttemptVerdict::Retry);
    row(408, AttemptVerdict::Retry);
    row(425, AttemptVerdict::Retry);
    row(429, AttemptVerdict::Retry);
    row(500, AttemptVerdict::Retry);
    row(503, AttemptVerdict::Retry);
    row(400, AttemptVerdict::Final);
    row(401, AttemptVerdict::Final);
    row(404, AttemptVerdict::Final);
    row(499, AttemptVerdict::Final);
    row(410, AttemptVerdict::Gone);
}

void TestRetry::judges()
{
    QFETCH(int, status);
    QTEST(domain::judgeAttempt(status), "verdict");
}

void TestRetry::followsTheSchedule()
{
    const std::vector<model::Duration> pauses{5s, 5min, 30min, 2h, 5h, 10h, 14h, 20h, 24h};
    for (std::size_t made = 1; made <= pauses.size(); ++made)
        QCOMPARE(domain::retryDelay(static_cast<int>(made), 0), std::optional(pauses[made - 1]));
    QCOMPARE(domain::retryDelay(0, 1), std::optional(model::Duration(0)));
    QVERIFY(!domain::retryDelay(domain::webhookTries, 0));
    QVERIFY(!domain::retryDelay(11, 0));
}

void TestRetry::movesByAFifth()
{
    QCOMPARE(domain::retryDelay(1, 1), std::optional<model::Duration>(6s));
    QCOMPARE(domain::retryDelay(1, -1), std::optional<model::Duration>(4s));
    QCOMPARE(domain::retryDelay(1, 0.5), std::optional<model::Duration>(5500ms));
    QCOMPARE(domain::retryDelay(1, 7), std::optional<model::Duration>(6s));
}

void TestRetry::honoursRetryAfter()
{
    QCOMPARE(domain::retryDelay(1, 0, 60s), std::optional<model::Duration>(60s));
    QCOMPARE(domain::retryDelay(2, 0, 60s),
             std::optional<model::Duration>(5min)); // not sooner than by itself
    QCOMPARE(domain::retryDelay(1, 0, 999h), std::optional<model::Duration>(24h));
    QCOMPARE(domain::retryDelay(1, 0, -5s), std::optional<model::Duration>(5s));
    QVERIFY(!domain::retryDelay(domain::webhookTries, 0, 60s));
}

QTEST_GUILESS_MAIN(TestRetry)
#include "tst_retry.moc"
