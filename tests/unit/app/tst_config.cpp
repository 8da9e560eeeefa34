#include "app/config_loader.h"
#include "app/settings.h"

#include <QFile>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace belfry;
using app::Config;
using app::ListenDialect;

namespace {
using Environment = QMap<QByteArray, QByteArray>;

model::Result<Config> load(const QStringList &flags, const Environment &environment = {})
{
    const auto line = app::parseCommandLine(QStringList{QStringLiteral("belfryd")} + flags);
    if (!line)
        return tl::unexpected(line.error());
    return app::loadConfig(*line, environment);
}

QByteArray addressOf(const app::Listen &listen)
{
    return listen.host.toString().toLatin1() + ' ' + QByteArray::number(listen.port);
}
} // namespace

class TstConfig : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_dir;

    QString file(const QByteArray &content)
    {
        QFile out(m_dir.filePath(QStringLiteral("belfry.toml")));
        if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size())
            qFatal("cannot write the test's file");
        return out.fileName();
    }

private Q_SLOTS:
    void defaults()
    {
        const auto config = load({});
        QVERIFY(config);
        QCOMPARE(config->listen.size(), 1U);
        QCOMPARE(addressOf(config->listen[0]), "127.0.0.1 8080");
        QVERIFY(config->dataDir.endsWith(QLatin1String("/belfry")));
        QCOMPARE(config->effectiveDatabaseUrl(), "sqlite://" + config->dataDir.toLocal8Bit() + "/belfry.db");
        QCOMPARE(config->keyRate, 100.0);
        QVERIFY(config->usersOnFirstUse);
    }

    void flagsOverEnvironmentOverFile()
    {
        const QString path = file("loops = 1\nreaders = 3\nlog_format = \"json\"\n");
        const Environment environment{{"BELFRY_LOOPS", "2"}, {"BELFRY_READERS", "4"}};
        const auto config =
            load({QStringLiteral("--config"), path, QStringLiteral("--loops=3")}, environment);
        QVERIFY2(config, config ? "" : config.error().detail.constData());
        QCOMPARE(config->loops, 3);
        QCOMPARE(config->readers, 4);
        QCOMPARE(config->logFormat, app::LogFormat::Json);
    }

    void flagsReplaceTheListOfTheFile()
    {
        const QString path = file("[[listen]]\naddress = \"127.0.0.1:3000\"\ndialect = \"array\"\n"
                                  "[[listen]]\naddress = \"[::1]:8081\"\n");
        const auto fromFile = load({QStringLiteral("--config"), path});
        QVERIFY2(fromFile, fromFile ? "" : fromFile.error().detail.constData());
        QCOMPARE(fromFile->listen.size(), 2U);
        QCOMPARE(fromFile->listen[0].dialect, ListenDialect::Array);
        QCOMPARE(addressOf(fromFile->listen[1]), "::1 8081");

        const auto flags =
            load({QStringLiteral("--config"), path, QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"),
                  QStringLiteral("--listen"), QStringLiteral("0.0.0.0:9000")});
        QVERIFY(flags);
        QCOMPARE(flags->listen.size(), 2U);
        QCOMPARE(addressOf(flags->listen[0]), "127.0.0.1 0");
        QCOMPARE(addressOf(flags->listen[1]), "0.0.0.0 9000");
        QCOMPARE(load({}, {{"BELFRY_LISTEN", "127.0.0.1:1, 127.0.0.1:2"}})->listen.size(), 2U);
    }

    void addressesHaveTheirCertificates()
    {
        const QString path =
            file("tls_certificate = \"/etc/all.crt\"\ntls_key = \"/etc/all.key\"\n"
                 "[[listen]]\naddress = \"127.0.0.1:1\"\n"
                 "[[listen]]\naddress = \"127.0.0.1:2\"\ntls = false\ndialect = \"array\"\n"
                 "[[listen]]\naddress = \"127.0.0.1:3\"\ntls_certificate = \"/etc/a, b/own%1.crt\"\n"
                 "tls_key = \"/etc/own.key\"\n");
        const auto config = load({QStringLiteral("--config"), path});
        QVERIFY2(config, config ? "" : config.error().detail.constData());
        QCOMPARE(config->listen.size(), 3U);
        const app::TlsFiles all{QStringLiteral("/etc/all.crt"), QStringLiteral("/etc/all.key")};
        QCOMPARE(config->tlsOf(config->listen[0]), all);
        QVERIFY(config->tlsOf(config->listen[1]).isEmpty());
        QCOMPARE(config->listen[1].dialect, ListenDialect::Array);
        const app::TlsFiles own{QStringLiteral("/etc/a, b/own%1.crt"), QStringLiteral("/etc/own.key")};
        QCOMPARE(config->tlsOf(config->listen[2]), own);

        const Environment pair{{"BELFRY_TLS_CERTIFICATE", "/x.crt"}, {"BELFRY_TLS_KEY", "/x.key"}};
        const auto flags = load({QStringLiteral("--listen=127.0.0.1:1/plain,127.0.0.1:2/tls")}, pair);
        QVERIFY2(flags, flags ? "" : flags.error().detail.constData());
        QVERIFY(flags->tlsOf(flags->listen[0]).isEmpty());
        QVERIFY(!flags->tlsOf(flags->listen[1]).isEmpty());
        QVERIFY(load({})->tlsOf(load({})->listen[0]).isEmpty());
    }

    void originsAreAList()
    {
        QCOMPARE(load({})->corsOrigins, QByteArrayList());
        const QByteArrayList both{"https://app.example", "http://localhost:5173"};
        QCOMPARE(
            load({}, {{"BELFRY_CORS_ORIGINS", "https://App.example, http://localhost:5173"}})->corsOrigins,
            both);
        const QString path = file("cors_origins = [\"https://app.example\", \"http://localhost:5173\"]\n");
        QCOMPARE(load({QStringLiteral("--config"), path})->corsOrigins, both);
    }

    void aSecretIsNoFlagAndNeverShown()
    {
        QVERIFY(!load({QStringLiteral("--admin-key"), QStringLiteral("abc")}));
        const auto bad = load({}, {{"BELFRY_ADMIN_KEY", "tooshort"}});
        QVERIFY(!bad);
        QVERIFY(bad.error().detail.contains("BELFRY_ADMIN_KEY"));
        QVERIFY(!bad.error().detail.contains("tooshort"));
        QVERIFY(
            !load({}, {{"BELFRY_DATABASE_URL", "mysql://u:secret@h/d"}}).error().detail.contains("secret"));
    }

    void badValues_data()
    {
        QTest::addColumn<QStringList>("flags");
        QTest::addColumn<QByteArray>("toml");
        QTest::addColumn<QByteArrayList>("words");
        const auto flags = [](const char *name, const QStringList &given, const QByteArrayList &words) {
            QTest::newRow(name) << given << QByteArray() << words;
        };
        const auto toml = [](const char *name, const QByteArray &given, const QByteArrayList &words) {
            QTest::newRow(name) << QStringList() << given << words;
        };
        flags("unknown flag", {QStringLiteral("--lopps=2")}, {"lopps"});
        flags("missing value", {QStringLiteral("--loops")}, {"loops"});
        flags("no number", {QStringLiteral("--loops=two")}, {"--loops", "two", "whole number"});
        flags("out of range", {QStringLiteral("--readers=0")}, {"--readers", "1 to 16"});
        flags("no port", {QStringLiteral("--listen=127.0.0.1")}, {"--listen", "ADDRESS:PORT"});
        flags("port too high", {QStringLiteral("--listen=127.0.0.1:70000")}, {"--listen"});
        flags("a name as address", {QStringLiteral("--listen=example.org:80")}, {"--listen", "numeric"});
        flags("IPv6 without brackets", {QStringLiteral("--listen=::1:80")}, {"--listen"});
        flags("bus that is not there", {QStringLiteral("--bus=kafka")}, {"--bus", "memory"});
        flags("outbox of nobody", {QStringLiteral("--outbox=kafka")}, {"--outbox", "off, external"});
        flags("SQLite without a file", {QStringLiteral("--database-url=sqlite:///")}, {"name a file"});
        flags("PostgreSQL without a host", {QStringLiteral("--database-url=postgresql://")},
              {"--database-url", "postgresql://user:password@host:port/name"});
        flags("PostgreSQL's port is none", {QStringLiteral("--database-url=postgresql://u:p@h:notaport/x")},
              {"--database-url"});
        flags("an address twice",
              {QStringLiteral("--listen=127.0.0.1:8081"), QStringLiteral("--listen=127.0.0.1:8081")},
              {"127.0.0.1:8081", "twice"});
        flags("log level", {QStringLiteral("--log-level=loud")}, {"debug, info, warning, error"});
        flags("origin with a path", {QStringLiteral("--cors-origins=https://a.example/")},
              {"--cors-origins"});
        flags("origin of nobody", {QStringLiteral("--cors-origins=*")}, {"--cors-origins", "https://"});
        flags("rate is no number", {QStringLiteral("--limit-key-rate=nan")}, {"--limit-key-rate"});
        toml("not TOML", "loops = \n", {"belfry.toml:1", "TOML"});
        toml("unknown name", "\nlopps = 2\n", {"belfry.toml:2", "lopps", "loops"});
        toml("wrong kind", "loops = { a = 1 }\n", {"belfry.toml:1", "loops"});
        toml("list where one is meant", "loops = [1, 2]\n", {"loops"});
        toml("bad value", "loops = -1\n", {"belfry.toml: loops", "-1"});
        toml("listen with an unknown member", "[[listen]]\nadress = \"127.0.0.1:1\"\n", {"listen"});
        toml("half a pair", "tls_certificate = \"/a\"\n", {"tls_certificate", "tls_key", "both"});
        toml("half a pair of an address", "[[listen]]\naddress = \"127.0.0.1:1\"\ntls_key = \"/a\"\n",
             {"listen: 127.0.0.1:1", "tls_certificate"});
        toml("TLS without a certificate", "[[listen]]\naddress = \"127.0.0.1:1\"\ntls = true\n",
             {"listen: 127.0.0.1:1", "self-signed"});
        toml("plain with a certificate",
             "[[listen]]\naddress = \"127.0.0.1:1\"\ntls = false\ntls_certificate = \"/a\"\n"
             "tls_key = \"/b\"\n",
             {"listen: 127.0.0.1:1", "plain"});
        toml("tls as a number", "[[listen]]\naddress = \"127.0.0.1:1\"\ntls = 1\n", {"listen"});
        toml("unknown dialect", "[[listen]]\naddress = \"127.0.0.1:1\"\ndialect = \"soap\"\n",
             {"listen", "soap"});
    }
    void badValues()
    {
        QFETCH(QStringList, flags);
        QFETCH(QByteArray, toml);
        QFETCH(QByteArrayList, words);
        if (!toml.isEmpty())
            flags = {QStringLiteral("--config"), file(toml)};
        const auto config = load(flags);
        QVERIFY(!config);
        for (const QByteArray &word : words)
            QVERIFY2(config.error().detail.contains(word), config.error().detail.constData());
    }

    void aMissingFileIsAnError()
    {
        const auto config = load({QStringLiteral("--config"), QStringLiteral("/nonexistent/belfry.toml")});
        QVERIFY(!config);
        QVERIFY(config.error().detail.contains("/nonexistent/belfry.toml"));
    }

    void adaptersThatAreNotThereAreRefused()
    {
        QVERIFY(!load({}, {{"BELFRY_REDIS_URL", "redis://localhost"}}));
        QVERIFY(!load({}, {{"BELFRY_KAFKA_BROKERS", "localhost:9092"}}));
    }

    void aTestClockNeedsItsFlag()
    {
        const Environment environment{{"BELFRY_TEST_CLOCK", "/tmp/offset"}};
        QVERIFY(!load({}, environment));
        QVERIFY(load({QStringLiteral("--allow-test-clock")}, environment));
    }

    void everySettingIsInHelpAndTable()
    {
        QSet<QByteArray> names;
        for (const app::Setting &setting : app::settings()) {
            QVERIFY2(!names.contains(setting.name), setting.name.constData());
            names.insert(setting.name);
            QVERIFY(app::settingsAsMarkdown().contains(setting.flag ? "--" + setting.flagName()
                                                                    : setting.environment));
            if (setting.flag)
                QVERIFY(app::usage().contains("--" + setting.flagName()));
        }
    }

    void theDocumentIsTheTable()
    {
        QFile document(QFile::decodeName(qgetenv("BELFRY_SOURCE_DIR")) +
                       QStringLiteral("/docs/configuration.md"));
        QVERIFY2(document.open(QIODevice::ReadOnly), "docs/configuration.md");
        QVERIFY2(document.readAll().contains(app::settingsAsMarkdown()),
                 "docs/configuration.md is not what `belfryd check-config --markdown` prints");
    }
};

QTEST_GUILESS_MAIN(TstConfig)
#include "tst_config.moc"
