// What an operator meets on a bad day: each gets a message that says what to do and the right exit code, or a
// 503 and a recovery without a restart; nothing is half-written.
#include "support/http_client.h"
#include "support/pg_server.h"
#include "support/server_process.h"
#include "support/wait_until.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <sqlite3.h>
#include <sys/resource.h>

using namespace belfry;

namespace {
const QByteArray notification = R"({"user_id":"anna","type":"t","title":"t","message":"m"})";

test::HttpAnswer post(test::HttpClient &client)
{
    return client.post("/api/v1/notifications", notification);
}

/// Changes the closed database of a data folder.
void execute(const QString &path, const char *sql)
{
    sqlite3 *database = nullptr;
    QCOMPARE(sqlite3_open(QFile::encodeName(path).constData(), &database), SQLITE_OK);
    char *error = nullptr;
    const int code = sqlite3_exec(database, sql, nullptr, nullptr, &error);
    const QByteArray message = error ? error : "";
    sqlite3_free(error);
    sqlite3_close(database);
    QVERIFY2(code == SQLITE_OK, message.constData());
}

void overwrite(const QString &path, qint64 from, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(from));
    QCOMPARE(file.write(bytes), bytes.size());
}

void expectJsonLines(const QByteArray &said)
{
    QVERIFY(!said.isEmpty());
    for (const QByteArray &line : said.trimmed().split('\n')) {
        const QJsonObject record = QJsonDocument::fromJson(line).object();
        QVERIFY2(record.contains(QStringLiteral("message")), line.constData());
        QVERIFY2(record.contains(QStringLiteral("level")), line.constData());
    }
}
} // namespace

class TstBadSurroundings : public QObject
{
    Q_OBJECT
private:
    static void expectRefusal(test::ServerProcess &server, int code, const QByteArrayList &words)
    {
        QVERIFY(!server.start());
        QCOMPARE(server.waitForExit(), code);
        const QByteArray said = server.output();
        for (const QByteArray &word : words)
            QVERIFY2(said.contains(word), ("expected `" + word + "` in: " + said).constData());
    }

    static QString databaseOf(const test::ServerProcess &server)
    {
        return server.dataDir() + QStringLiteral("/belfry.db");
    }

