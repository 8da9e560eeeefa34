#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

namespace {
QString program()
{
    return qEnvironmentVariable("BELFRY_BIN_DIR") + QStringLiteral("/belfry-bench");
}

struct Outcome
{
    int exitCode = -1;
    QList<QByteArray> lines;
    QByteArray complaint;

    [[nodiscard]] QJsonObject report() const
    {
        return lines.size() == 1 ? QJsonDocument::fromJson(lines.first()).object() : QJsonObject();
    }
};

Outcome run(const QStringList &arguments)
{
    QProcess process;
    process.start(program(), arguments);
    if (!process.waitForFinished(20'000)) {
        process.kill();
        process.waitForFinished();
        return {};
    }
    const QByteArray out = process.readAllStandardOutput().trimmed();
    return {process.exitCode(), out.isEmpty() ? QList<QByteArray>() : out.split('\n'),
            process.readAllStandardError()};
}
} // namespace

/// Runs every command of belfry-bench for a moment against its own null server.
class BelfryBenchTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void everyRunReports_data();
    void everyRunReports();
    void probesTheDisk();
    void badUsageIsExplained_data();
    void badUsageIsExplained();
    void aMissingServerIsAFault();

private:
    QTemporaryDir m_folder;
    QProcess m_server;
    QString m_url;
};

void BelfryBenchTest::initTestCase()
{
    const QString ready = m_folder.filePath(QStringLiteral("ready"));
    m_server.start(program(), {QStringLiteral("null-server"), QStringLiteral("--ready-file"), ready});
    QVERIFY(m_server.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(ready), 10'000);
    QFile file(ready);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject content = QJsonDocument::fromJson(file.readAll()).object();
    QCOMPARE(content[u"pid"].toInteger(), m_server.processId());
    m_url = QStringLiteral("http://") + content[u"addresses"][0].toString();
}

void BelfryBenchTest::cleanupTestCase()
{
    m_server.terminate();
    QVERIFY(m_server.waitForFinished(10'000));
    QCOMPARE(m_server.exitCode(), 0);
}

void BelfryBenchTest::everyRunReports_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QStringList>("members");
    QTest::newRow("ingest, closed loop")
        << u"ingest --connections 4"_s
        << QStringList{u"answers_per_s"_s, u"p50_ms"_s, u"p99_ms"_s, u"max_ms"_s, u"errors"_s};
    QTest::newRow("ingest, open loop")
        << u"ingest --connections 4 --rate 500"_s << QStringList{u"answers_per_s"_s};
    QTest::newRow("ingest, by count") << u"ingest --connections 4 --count 100"_s << QStringList{u"answers"_s};
    QTest::newRow("fanout, closed loop")
        << u"fanout --sockets 20"_s << QStringList{u"deliveries_per_s"_s, u"last_p99_ms"_s};
    QTest::newRow("fanout, open loop")
        << u"fanout --sockets 20 --rate 50"_s << QStringList{u"deliveries_per_s"_s};
    QTest::newRow("direct, open loop")
        << u"direct --sockets 20 --rate 500"_s
        << QStringList{u"p50_ms"_s, u"answer_p99_ms"_s, u"lost"_s, u"misrouted"_s};
    QTest::newRow("direct, closed loop")
        << u"direct --sockets 20 --closed --connections 4 --acks"_s << QStringList{u"delivered_per_s"_s};
    QTest::newRow("storm") << u"storm --sockets 50"_s
                           << QStringList{u"cpu_us_each"_s, u"cut_cpu_us_each"_s, u"p99_ms"_s};
    QTest::newRow("reads") << u"reads"_s << QStringList{u"list_p99_ms"_s, u"search_p99_ms"_s};
    QTest::newRow("fill") << u"fill --count 50"_s << QStringList{u"stored_per_s"_s};
    QTest::newRow("idle") << u"idle --sockets 50"_s << QStringList{u"rss_kib_each"_s, u"pings_answered"_s};
}

void BelfryBenchTest::everyRunReports()
{
    QFETCH(QString, command);
    QFETCH(QStringList, members);
    const QStringList always{
        u"--url"_s,    m_url,     u"--server-pid"_s, QString::number(m_server.processId()),
        u"--warmup"_s, u"0.05"_s, u"--duration"_s,   u"0.2"_s,
        u"--label"_s,  u"null"_s};
    const Outcome outcome = run(command.split(u' ') + always);
    QVERIFY2(outcome.exitCode == 0, outcome.complaint.constData());
    const QJsonObject report = outcome.report();
    QCOMPARE(report[u"run"].toString(), command.section(u' ', 0, 0));
    QCOMPARE(report[u"server"].toString(), QStringLiteral("null"));
    QCOMPARE(report[u"ok"].toBool(), true);
    members << u"seconds"_s << u"generator_cpu_share"_s << u"generator_bound"_s << u"server_cpu_s"_s;
    for (const QString &member : std::as_const(members))
        QVERIFY2(report.contains(member), qPrintable(member));
}

void BelfryBenchTest::probesTheDisk()
{
    const Outcome outcome = run({u"--fdatasync-probe"_s, m_folder.path()});
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY(outcome.report()[u"fdatasync_p50_ms"].toDouble() > 0);
    QCOMPARE(QDir(m_folder.path()).entryList({u"fdatasync-*"_s}).size(), 0);
}

void BelfryBenchTest::badUsageIsExplained_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("complaint");
    QTest::newRow("no command") << QStringList{} << QByteArray("--help");
    QTest::newRow("unknown command") << QStringList{u"dance"_s} << QByteArray("--help");
    QTest::newRow("bad number") << QStringList{u"ingest"_s, u"--rate"_s, u"fast"_s} << QByteArray("--rate");
    QTest::newRow("too long") << QStringList{u"ingest"_s, u"--duration"_s, u"86400"_s}
                              << QByteArray("--duration");
    QTest::newRow("bad address") << QStringList{u"ingest"_s, u"--url"_s, u"http://nowhere:x"_s}
                                 << QByteArray("nowhere");
    QTest::newRow("no such process") << QStringList{u"ingest"_s, u"--server-pid"_s, u"999999999"_s}
                                     << QByteArray("process");
    QTest::newRow("no key in the file")
        << QStringList{u"ingest"_s, u"--key-file"_s, u"/nowhere/key"_s} << QByteArray("/nowhere/key");
}

void BelfryBenchTest::badUsageIsExplained()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, complaint);
    const Outcome outcome = run(arguments);
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY2(outcome.complaint.contains(complaint), outcome.complaint.constData());
    QVERIFY(outcome.lines.isEmpty());
}

void BelfryBenchTest::aMissingServerIsAFault()
{
    const Outcome outcome = run({u"fanout"_s, u"--url"_s, u"http://127.0.0.1:1"_s, u"--sockets"_s, u"2"_s,
                                 u"--duration"_s, u"0.1"_s});
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY2(outcome.complaint.contains("connected 0 of 2"), outcome.complaint.constData());
}

QTEST_GUILESS_MAIN(BelfryBenchTest)
#include "tst_belfry_bench.moc"
