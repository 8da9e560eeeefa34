// What was accepted is never lost: the server is killed at random moments while eight connections post, and
// afterwards every notification that was answered 2xx is there exactly once, and no user's log has a hole.
#include "support/http_client.h"
#include "support/outbox_table.h"
#include "support/pg_server.h"
#include "support/server_process.h"
#include "support/wait_until.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>
#include <atomic>
#include <map>
#include <thread>

using namespace belfry;

namespace {
constexpr int connections = 8;
constexpr int users = 5;
constexpr int kills = 10;

QByteArray userName(int n)
{
    return "user-" + QByteArray::number(n);
}

QJsonObject object(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

/// What one connection knows: its texts that were answered 2xx, and all that it ever sent.
struct Accepted
{
    std::map<QByteArray, QByteArray> idByMessage;
};

/// Eight connections that post as fast as they are answered, until the server is gone or the load ends.
class Load
{
public:
    Load(const test::ServerProcess &server, const QByteArray &name, std::vector<Accepted> &accepted)
    {
        const std::size_t first = accepted.size();
        accepted.resize(first + connections);
        for (int i = 0; i < connections; ++i) {
            m_threads.emplace_back(&Load::post, this, server.port(), server.key(),
                                   name + '-' + QByteArray::number(i),
                                   std::ref(accepted[first + static_cast<std::size_t>(i)]));
        }
    }
    ~Load()
    {
        m_stop = true;
        for (std::thread &thread : m_threads)
            thread.join();
    }
    Load(const Load &) = delete;
    Load &operator=(const Load &) = delete;

    /// So much has to be answered first, however slow the machine is.
    [[nodiscard]] bool waitForAnswers(int count) const
    {
        return test::waitUntil([this, count] { return m_answered >= count; });
    }

private:
    /// A request without an answer is left open: it may or may not have been accepted.
    void post(quint16 port, const QByteArray &key, const QByteArray &name, Accepted &accepted)
    {
        test::HttpClient client(port, key);
        for (int i = 0; !m_stop; ++i) {
            const QByteArray message = name + '-' + QByteArray::number(i);
            const auto answer = client.post("/api/v1/notifications",
                                            R"({"user_id":")" + userName(i % users) +
                                                R"(","type":"t","title":"t","message":")" + message + "\"}");
            if (answer.status == 0)
                return;
            if (answer.status / 100 != 2)
                continue;
            accepted.idByMessage[message] =
                object(answer.body)[QStringLiteral("data")][QStringLiteral("id")].toString().toLatin1();
            ++m_answered;
        }
    }

    std::atomic<bool> m_stop{false};
    std::atomic<int> m_answered{0};
    std::vector<std::thread> m_threads;
};

struct Stored
{
    std::map<QByteArray, QByteArray> idByMessage;
    std::map<QByteArray, qint64> heads; ///< by user
    QByteArray fault;
};

/// Reads a user's whole log and checks on the way that each seq follows the last.
void readLog(test::HttpClient &client, const QByteArray &user, Stored &stored)
{
    qint64 seq = 0;
    qint64 head = 1;
    while (seq < head) {
        const auto answer =
            client.get("/api/v1/users/" + user + "/log?limit=500&since=" + QByteArray::number(seq));
        const auto page = object(answer.body);
        if (answer.status != 200) {
            stored.fault = "log of " + user + ": " + QByteArray::number(answer.status) + ' ' + answer.body;
            return;
        }
        head = page[QStringLiteral("meta")][QStringLiteral("head")].toInteger();
        for (const auto &entry : page[QStringLiteral("data")].toArray()) {
            const auto item = entry[QStringLiteral("item")];
            const QByteArray message = item[QStringLiteral("message")].toString().toLatin1();
            if (entry[QStringLiteral("seq")].toInteger() != ++seq)
                stored.fault = "log of " + user + ": a hole before " + QByteArray::number(seq);
            if (!stored.idByMessage.emplace(message, item[QStringLiteral("id")].toString().toLatin1()).second)
                stored.fault = "twice: " + message;
        }
        if (page[QStringLiteral("data")].toArray().isEmpty() && seq < head)
            stored.fault = "log of " + user + ": ends before its head";
        if (!stored.fault.isEmpty())
            return;
    }
    stored.heads[user] = head;
}

/// The outbox has what the logs have: each change once, and those of a user in order.
QByteArray faultOfOutbox(const QByteArray &databaseUrl, const Stored &stored)
{
    std::map<QByteArray, qint64> heads;
    for (const test::OutboxEntry &entry : test::readOutbox(databaseUrl)) {
        const QByteArray user = entry.key.toUtf8();
        const auto change = entry.payload[QStringLiteral("data")][QStringLiteral("change")];
        const QByteArray message =
            change[QStringLiteral("item")][QStringLiteral("message")].toString().toUtf8();
        if (change[QStringLiteral("seq")].toInteger() != ++heads[user])
            return "outbox of " + user + ": a hole before " + QByteArray::number(heads[user]);
        if (!stored.idByMessage.contains(message))
            return "outbox of " + user + ": nobody stored " + message;
    }
    return heads == stored.heads ? QByteArray() : QByteArray("the outbox ends before the logs");
}

/// Killed again and again while it forgets a user: what was begun is finished, nobody else loses
/// anything.
void forget(const QByteArray &databaseUrl)
{
    constexpr int sent = 600;
    test::ServerProcess::Options options;
    options.databaseUrl = databaseUrl;
    test::ServerProcess server(options);
    QVERIFY2(server.start(), server.error().constData());
    QByteArray batch = "[";
    for (int i = 0; i < sent; ++i)
        batch += QByteArray(i ? "," : "") + R"({"user_id":")" + (i % 6 ? "anna" : "ben") + R"(","title":"t)" +
                 QByteArray::number(i) + "\"}";
    {
        test::HttpClient client(server.port(), server.key());
        QCOMPARE(client.post("/api/v1/notifications:batch", batch + ']').status, 200);
        QCOMPARE(client.request("DELETE", "/api/v1/admin/users/anna").status, 202);
    }
    const auto isOver = [&server] {
        const auto user = test::HttpClient(server.port(), server.key()).get("/api/v1/admin/users/anna");
        return user.status == 200 && user.body.contains(R"("erasing":false)");
    };
    for (int life = 0; life < 3; ++life) {
        server.kill();
        QVERIFY2(server.start(), server.error().constData());
    }
    QVERIFY(test::waitUntil(isOver));
    test::HttpClient client(server.port(), server.key());
    const auto log = client.get("/api/v1/users/anna/log?since=0&limit=500");
    QCOMPARE(log.status, 200);
    QCOMPARE(object(log.body)[QStringLiteral("meta")][QStringLiteral("head")].toInteger(), 2 * 500);
    for (const auto &entry : object(log.body)[QStringLiteral("data")].toArray())
        QVERIFY(entry[QStringLiteral("item")][QStringLiteral("gone")].toBool());
    QVERIFY(client.get("/api/v1/notifications/anna?state=all").body.contains(R"("data":[])"));
    QCOMPARE(object(client.get("/api/v1/notifications/ben?limit=500").body)[QStringLiteral("data")]
                 .toArray()
                 .size(),
             100);
}
} // namespace

