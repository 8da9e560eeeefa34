// The commands of belfryd, as an operator types them.
#include "support/http_client.h"
#include "support/server_process.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTest>

using namespace belfry;

namespace {
QJsonObject data(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object().value(QStringLiteral("data")).toObject();
}

QByteArray text(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1String(name)).toString().toUtf8();
}

/// The lines to paste of docs/api.md, each whole.
QByteArrayList pastedLines()
{
    QFile page(QFile::decodeName(qgetenv("BELFRY_SOURCE_DIR")) + QStringLiteral("/docs/api.md"));
    if (!page.open(QIODevice::ReadOnly))
        return {};
    QByteArrayList found;
    for (const QByteArray &line : page.readAll().replace("\\\n", "").split('\n')) {
        if (line.startsWith("curl "))
            found.append(line);
    }
    return found;
}

/// What curl says of a line: the status of the answer.
QByteArray statusOf(const QByteArray &line, const QProcessEnvironment &environment)
{
    QProcess shell;
    shell.setProcessEnvironment(environment);
    shell.start(QStringLiteral("sh"),
                {QStringLiteral("-c"),
                 QStringLiteral("curl() { command curl -sS -m 5 -o /dev/null -w '%{http_code}' \"$@\"; }\n") +
                     QString::fromUtf8(line)});
    return shell.waitForFinished(30'000) ? shell.readAllStandardOutput() : QByteArray("no end");
}

QStringList words(const char *line)
{
    return QString::fromLatin1(line).split(QLatin1Char(' '));
}
} // namespace

class TstCommands : public QObject
{
    Q_OBJECT
private:
    static test::ServerProcess::Options withoutAdminKey()
    {
        test::ServerProcess::Options options;
        options.adminKey.clear();
        return options;
    }

private Q_SLOTS:
    void helpAndVersion()
    {
        test::ServerProcess server;
        QByteArray said;
        QCOMPARE(server.run(words("--version"), &said), 0);
        QCOMPARE(said, "belfryd " BELFRY_VERSION "\n");
        QCOMPARE(server.run(words("--help"), &said), 0);
        QVERIFY(said.contains("--listen HOST:PORT"));
        QCOMPARE(server.run(words("dance"), &said), 2);
        QVERIFY(said.contains("dance"));
        QCOMPARE(server.run(words("--no-such-flag"), &said), 2);
        QVERIFY(said.contains("no-such-flag"));
        QCOMPARE(server.run(words("check-config extra"), &said), 2);
        QVERIFY(said.contains("extra"));
    }

    void checkConfigSaysWhatItRead()
    {
        test::ServerProcess server;
        QByteArray said;
        QCOMPARE(server.run(words("check-config --listen 127.0.0.1:9999"), &said), 0);
        QVERIFY2(said.contains("127.0.0.1:9999"), said.constData());
    }

    void theTestsStartFromNoSettings()
    {
        qputenv("BELFRY_LISTEN", "nonsense");
        test::ServerProcess server;
        QByteArray said;
        const int code = server.run(words("check-config"), &said);
        qunsetenv("BELFRY_LISTEN");
        QVERIFY2(code == 0, said.constData());
    }

    void migrateIsRepeatable()
    {
        test::ServerProcess server;
        QByteArray said;
        QCOMPARE(server.run(words("migrate"), &said), 0);
        QVERIFY2(said.contains("from version 0"), said.constData());
        QCOMPARE(server.run(words("migrate --new-epoch"), &said), 0);
        QVERIFY2(said.contains("up to date") && said.contains("New epoch"), said.constData());
    }

    void theDataIsTheOwnersOnlyInAnOpenFolder()
    {
        test::ServerProcess server;
        constexpr auto othersRead =
            QFileDevice::ReadGroup | QFileDevice::ExeGroup | QFileDevice::ReadOther | QFileDevice::ExeOther;
        QVERIFY(
            QFile::setPermissions(server.dataDir(), QFileInfo(server.dataDir()).permissions() | othersRead));
        QVERIFY2(server.start(), server.error().constData());
        for (const char *name : {"belfry.db", "belfry.db-wal", "belfry.lock"}) {
            const QFileInfo file(server.dataDir() + QLatin1Char('/') + QLatin1String(name));
            QVERIFY2(file.exists(), name);
            QVERIFY2(!(file.permissions() & othersRead), name);
        }
    }

