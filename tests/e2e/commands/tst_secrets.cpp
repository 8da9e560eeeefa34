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

void TstSecrets::stayOutOfLogsAndRefusals()
{
    QVERIFY2(m_server.start(), m_server.error());
    signInAndOut();
    useKeys();
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