    /// A server that has run once and stopped well, with one notification in it.
    static void fill(test::ServerProcess &server)
    {
        QVERIFY2(server.start(), server.error().constData());
        test::HttpClient client(server.port(), server.key());
        QCOMPARE(post(client).status, 201);
        QCOMPARE(server.terminate(), 0);
    }

private Q_SLOTS:
    void portInUse()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        const QString address = QStringLiteral("127.0.0.1:%1").arg(other.serverPort());
        test::ServerProcess::Options options;
        options.arguments = {QStringLiteral("--listen"), address};
        test::ServerProcess server(options);
        expectRefusal(server, 1, {address.toLatin1(), "in use"});
    }

    void badConfiguration()
    {
        test::ServerProcess::Options options;
        options.arguments = {QStringLiteral("--loops"), QStringLiteral("many")};
        test::ServerProcess server(options);
        expectRefusal(server, 2, {"--loops", "many", "whole number"});
    }

    void badConfigurationFile()
    {
        test::ServerProcess server;
        const QString path = server.dataDir() + QStringLiteral("/belfry.toml");
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("\n\nloops = \"two\"\n");
        file.close();
        QByteArray said;
        QCOMPARE(server.run({QStringLiteral("check-config"), QStringLiteral("--config"), path}, &said), 2);
        QVERIFY2(said.contains("belfry.toml: loops") && said.contains("two"), said.constData());
    }

    void aRefusalIsJsonWhereTheLogIs_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        const QString json = QStringLiteral("json");
        QTest::newRow("value") << json << QStringList{QStringLiteral("--loops"), QStringLiteral("many")} << 2;
        QTest::newRow("asked by flag") << QStringLiteral("text")
                                       << QStringList{QStringLiteral("--loops"), QStringLiteral("many"),
                                                      QStringLiteral("--log-format"), json}
                                       << 2;
        QTest::newRow("no such flag") << json << QStringList{QStringLiteral("--no-such-flag")} << 2;
        QTest::newRow("folder") << json
                                << QStringList{QStringLiteral("--data-dir"), QStringLiteral("/proc/belfry")}
                                << 1;
        QTest::newRow("database") << json
                                  << QStringList{QStringLiteral("--database-url"),
                                                 QStringLiteral("sqlite:///proc/belfry.db")}
                                  << 1;
    }
    void aRefusalIsJsonWhereTheLogIs()
    {
        QFETCH(QString, format);
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        test::ServerProcess::Options options;
        options.environment = {{QStringLiteral("BELFRY_LOG_FORMAT"), format}};
        options.arguments = arguments;
        test::ServerProcess server(options);
        expectRefusal(server, code, {"\"level\":\"error\""});
        expectJsonLines(server.output());
    }

    void aSecondProcessOnTheSameData()
    {
        test::ServerProcess server;
        QVERIFY2(server.start(), server.error().constData());
        QByteArray said;
        QCOMPARE(
            server.run({QStringLiteral("serve"), QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0")},
                       &said),
            1);
        QVERIFY2(said.contains(QByteArray::number(server.pid())), said.constData());
        test::HttpClient client(server.port(), server.key());
        QCOMPARE(post(client).status, 201);
    }

    void aKilledProcessLeavesNoLockBehind()
    {
        test::ServerProcess server;
        QVERIFY2(server.start(), server.error().constData());
        server.kill();
        QVERIFY2(server.start(), server.error().constData());
    }

    void aCorruptDatabase()
    {
        test::ServerProcess server;
        fill(server);
        overwrite(databaseOf(server), 0, QByteArray(200, 'x'));
        expectRefusal(server, 1, {"belfry.db"});
    }

    void aNewerSchema()
    {
        test::ServerProcess server;
        fill(server);
        execute(databaseOf(server), "INSERT INTO schema_versions VALUES (9999, '9999_future.sql', 'x', 0)");
        expectRefusal(server, 1, {"newer"});
    }

    void aReadOnlyDataFolder()
    {
        test::ServerProcess::Options options;
        // Also root may not write here.
        options.environment = {{QStringLiteral("BELFRY_DATA_DIR"), QStringLiteral("/proc/belfry")}};
        test::ServerProcess server(options);
        expectRefusal(server, 1, {"/proc/belfry", "--data-dir"});
    }

    void aDatabaseThatCannotBeOpened()
    {
        test::ServerProcess::Options options;
        options.databaseUrl = "sqlite:///proc/belfry.db";
        test::ServerProcess server(options);
        expectRefusal(server, 1, {"/proc/belfry.db"});
    }

    void aFullDiskIs503AndEndsByItself()
    {
        test::ServerProcess server;
        QVERIFY2(server.start(), server.error().constData());
        test::HttpClient client(server.port(), server.key());
        QCOMPARE(post(client).status, 201);

        // What the process may write to one file ends here, as a full disk would have it.
        rlimit before = {};
        const auto pid = static_cast<pid_t>(server.pid());
        QCOMPARE(::prlimit(pid, RLIMIT_FSIZE, nullptr, &before), 0);
        const rlimit full = {4096, before.rlim_max};
        QCOMPARE(::prlimit(pid, RLIMIT_FSIZE, &full, nullptr), 0);
        const auto refused = post(client);
        QCOMPARE(refused.status, 503);
        QVERIFY2(refused.header("content-type").startsWith("application/problem+json"),
                 refused.head.constData());
        QVERIFY(!refused.header("retry-after").isEmpty());
        QCOMPARE(client.get("/health/ready").status, 503);
        QCOMPARE(client.get("/health/live").status, 200);

        QCOMPARE(::prlimit(pid, RLIMIT_FSIZE, &before, nullptr), 0);
        QVERIFY(test::waitUntil([&] { return post(client).status == 201; }));
        QVERIFY(test::waitUntil([&] { return client.get("/health/ready").status == 200; }));
        // What was refused left no trace: the log has what was answered 201 only, without a hole.
        const auto counts = client.get("/api/v1/users/anna/inbox/counts");
        QVERIFY2(counts.body.contains("\"unread\":2"), counts.body.constData());
        QCOMPARE(server.terminate(), 0);
    }

    void outOfDescriptors()
    {
        test::ServerProcess server;
        QVERIFY2(server.start(), server.error().constData());
        rlimit limit = {};
        const auto pid = static_cast<pid_t>(server.pid());
        const auto open =
            QDir(QStringLiteral("/proc/%1/fd").arg(pid)).entryList(QDir::Files | QDir::System).size();
        QCOMPARE(::prlimit(pid, RLIMIT_NOFILE, nullptr, &limit), 0);
        const rlimit few = {static_cast<rlim_t>(open + 12), limit.rlim_max};
        QCOMPARE(::prlimit(pid, RLIMIT_NOFILE, &few, nullptr), 0);

        std::vector<std::unique_ptr<QTcpSocket>> sockets;
        for (int i = 0; i < 60; ++i) {
            sockets.push_back(std::make_unique<QTcpSocket>());
            sockets.back()->connectToHost(QHostAddress::LocalHost, server.port());
        }
        QVERIFY(test::waitUntil([&] { return server.output().contains("descriptors"); }));
        sockets.clear();
        QCOMPARE(::prlimit(pid, RLIMIT_NOFILE, &limit, nullptr), 0);
        QVERIFY(test::waitUntil(
            [&] { return test::HttpClient(server.port()).get("/health/ready").status == 200; }));
        QCOMPARE(server.terminate(), 0);
    }

    void socketsThatNeverCloseDoNotHoldUpAStop()
    {
        test::ServerProcess server;
        QVERIFY2(server.start(), server.error().constData());
        std::vector<std::unique_ptr<QTcpSocket>> sockets;
        for (int i = 0; i < 20; ++i) {
            sockets.push_back(std::make_unique<QTcpSocket>());
            QTcpSocket &socket = *sockets.back();
            socket.connectToHost(QHostAddress::LocalHost, server.port());
            socket.write("GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                         "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                         "Sec-WebSocket-Protocol: belfry.v1\r\n\r\n");
            QVERIFY(
                test::waitUntil([&] { return socket.waitForReadyRead(10) || socket.bytesAvailable() > 0; }));
            QVERIFY(socket.readAll().startsWith("HTTP/1.1 101 "));
        }
        QCOMPARE(server.terminate(std::chrono::seconds(10)), 0);
    }

    void postgresGoesAwayAndComesBack()
    {
        test::PgServer postgres;
        QVERIFY2(postgres.isValid(), qPrintable(postgres.error()));
        test::ServerProcess::Options options;
        options.databaseUrl = postgres.url();
        options.environment = {{QStringLiteral("BELFRY_LOG_FORMAT"), QStringLiteral("json")}};
        test::ServerProcess server(options);
        QVERIFY2(server.start(), server.error().constData());
        test::HttpClient client(server.port(), server.key());
        QCOMPARE(post(client).status, 201);

        QVERIFY2(postgres.goAway(), qPrintable(postgres.error()));
        QCOMPARE(post(client).status, 503);
        QVERIFY(test::waitUntil([&] { return client.get("/health/ready").status == 503; }));
        QCOMPARE(client.get("/health/live").status, 200);

        QVERIFY2(postgres.comeBack(), qPrintable(postgres.error()));
        QVERIFY(test::waitUntil([&] { return client.get("/health/ready").status == 200; }));
        QVERIFY(test::waitUntil([&] { return post(client).status == 201; }));
        const auto counts = client.get("/api/v1/users/anna/inbox/counts");
        QVERIFY2(counts.body.contains("\"unread\":2"), counts.body.constData());
        QCOMPARE(server.terminate(), 0);
        expectJsonLines(server.output());
    }

    void postgresThatIsNotThere()
    {
        test::ServerProcess::Options options;
        options.databaseUrl = "postgresql://nobody:hidden@127.0.0.1:1/none";
        test::ServerProcess server(options);
        expectRefusal(server, 1, {"127.0.0.1"});
        QVERIFY(!server.output().contains("hidden"));
    }
};

QTEST_GUILESS_MAIN(TstBadSurroundings)
#include "tst_bad_surroundings.moc"