    void theFirstStartMakesAKeyAndShowsItOnce()
    {
        test::ServerProcess server(withoutAdminKey());
        QVERIFY2(server.start(), server.error().constData());
        QFile file(server.dataDir() + QStringLiteral("/bootstrap.key"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray key = file.readAll().trimmed();
        QVERIFY(!(QFileInfo(file).permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));
        QVERIFY(server.output().contains(key));
        test::HttpClient client(server.port(), key);
        QCOMPARE(client.get("/api/v1/admin/api-keys").status, 200);

        QCOMPARE(server.terminate(), 0);
        QVERIFY(!QFile::exists(server.dataDir() + QStringLiteral("/ready.json")));
        QVERIFY2(server.start(), server.error().constData());
        QVERIFY(!server.output().contains("blf_"));
    }

    /// Else nobody would ever be shown the key: not the failed start, and the next one finds it there.
    void aStartThatFailsLeavesTheKeyToTheNextOne()
    {
        QTcpServer busy;
        QVERIFY(busy.listen(QHostAddress::LocalHost));
        test::ServerProcess server(withoutAdminKey());
        QByteArray said;
        const QString address = QStringLiteral("127.0.0.1:%1").arg(busy.serverPort());
        QCOMPARE(server.run({QStringLiteral("serve"), QStringLiteral("--listen"), address}, &said), 1);
        QVERIFY2(said.contains("in use") && !said.contains("blf_"), said.constData());
        QFile file(server.dataDir() + QStringLiteral("/bootstrap.key"));
        QVERIFY(!file.exists());

        QVERIFY2(server.start(), server.error().constData());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(server.output().contains(file.readAll().trimmed()), server.error().constData());
    }

    void keysWithAndWithoutARunningServer_data()
    {
        QTest::addColumn<bool>("running");
        QTest::newRow("server runs") << true;
        QTest::newRow("server is down") << false;
    }
    void keysWithAndWithoutARunningServer()
    {
        QFETCH(bool, running);
        test::ServerProcess server(withoutAdminKey());
        QVERIFY2(server.start(), server.error().constData());
        if (!running)
            QCOMPARE(server.terminate(), 0);
        QByteArray said;
        QVERIFY2(server.run(words("keys create --name ci --scopes notify:write,inbox:* --expires 90d"),
                            &said) == 0,
                 said.constData());
        const QByteArray key = text(data(said), "key");
        const QByteArray id = text(data(said), "id");
        QVERIFY(key.startsWith("blf_"));
        QCOMPARE(server.run(words("keys list"), &said), 0);
        QVERIFY(said.contains(id) && !said.contains(key));
        const QStringList rotate{QStringLiteral("keys"), QStringLiteral("rotate"), QString::fromUtf8(id),
                                 QStringLiteral("--overlap"), QStringLiteral("1h")};
        QVERIFY2(server.run(rotate, &said) == 0, said.constData());
        const QByteArray next = text(data(said), "key");
        QVERIFY(next.startsWith("blf_") && next != key);
        QVERIFY(server.run(rotate, &said) != 0); // it has a successor
        if (!running)
            QVERIFY2(server.start(), server.error().constData());

        test::HttpClient client(server.port(), key);
        QCOMPARE(
            client.post("/api/v1/notifications", R"({"user_id":"a","type":"t","title":"t","message":"m"})")
                .status,
            201);
        QCOMPARE(client.get("/api/v1/admin/api-keys").status, 403);
        QVERIFY2(
            server.run({QStringLiteral("keys"), QStringLiteral("revoke"), QString::fromUtf8(id)}, &said) == 0,
            said.constData());
        QCOMPARE(client.get("/api/v1/users/a/inbox/counts").status, 401);
        QCOMPARE(test::HttpClient(server.port(), next).get("/api/v1/admin/api-keys").status, 403);
    }

    void usersWithAndWithoutARunningServer_data() { keysWithAndWithoutARunningServer_data(); }
    void usersWithAndWithoutARunningServer()
    {
        QFETCH(bool, running);
        test::ServerProcess server(withoutAdminKey());
        QVERIFY2(server.start(), server.error().constData());
        if (!running)
            QCOMPARE(server.terminate(), 0);
        QByteArray said;
        QVERIFY2(server.run(words("users create --email Eva@example.org --name Eva --role owner"), &said,
                            "correct horse\n") == 0,
                 said.constData());
        QCOMPARE(text(data(said), "id"), QByteArray("1"));
        QCOMPARE(text(data(said), "role"), QByteArray("owner"));
        QVERIFY2(server.run(words("users create --user ben --no-password"), &said) == 0, said.constData());
        QVERIFY2(server.run(words("users role 1 auditor"), &said) == 0, said.constData());
        QVERIFY2(server.run(words("users password 1"), &said, "another horse\n") == 0, said.constData());
        QVERIFY(!said.contains("horse"));
        QCOMPARE(server.run(words("users list --query eva"), &said), 0);
        QVERIFY(said.contains("eva@example.org") && said.contains("auditor") && !said.contains("ben"));
        QCOMPARE(server.run(words("users role nobody admin"), &said), 1);
        if (!running)
            QVERIFY2(server.start(), server.error().constData());

        const auto signedIn =
            test::HttpClient(server.port())
                .post("/api/v1/login", R"({"email":"eva@example.org","password":"another horse",)"
                                       R"("device_id":"phone"})");
        QCOMPARE(signedIn.status, 200);
        test::HttpClient eva(server.port(), text(data(signedIn.body), "access_token"));
        const auto audit = eva.get("/api/v1/admin/audit");
        QCOMPARE(audit.status, 200);
        QVERIFY(audit.body.contains("user.create") && audit.body.contains("role=auditor"));
        QCOMPARE(eva.post("/api/v1/topics", R"({"name":"t"})").status, 403);
    }

    void usersRefuseNonsense_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("no verb") << words("users") << QByteArray("usage");
        QTest::newRow("no mail") << words("users create") << QByteArray("--email");
        QTest::newRow("bad mail") << words("users create --email eva") << QByteArray("eva@example.org");
        QTest::newRow("bad role") << words("users create --no-password --role root") << QByteArray("auditor");
        QTest::newRow("no role") << words("users role 1") << QByteArray("auditor");
        QTest::newRow("nobody") << words("users password") << QByteArray("usage");
        QTest::newRow("one word too many") << words("users password 1 secret") << QByteArray("too many");
    }
    void usersRefuseNonsense()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, word);
        test::ServerProcess server;
        QByteArray said;
        QCOMPARE(server.run(arguments, &said, "correct horse\n"), 2);
        QVERIFY2(said.contains(word), said.constData());
        QCOMPARE(server.run(words("users create --email e@example.org"), &said, "short\n"), 2);
        QVERIFY2(said.contains("8 characters"), said.constData());
    }

    /// Its address may be another program's by now, which must not be shown the key.
    void whatAKilledServerLeftIsNoServer()
    {
        test::ServerProcess server(withoutAdminKey());
        QVERIFY2(server.start(), server.error().constData());
        server.kill();
        QVERIFY(QFile::exists(server.dataDir() + QStringLiteral("/server.json")));
        QByteArray said;
        QVERIFY2(server.run(words("keys create --name ci --scopes notify:write"), &said) == 0,
                 said.constData());
        QCOMPARE(server.run(words("self-test"), &said), 1);
        QVERIFY2(said.contains("no server runs"), said.constData());
    }

    void keysRefuseNonsense_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("no verb") << words("keys") << QByteArray("usage");
        QTest::newRow("no name") << words("keys create --scopes notify:write") << QByteArray("--name");
        QTest::newRow("unknown scope") << words("keys create --name x --scopes root") << QByteArray("root");
        QTest::newRow("no scope") << words("keys create --name x") << QByteArray("--scopes");
        QTest::newRow("bad lifetime")
            << words("keys create --name x --scopes * --expires soon") << QByteArray("--expires");
        QTest::newRow("no id") << words("keys revoke") << QByteArray("usage");
        QTest::newRow("none to rotate") << words("keys rotate") << QByteArray("usage");
        QTest::newRow("overlap") << words("keys rotate x --overlap 8d") << QByteArray("--overlap");
        QTest::newRow("token for nobody") << words("keys token") << QByteArray("--user");
    }
    void keysRefuseNonsense()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, word);
        test::ServerProcess server;
        QByteArray said;
        QCOMPARE(server.run(arguments, &said), 2);
        QVERIFY2(said.contains(word), said.constData());
    }

    /// A mistyped folder: what they would make there is good for no server.
    void commandsMakeNoDatabaseOfTheirOwn_data()
    {
        QTest::addColumn<QStringList>("arguments");
        for (const char *line :
             {"keys create --name ci --scopes notify:write", "keys list", "keys revoke x", "keys rotate x",
              "keys rotate-bootstrap", "keys token --user anna", "users create --user ben --no-password",
              "users list", "users role ben admin"})
            QTest::newRow(line) << words(line);
    }
    void commandsMakeNoDatabaseOfTheirOwn()
    {
        QFETCH(QStringList, arguments);
        test::ServerProcess server(withoutAdminKey());
        const QString mistyped = server.dataDir() + QStringLiteral("/dta");
        QByteArray said;
        QCOMPARE(server.run(arguments + QStringList{QStringLiteral("--data-dir"), mistyped}, &said), 2);
        QVERIFY2(said.contains("there is no database here") && said.contains("--data-dir") &&
                     said.contains("belfryd migrate"),
                 said.constData());
        QVERIFY(!QFile::exists(mistyped));
    }

    void keysBeforeTheFirstStartNeedAMigrate()
    {
        test::ServerProcess server(withoutAdminKey());
        QByteArray said;
        QCOMPARE(server.run(words("migrate"), &said), 0);
        QCOMPARE(server.run(words("keys create --name ci --scopes metrics:read"), &said), 0);
        const QByteArray key = text(data(said), "key");
        QByteArray token;
        QCOMPARE(server.run(words("keys token --user anna"), &token), 0);
        QVERIFY2(server.start(), server.error().constData());
        QVERIFY(server.output().contains("Bootstrap key"));
        QCOMPARE(test::HttpClient(server.port(), key).get("/metrics").status, 200);
        QCOMPARE(
            test::HttpClient(server.port(), token.trimmed()).get("/api/v1/users/anna/inbox/counts").status,
            200);
    }

    void rotatingTheBootstrapKeyEndsTheOldOne()
    {
        test::ServerProcess server(withoutAdminKey());
        QVERIFY2(server.start(), server.error().constData());
        QFile file(server.dataDir() + QStringLiteral("/bootstrap.key"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray old = file.readAll().trimmed();
        QCOMPARE(server.terminate(), 0);
        QByteArray said;
        QVERIFY2(server.run(words("keys rotate-bootstrap"), &said) == 0, said.constData());
        const QByteArray fresh = text(data(said), "key");
        QVERIFY2(server.start(), server.error().constData());
        QCOMPARE(test::HttpClient(server.port(), old).get("/api/v1/admin/api-keys").status, 401);
        QCOMPARE(test::HttpClient(server.port(), fresh).get("/api/v1/admin/api-keys").status, 200);
    }

    void aTokenOfTheCommandIsTaken()
    {
        test::ServerProcess server;
        QVERIFY2(server.start(), server.error().constData());
        QByteArray token;
        QCOMPARE(server.run(words("keys token --user anna"), &token), 0);
        test::HttpClient client(server.port(), token.trimmed());
        QCOMPARE(client.get("/api/v1/users/anna/inbox/counts").status, 200);
        QCOMPARE(client.get("/api/v1/users/bert/inbox/counts").status, 403);
    }

    void selfTest()
    {
        test::ServerProcess server;
        QByteArray said;
        QCOMPARE(server.run(words("self-test"), &said), 1);
        QVERIFY2(said.contains("no server runs"), said.constData());
        QVERIFY2(server.start(), server.error().constData());
        QVERIFY2(server.run(words("self-test"), &said) == 0, said.constData());
        QVERIFY2(said.contains("everything works"), said.constData());
        // It leaves nothing behind.
        const auto counts =
            test::HttpClient(server.port(), server.key()).get("/api/v1/users/belfry-self-test/inbox/counts");
        QVERIFY2(counts.body.contains("\"unread\":0"), counts.body.constData());
    }

    void theServerTestsItself()
    {
        test::ServerProcess server;
        QVERIFY2(server.start(), server.error().constData());
        test::HttpClient client(server.port(), server.key());
        const auto done = client.post("/api/v1/admin/selftest", {});
        QCOMPARE(done.status, 200);
        QVERIFY2(done.body.startsWith(R"({"data":{"ok":true,"steps":[{"step":"find the server and a key")"),
                 done.body.constData());
        QVERIFY2(done.body.contains(R"("step":"take it away","ok":true)"), done.body.constData());
        QVERIFY(!done.body.contains(server.key()));
        const auto noted = client.get("/api/v1/admin/audit?limit=1");
        QVERIFY2(noted.body.contains("selftest.run"), noted.body.constData());
    }

    void selfTestNamesTheStepThatFailed()
    {
        test::ServerProcess server;
        QVERIFY2(server.start(), server.error().constData());
        QFile file(server.dataDir() + QStringLiteral("/bad.key"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("blf_unknown");
        file.close();
        QByteArray said;
        QElapsedTimer took;
        took.start();
        QCOMPARE(
            server.run({QStringLiteral("self-test"), QStringLiteral("--key-file"), file.fileName()}, &said),
            1);
        QVERIFY2(said.contains("self-test failed at: show the key: answered 401: key: unknown or revoked"),
                 said.constData());
        QVERIFY(took.elapsed() < 8'000); // not when its patience of 10 s is over
    }

    void metricsAndHealth()
    {
        test::ServerProcess server;
        QVERIFY2(server.start(), server.error().constData());
        test::HttpClient client(server.port(), server.key());
        const auto metrics = client.get("/metrics");
        QCOMPARE(metrics.status, 200);
        QVERIFY(metrics.header("content-type").startsWith("text/plain; version=0.0.4"));
        QVERIFY(metrics.body.contains("\nbelfry_up 1\n"));
        const auto health = client.get("/health");
        QCOMPARE(health.status, 200);
        QVERIFY2(health.body.contains("\"database\""), health.body.constData());
    }

    void thePageCanBePasted()
    {
        test::ServerProcess server;
        QVERIFY2(server.start(), server.error().constData());
        test::HttpClient client(server.port(), server.key());
        QCOMPARE(client.post("/api/v1/topics", R"({"name":"releases"})").status, 201);
        const QByteArray made =
            client.post("/api/v1/notifications", R"({"user_id":"anna","title":"t"})").body;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("B"), QStringLiteral("http://127.0.0.1:%1").arg(server.port()));
        environment.insert(QStringLiteral("A"),
                           QStringLiteral("Authorization: Bearer ") + QString::fromUtf8(server.key()));
        environment.insert(QStringLiteral("ID"), QString::fromUtf8(text(data(made), "id")));
        const QByteArrayList lines = pastedLines();
        QVERIFY(lines.size() > 10);
        for (const QByteArray &line : lines) {
            const QByteArray status = statusOf(line, environment);
            QVERIFY2(status.startsWith('2'), (status + " to: " + line).constData());
        }
    }

    void aStopIsPrompt()
    {
        test::ServerProcess server;
        QVERIFY2(server.start(), server.error().constData());
        QCOMPARE(server.terminate(std::chrono::seconds(10)), 0);
    }
};

QTEST_GUILESS_MAIN(TstCommands)
#include "tst_commands.moc"
