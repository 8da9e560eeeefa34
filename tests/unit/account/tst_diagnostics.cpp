#include "account/diagnostics.h"

#include <QTest>

namespace belfry::account {
using session::Connection;

class TestDiagnostics : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theLogHasAnEnd();
    void theSameIsNotedOnce();
    void theReportTellsAll();
    void secretsAreBlackedOut_data();
    void secretsAreBlackedOut();
};

namespace {
Connection inState(Connection::State state, const char *reason = "")
{
    Connection connection;
    connection.state = state;
    connection.reason = reason;
    return connection;
}
} // namespace

void TestDiagnostics::theLogHasAnEnd()
{
    ConnectionLog log;
    for (int i = 0; i < 1'000; ++i)
        log.note(inState(Connection::State::Waiting, QByteArray::number(i).constData()), {i});
    QCOMPARE(log.entries().size(), ConnectionLog::mostEntries);
    QCOMPARE(log.entries().back().reason, model::Text("999"));
    QCOMPARE(log.entries().front().reason, model::Text("800"));
}

void TestDiagnostics::theSameIsNotedOnce()
{
    ConnectionLog log;
    Connection connection = inState(Connection::State::Syncing);
    log.note(connection, {1});
    connection.received = 500; // progress is no change
    log.note(connection, {2});
    log.note(inState(Connection::State::Online), {3});
    QCOMPARE(log.entries().size(), std::size_t(2));
    QCOMPARE(log.entries().front().at, model::Instant{1});
}

void TestDiagnostics::theReportTellsAll()
{
    ConnectionLog log;
    log.note(inState(Connection::State::Waiting, "nothing answers at notify.example"),
             {1'700'000'000'000'000});
    Connection refused = inState(Connection::State::NeedsSignIn, "not yours");
    refused.requestId = "r1";
    log.note(refused, {1'700'000'001'000'000});
    Facts facts = systemFacts();
    facts.append({QStringLiteral("Banners"), QStringLiteral("actions, body-markup")});
    const QString report = diagnosticsReport(facts, log);
    for (const char *part : {"Belfry: ", "Qt: 6.", "Banners: actions, body-markup",
                             "2023-11-14T22:13:20.000Z  waiting: nothing answers at notify.example",
                             "needs sign-in: not yours (request r1)"})
        QVERIFY2(report.contains(QString::fromUtf8(part)), qPrintable(report));
}

void TestDiagnostics::secretsAreBlackedOut_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *text, const char *shown) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(shown);
    };
    row("key blf_Ab-c_9 is bad", "key *** is bad");
    row("blr_abc", "***");
    row("token eyJhbGciOi.eyJzdWIi.c2ln_-!", "token ***!");
    row("https://eva:pw@notify.example/x", "https://***@notify.example/x");
    row("Authorization: Bearer abc.def", "Authorization: Bearer ***");
    row("wss://notify.example/ws?ticket=abc&since=1", "wss://notify.example/ws?ticket=***&since=1");
    row("eva@example.org waits", "eva@example.org waits");
}

void TestDiagnostics::secretsAreBlackedOut()
{
    QFETCH(QString, text);
    QFETCH(QString, shown);
    QCOMPARE(withoutSecrets(text), shown);
}
} // namespace belfry::account

QTEST_APPLESS_MAIN(belfry::account::TestDiagnostics)
#include "tst_diagnostics.moc"
