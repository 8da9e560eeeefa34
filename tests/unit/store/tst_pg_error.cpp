#include "store/postgres/pg_error.h"

#include <QtTest>

namespace belfry::store {
using model::ErrorCode;

/// Which words of PostgreSQL's mean that the database can't be used now, and which that one statement is bad.
class TestPgError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sorts_data();
    void sorts();
};

void TestPgError::sorts_data()
{
    QTest::addColumn<QByteArray>("state");
    QTest::addColumn<bool>("connected");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<bool>("lostRace");
    const auto row = [](const char *name, const char *state, bool connected, ErrorCode code,
                        bool lostRace = false) {
        QTest::newRow(name) << QByteArray(state) << connected << code << lostRace;
    };
    row("away", "", false, ErrorCode::Unavailable);
    row("stopping", "57P01", true, ErrorCode::Unavailable);
    row("disk full", "53100", true, ErrorCode::Unavailable);
    row("lock not granted in time", "55P03", true, ErrorCode::Unavailable);
    row("stood still", "25P03", true, ErrorCode::Unavailable);
    row("deadlock", "40P01", true, ErrorCode::Unavailable, true);
    row("not to be serialised", "40001", true, ErrorCode::Unavailable, true);
    row("unique", "23505", true, ErrorCode::Internal);
    row("after an error", "25P02", true, ErrorCode::Internal);
}

void TestPgError::sorts()
{
    QFETCH(const QByteArray, state);
    QFETCH(const bool, connected);
    QFETCH(const ErrorCode, code);
    const model::Error error = pgError({}, connected, state, "what it said\nand more");
    QCOMPARE(error.code, code);
    QCOMPARE(error.retryAfter.has_value(), code == ErrorCode::Unavailable);
    QVERIFY(error.detail.contains("what it said") && !error.detail.contains("and more"));
    QTEST(isLostRace(state), "lostRace");
}
} // namespace belfry::store

QTEST_GUILESS_MAIN(belfry::store::TestPgError)
#include "tst_pg_error.moc"
