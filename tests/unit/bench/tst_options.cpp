#include "bench/options.h"

#include "bench/credential.h"

#include <QTemporaryDir>
#include <QTest>

using namespace belfry::bench;

namespace {
belfry::model::Result<Options> parse(const char *line)
{
    return parseOptions(QString::fromLatin1(line).split(u' '));
}

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}
} // namespace

class OptionsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void everyCommandHasItsDefaults();
    void watchTakesNames();
    void helpIsNoFault();
    void keysAreFoundInOrder();

private:
    QTemporaryDir m_home;
};

void OptionsTest::init()
{
    qputenv("BELFRY_DATA_DIR", m_home.path().toUtf8());
    qunsetenv("BELFRY_ADMIN_KEY");
}

void OptionsTest::everyCommandHasItsDefaults()
{
    QCOMPARE(parse("b ingest")->connections, 32U);
    QCOMPARE(parse("b ingest")->rate, 0.0);
    QCOMPARE(parse("b direct")->rate, 2000.0);
    QCOMPARE(parse("b direct --closed")->rate, 0.0);
    QCOMPARE(parse("b fanout")->inFlight, 8U);
    QCOMPARE(parse("b fanout")->sockets, 1000U);
    QCOMPARE(parse("b fanout --sockets 5000")->rest, 0.01);
    QCOMPARE(parse("b fanout --rest 0")->rest, 0.0);
    QCOMPARE(parse("b storm")->sockets, 10'000U);
    QCOMPARE(parse("b storm")->inFlight, 200U);
    QCOMPARE(parse("b fill")->count, 1'000'000U);
    QVERIFY(parse("b --fdatasync-probe /tmp")->command.empty());
    QCOMPARE(parse("b idle --server-pid 1 --server-pid 2")->serverPids, (std::vector<pid_t>{1, 2}));
}

void OptionsTest::watchTakesNames()
{
    QCOMPARE(parse("b watch --url https://belfry.example.org/x --user 7")->url,
             std::string("https://belfry.example.org/x"));
    QVERIFY(!parse("b ingest --url https://belfry.example.org").has_value());
}

void OptionsTest::helpIsNoFault()
{
    const auto options = parse("b --help");
    QVERIFY(!options.has_value());
    QVERIFY(options.error().code == belfry::model::ErrorCode::Conflict);
    QVERIFY(options.error().detail.startsWith("Usage: belfry-bench [options] command\n"));
    QVERIFY(options.error().detail.contains("--duration"));
}

void OptionsTest::keysAreFoundInOrder()
{
    QVERIFY(findKey("", "")->empty());
    write(m_home.filePath(QStringLiteral("bootstrap.key")), "blf_bootstrap\n");
    QCOMPARE(findKey("", "").value(), std::string("blf_bootstrap"));
    qputenv("BELFRY_ADMIN_KEY", "blf_environment");
    QCOMPARE(findKey("", "").value(), std::string("blf_environment"));
    const QString file = m_home.filePath(QStringLiteral("key"));
    write(file, "  blf_file \n");
    QCOMPARE(findKey("", file.toStdString()).value(), std::string("blf_file"));
    QCOMPARE(findKey("blf_given", file.toStdString()).value(), std::string("blf_given"));
    QVERIFY(!findKey("", "/nowhere").has_value());
}

QTEST_APPLESS_MAIN(OptionsTest)
#include "tst_options.moc"