class TstKill : public QObject
{
    Q_OBJECT
private:
    /// One life of the server: load, then SIGKILL after a random number of answers.
    static void liveAndDie(test::ServerProcess &server, int life, std::vector<Accepted> &accepted)
    {
        const Load load(server, QByteArray::number(life), accepted);
        QVERIFY(load.waitForAnswers(QRandomGenerator::global()->bounded(10, 400)));
        server.kill();
    }

    static void checkNothingLost(test::ServerProcess &server, const std::vector<Accepted> &accepted,
                                 const QByteArray &outboxUrl = {})
    {
        Stored stored;
        test::HttpClient client(server.port(), server.key());
        for (int user = 0; user < users && stored.fault.isEmpty(); ++user)
            readLog(client, userName(user), stored);
        QVERIFY2(stored.fault.isEmpty(), stored.fault.constData());
        if (!outboxUrl.isEmpty()) {
            const QByteArray fault = faultOfOutbox(outboxUrl, stored);
            QVERIFY2(fault.isEmpty(), fault.constData());
        }
        std::size_t answered = 0;
        for (const Accepted &one : accepted) {
            for (const auto &[message, id] : one.idByMessage) {
                const auto found = stored.idByMessage.find(message);
                QVERIFY2(found != stored.idByMessage.end(), ("lost: " + message).constData());
                QCOMPARE(found->second, id);
                ++answered;
            }
        }
        qInfo("%zu answered, %zu stored", answered, stored.idByMessage.size());
        QVERIFY(answered >= 100);
        QVERIFY(stored.idByMessage.size() >= answered);
    }

    enum class Outbox { Off, External };
    static void run(const QByteArray &databaseUrl, int lives = kills, Outbox outbox = Outbox::Off)
    {
        test::ServerProcess::Options options;
        options.databaseUrl = databaseUrl;
        if (outbox == Outbox::External)
            options.environment[QStringLiteral("BELFRY_OUTBOX")] = QStringLiteral("external");
        test::ServerProcess server(options);
        std::vector<Accepted> accepted;
        for (int life = 0; life < lives; ++life) {
            QVERIFY2(server.start(), server.error().constData());
            liveAndDie(server, life, accepted);
        }
        QVERIFY2(server.start(), server.error().constData());
        QByteArray outboxUrl;
        if (outbox == Outbox::External)
            outboxUrl =
                databaseUrl.isEmpty() ? "sqlite://" + server.dataDir().toUtf8() + "/belfry.db" : databaseUrl;
        checkNothingLost(server, accepted, outboxUrl);
        QCOMPARE(server.terminate(), 0);
    }

private Q_SLOTS:
    void anErasureIsFinishedOnSqlite() { forget({}); }

    void anErasureIsFinishedOnPostgres()
    {
        test::PgDatabase database;
        QVERIFY2(database.isValid(), qPrintable(database.error()));
        forget(database.url());
    }

    void nothingAcceptedIsLostOnSqlite() { run({}); }

    void nothingAcceptedIsLostOnPostgres()
    {
        test::PgDatabase database;
        QVERIFY2(database.isValid(), qPrintable(database.error()));
        run(database.url());
    }

    void theOutboxHasWhatTheLogsHaveOnSqlite() { run({}, 3, Outbox::External); }

    void theOutboxHasWhatTheLogsHaveOnPostgres()
    {
        test::PgDatabase database;
        QVERIFY2(database.isValid(), qPrintable(database.error()));
        run(database.url(), 3, Outbox::External);
    }

    void aStopUnderLoadLosesNothing()
    {
        test::ServerProcess server;
        QVERIFY2(server.start(), server.error().constData());
        std::vector<Accepted> accepted;
        {
            const Load load(server, "stop", accepted);
            QVERIFY(load.waitForAnswers(200));
            QCOMPARE(server.terminate(std::chrono::seconds(10)), 0);
        }
        QVERIFY2(server.start(), server.error().constData());
        checkNothingLost(server, accepted);
    }
};

QTEST_GUILESS_MAIN(TstKill)
#include "tst_kill.moc"
