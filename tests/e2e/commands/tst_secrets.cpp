// What nobody may read in a log or in a refusal.
#include "support/http_client.h"
#include "support/server_process.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace belfry;

namespace {
QByteArray member(const QByteArray &json, const char *name)
{
    const auto data = QJsonDocument::fromJson(json).object().value(QStringLiteral("data")).toObject();
    return data.value(QLatin1String(name)).toString().toUtf8();
}

QByteArray login(const QByteArray &email, const QByteArray &password)
{
    return R"({"email":")" + email + R"(","password":")" + password + R"(","device_id":"phone"})";
}

test::ServerProcess::Options loudly()
{
    test::ServerProcess::Options options;
    options.environment.insert(QStringLiteral("BELFRY_LOG_LEVEL"), QStringLiteral("debug"));
    return options;
}
} // namespace

/// A server that logs all that its build can, and people and programs who show it all kinds of secrets.
class TstSecrets : public QObject
{
    Q_OBJECT
private:
    test::ServerProcess m_server{loudly()};
    QByteArrayList m_secrets{m_server.key()};
    QByteArray m_refusals;

    test::HttpAnswer post(const QByteArray &path, const QByteArray &body, const QByteArray &key = {})
    {
        test::HttpAnswer answer = test::HttpClient(m_server.port(), key).post(path, body);
        if (answer.status >= 400)
            m_refusals += answer.head + answer.body + '\n';
        return answer;
    }
    QByteArray secret(const QByteArray &text)
    {
        m_secrets.append(text);
        return text;
    }
    void signInAndOut();
    void useKeys();
    void useTickets();
    void useWebhooks();

private Q_SLOTS:
    void stayOutOfLogsAndRefusals();
};

void TstSecrets::signInAndOut()
{
    const QByteArray password = secret("correct-horse-battery");
    QCOMPARE(post("/createUser",
                  R"({"name":"Ada","email":"ada@example.org","password":")" + password + R"("})",
                  m_server.key())
                 .status,
             200);
    QCOMPARE(post("/api/v1/login", login("ada@example.org", secret("wrong-horse-battery"))).status, 401);
    QCOMPARE(post("/api/v1/login", login(secret("typed-into-the-wrong-field"), "x")).status, 401);
    const auto signedIn = post("/api/v1/login", login("ada@example.org", password));
    QCOMPARE(signedIn.status, 200);
    const QByteArray access = secret(member(signedIn.body, "access_token"));
    const QByteArray refresh = secret(member(signedIn.body, "refresh_token"));
    QVERIFY(!access.isEmpty() && !refresh.isEmpty());
    QCOMPARE(test::HttpClient(m_server.port(), access).get("/api/v1/users/1/inbox/counts").status, 200);
    QCOMPARE(test::HttpClient(m_server.port(), access).get("/api/v1/admin/api-keys").status, 403);
    const auto next = post("/api/v1/token/refresh", R"({"refresh_token":")" + refresh + R"("})");
    QCOMPARE(next.status, 200);
    const QByteArray second = secret(member(next.body, "refresh_token"));
    QByteArray forged = second;
    forged.back() = forged.back() == 'A' ? 'B' : 'A';
    // Of the family, but never given: the session ends, and that is logged.
    QCOMPARE(post("/api/v1/token/refresh", R"({"refresh_token":")" + secret(forged) + R"("})").status, 401);
    QCOMPARE(post("/api/v1/token/refresh", R"({"refresh_token":")" + second + R"("})").status, 401);
    QCOMPARE(post("/api/v1/logout", R"({"refresh_token":")" + second + R"("})").status, 200);
}

void TstSecrets::useKeys()
{
    const auto made =
        post("/api/v1/admin/api-keys", R"({"name":"ci","scopes":["notify:write"]})", m_server.key());
    QCOMPARE(made.status, 201);
    const QByteArray key = secret(member(made.body, "key"));
    QVERIFY(key.startsWith("blf_"));
    QCOMPARE(post("/api/v1/notifications", R"({"title":"to nobody"})", key).status, 422);
    QCOMPARE(
        post("/api/v1/notifications", R"({"user_id":"1","title":"x"})", secret("blf_no-key-of-ours")).status,
        401);
}

void TstSecrets::useTickets()
{
    const auto ticket = [this] {
        const auto made = post("/api/v1/users/1/tickets", {}, m_server.key());
        return secret(member(made.body, "ticket"));
    };
    const auto show = [this](const QByteArray &path, const QByteArray &text) {
        const auto answer = test::HttpClient(m_server.port()).get(path + "?ticket=" + text);
        m_refusals += answer.head + answer.body + '\n';
        return answer.status;
    };
    const QByteArray foreign = ticket();
    QVERIFY(!foreign.isEmpty());
    QCOMPARE(show("/api/v1/users/2/stream", foreign), 403);
    QCOMPARE(show("/api/v1/users/1/stream", foreign), 401); // it is used up
    QVERIFY(show("/ws", ticket()) >= 400);                  // no handshake
    QCOMPARE(show("/api/v1/users/1/stream", secret("a-ticket-of-nobody")), 401);
}

void TstSecrets::useWebhooks()
{
    const auto whsec = [this](char c) { return secret("whsec_" + QByteArray(32, c).toBase64()); };
    const QByteArray hooks = "/api/v1/webhooks";
    const QByteArray url = R"({"url":"http://127.0.0.1:9/x","secret":")";
    const auto given = post(hooks, url + whsec('a') + "\"}", m_server.key());
    QCOMPARE(given.status, 201);
    const auto made = post(hooks, R"({"url":"http://127.0.0.1:9/y"})", m_server.key());
    QVERIFY(!secret(member(made.body, "secret")).isEmpty());
    const auto rotated = post(hooks + '/' + member(given.body, "id") + "/rotate", "{}", m_server.key());
    QVERIFY(!secret(member(rotated.body, "secret")).isEmpty());
    QCOMPARE(post(hooks, url + secret("whsec_much-too-short") + "\"}", m_server.key()).status, 422);
    const QByteArray noWeb = R"({"url":"ftp://a.example","secret":")";
    QCOMPARE(post(hooks, noWeb + whsec('b') + "\"}", m_server.key()).status, 422);
    QCOMPARE(post(hooks, url + whsec('c') + "\"}").status, 401);
    // What can't be delivered is logged.
    QCOMPARE(post("/api/v1/notifications", R"({"user_id":"1","title":"x"})", m_server.key()).status, 201);
    test::HttpClient client(m_server.port(), m_server.key());
    QTRY_VERIFY(client.get("/api/v1/admin/dead-letters").body.count("address_not_allowed") >= 2);
}

void TstSecrets::stayOutOfLogsAndRefusals()
{
    QVERIFY2(m_server.start(), m_server.error());
    signInAndOut();
    useKeys();
    useTickets();
    useWebhooks();
    const auto audit = test::HttpClient(m_server.port(), m_server.key()).get("/api/v1/admin/audit");
    QCOMPARE(audit.status, 200);
    QVERIFY(audit.body.contains("session.reuse") && audit.body.contains("unknown account"));
    QCOMPARE(m_server.terminate(), 0);
    const QByteArray log = m_server.output();
    QVERIFY2(log.contains("listens on"), log);
    for (const QByteArray &text : m_secrets) {
        QVERIFY2(!log.contains(text), text);
        QVERIFY2(!m_refusals.contains(text), text);
        QVERIFY2(!audit.body.contains(text), text);
    }
}

QTEST_GUILESS_MAIN(TstSecrets)
#include "tst_secrets.moc"
