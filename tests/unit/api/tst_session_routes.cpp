#include "api/origin.h"
#include "api_bed.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace belfry;
using test::Answer;
using test::ApiBed;
using test::Request;
using namespace std::chrono_literals;

namespace {
const QByteArray adaEmail = "Ada@Example.org";
const QByteArray adaPassword = "correct horse";

QByteArray textAt(const Answer &answer, const char *path)
{
    return answer.at(path).toString().toUtf8();
}

Request from(Request request, const QString &address)
{
    request.http.peer.address = QHostAddress(address);
    return request;
}

Request loginOf(const QByteArray &mail, const QByteArray &word, const QByteArray &device = "phone")
{
    return Request::post("/api/v1/login")
        .json(R"({"email":")" + mail + R"(","password":")" + word + R"(","device_id":")" + device + R"("})");
}

Request withToken(const QByteArray &path, const QByteArray &token)
{
    return Request::post("/api/v1/" + path).json(R"({"refresh_token":")" + token + R"("})");
}
} // namespace

/// People sign in, stay signed in, and sign out (decisions H63).
class TstSessionRoutes : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<ApiBed> m_bed;
    Answer ask(const Request &request) { return m_bed->ask(request); }
    Answer signIn(const QByteArray &device = "phone") { return ask(loginOf(adaEmail, adaPassword, device)); }
    /// Action, outcome and detail of the newest entries, newest first.
    QByteArrayList audit();

private Q_SLOTS:
    void init();
    void signsIn();
    void takesTheMailHoweverTyped();
    void tellsNothingOfWhoThereIs();
    void refreshRotates();
    void aSecondUseEndsTheSession();
    void aLostAnswerMayBeAskedForAgain();
    void signsOut();
    void guessingIsHeldUp();
    void guessingIsHeldUpPerAccount();
    void placesAreNetworks_data();
    void placesAreNetworks();
    void auditNamesWhoAndWhat();
    void auditHasPages();
    void administratorsSeeAndEndSessions();
};

void TstSessionRoutes::init()
{
    m_bed = std::make_unique<ApiBed>();
    const Answer made = m_bed->admin(
        Request::post("/createUser")
            .json(R"({"name":"Ada","email":")" + adaEmail + R"(","password":")" + adaPassword + R"("})"));
    QCOMPARE(made.status, 200);
}

QByteArrayList TstSessionRoutes::audit()
{
    QByteArrayList lines;
    const QJsonArray entries = m_bed->admin(Request::get("/api/v1/admin/audit")).at("data").toArray();
    for (const QJsonValue entry : entries) {
        const auto text = [&](const char *name) { return entry[QLatin1String(name)].toString().toUtf8(); };
        lines.append(text("action") + ' ' + text("outcome") + ' ' + text("actor") + ' ' + text("detail"));
    }
    return lines;
}

void TstSessionRoutes::signsIn()
{
    const Answer answer = signIn();
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.header("Cache-Control"), QByteArray("no-store"));
    QCOMPARE(textAt(answer, "data.user_id"), QByteArray("1"));
    QCOMPARE(textAt(answer, "data.token_type"), QByteArray("Bearer"));
    QCOMPARE(answer.at("data.expires_in").toInt(), 900);
    const QByteArray token = textAt(answer, "data.access_token");
    const Request mine = Request::get("/api/v1/users/1/inbox/counts").key(token);
    QCOMPARE(ask(mine).status, 200);
    QCOMPARE(ask(Request::get("/api/v1/users/2/inbox/counts").key(token)).status, 403);
    QCOMPARE(ask(Request::get("/api/v1/admin/audit").key(token)).status, 403);
    m_bed->clock.advance(900s);
    QCOMPARE(ask(mine).status, 401);
    // A refresh token opens nothing.
    const QByteArray refresh = textAt(answer, "data.refresh_token");
    QCOMPARE(ask(Request::get("/api/v1/users/1/inbox/counts").key(refresh)).status, 401);
    QCOMPARE(ask(Request::post("/login").json("{}")).status, 422);
}

void TstSessionRoutes::takesTheMailHoweverTyped()
{
    QCOMPARE(ask(loginOf("  ADA@example.ORG ", adaPassword)).status, 200);
}

void TstSessionRoutes::tellsNothingOfWhoThereIs()
{
    const Answer wrong = ask(loginOf(adaEmail, "Correct horse"));
    const Answer unknown = ask(loginOf("nobody@example.org", adaPassword));
    QCOMPARE(wrong.status, 401);
    QCOMPARE(unknown.status, 401);
    QCOMPARE(wrong.at("detail"), unknown.at("detail"));
    QCOMPARE(wrong.at("type"), unknown.at("type"));
    QVERIFY(wrong.has("WWW-Authenticate"));
    // Before them is how init() made her.
    QCOMPARE(audit().mid(0, 2),
             (QByteArrayList{"login refused nobody unknown account", "login refused nobody wrong password"}));
}

void TstSessionRoutes::refreshRotates()
{
    const QByteArray first = textAt(signIn(), "data.refresh_token");
    m_bed->clock.advance(20min);
    const Answer next = ask(withToken("token/refresh", first));
    QCOMPARE(next.status, 200);
    const QByteArray second = textAt(next, "data.refresh_token");
    QVERIFY(second != first);
    const Request mine = Request::get("/api/v1/users/1/inbox/counts").key(textAt(next, "data.access_token"));
    QCOMPARE(ask(mine).status, 200);
    m_bed->clock.advance(model::days(30) - 1s);
    const QByteArray third = textAt(ask(withToken("token/refresh", second)), "data.refresh_token");
    QVERIFY(!third.isEmpty());
    m_bed->clock.advance(model::days(30));
    QCOMPARE(ask(withToken("token/refresh", third)).status, 401);
    QCOMPARE(ask(withToken("token/refresh", "blr_nonsense")).status, 401);
}

void TstSessionRoutes::aSecondUseEndsTheSession()
{
    const QByteArray first = textAt(signIn(), "data.refresh_token");
    const QByteArray second = textAt(ask(withToken("token/refresh", first)), "data.refresh_token");
    m_bed->clock.advance(31s);
    QCOMPARE(ask(withToken("token/refresh", first)).status, 401);
    QCOMPARE(ask(withToken("token/refresh", second)).status, 401);
    QVERIFY(audit().first().startsWith("session.reuse refused nobody"));
}

void TstSessionRoutes::aLostAnswerMayBeAskedForAgain()
{
    const QByteArray first = textAt(signIn(), "data.refresh_token");
    QCOMPARE(ask(withToken("token/refresh", first)).status, 200);
    m_bed->clock.advance(30s);
    const QByteArray again = textAt(ask(withToken("token/refresh", first)), "data.refresh_token");
    QVERIFY(!again.isEmpty());
    QCOMPARE(ask(withToken("token/refresh", again)).status, 200);
}

void TstSessionRoutes::signsOut()
{
    const QByteArray token = textAt(signIn(), "data.refresh_token");
    const QByteArray other = textAt(signIn("laptop"), "data.refresh_token");
    QCOMPARE(ask(withToken("logout", token)).status, 200);
    QCOMPARE(ask(withToken("logout", token)).status, 200);
    QCOMPARE(ask(withToken("logout", "blr_nonsense")).status, 200);
    QCOMPARE(ask(withToken("token/refresh", token)).status, 401);
    QCOMPARE(ask(withToken("token/refresh", other)).status, 200);
    QCOMPARE(audit().first(), QByteArray("logout done user:1 "));
}

void TstSessionRoutes::guessingIsHeldUp()
{
    for (int i = 0; i < 10; ++i)
        QCOMPARE(ask(loginOf("u" + QByteArray::number(i) + "@example.org", "x")).status, 401);
    const Answer refused = ask(loginOf(adaEmail, adaPassword));
    QCOMPARE(refused.status, 429);
    QCOMPARE(refused.header("Retry-After"), QByteArray("90"));
    QCOMPARE(ask(from(loginOf(adaEmail, adaPassword), QStringLiteral("192.0.2.9"))).status, 200);
    QCOMPARE(ask(withToken("token/refresh", "blr_nonsense")).status, 429);
    m_bed->clock.advance(90s);
    QCOMPARE(ask(loginOf(adaEmail, adaPassword)).status, 200);
    QCOMPARE(ask(loginOf(adaEmail, adaPassword)).status, 200); // a success costs nothing
}

void TstSessionRoutes::guessingIsHeldUpPerAccount()
{
    for (int i = 0; i < 10; ++i) {
        const QString place = QStringLiteral("192.0.2.%1").arg(i);
        QCOMPARE(ask(from(loginOf("ADA@example.org", "x"), place)).status, 401);
    }
    QCOMPARE(ask(from(loginOf(adaEmail, adaPassword), QStringLiteral("192.0.2.99"))).status, 429);
}

void TstSessionRoutes::placesAreNetworks_data()
{
    QTest::addColumn<QString>("peer");
    QTest::addColumn<bool>("local");
    QTest::addColumn<QByteArray>("forwarded");
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<QByteArray>("network");
    const auto row = [](const char *name, const char *peer, bool local, const char *forwarded,
                        const char *address, const char *network) {
        QTest::newRow(name) << QString::fromLatin1(peer) << local << QByteArray(forwarded)
                            << QByteArray(address) << QByteArray(network);
    };
    row("v4", "192.0.2.1", false, "", "192.0.2.1", "192.0.2.1");
    row("v6", "2001:db8:1:2:3:4:5:6", false, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64");
    row("mapped", "::ffff:192.0.2.1", false, "", "::ffff:192.0.2.1", "192.0.2.1");
    row("not a proxy of ours", "192.0.2.1", false, "198.51.100.1", "192.0.2.1", "192.0.2.1");
    row("behind one", "127.0.0.1", true, "10.0.0.1, 198.51.100.1", "198.51.100.1", "198.51.100.1");
    row("nonsense", "127.0.0.1", true, "unknown", "127.0.0.1", "127.0.0.1");
}

void TstSessionRoutes::placesAreNetworks()
{
    QFETCH(QString, peer);
    QFETCH(bool, local);
    QFETCH(QByteArray, forwarded);
    QFETCH(QByteArray, address);
    QFETCH(QByteArray, network);
    Request request = from(Request::post("/api/v1/login"), peer);
    request.http.peer.loopback = local;
    if (!forwarded.isEmpty())
        request.header("x-forwarded-for", forwarded);
    const service::Origin origin = api::originOf(request.http, {});
    QCOMPARE(origin.address, address);
    QCOMPARE(origin.network, network);
}

void TstSessionRoutes::auditNamesWhoAndWhat()
{
    QCOMPARE(ask(from(loginOf(adaEmail, adaPassword), QStringLiteral("192.0.2.9"))).status, 200);
    const Answer answer = m_bed->admin(Request::get("/api/v1/admin/audit"));
    QCOMPARE(textAt(answer, "data.0.actor"), QByteArray("user:1"));
    QVERIFY(textAt(answer, "data.0.target").startsWith("session:"));
    QCOMPARE(textAt(answer, "data.0.address"), QByteArray("192.0.2.9"));
    QCOMPARE(textAt(answer, "data.0.at"), QByteArray("2023-11-14T22:13:20.000Z"));
    QVERIFY(!answer.response.body.contains(adaPassword));
}

void TstSessionRoutes::auditHasPages()
{
    // Beside the one of how init() made her.
    QCOMPARE(signIn("a").status, 200);
    QCOMPARE(signIn("b").status, 200);
    QCOMPARE(signIn("c").status, 200);
    const Answer first = m_bed->admin(Request::get("/api/v1/admin/audit?limit=3"));
    QCOMPARE(first.at("data").toArray().size(), 3);
    const QByteArray cursor = textAt(first, "meta.next_cursor");
    QVERIFY(first.header("Link").contains("cursor=" + cursor));
    const Answer rest = m_bed->admin(Request::get("/api/v1/admin/audit?limit=3&cursor=" + cursor));
    QCOMPARE(rest.at("data").toArray().size(), 1);
    QVERIFY(rest.at("meta.next_cursor").isNull());
    QCOMPARE(m_bed->admin(Request::get("/api/v1/admin/audit?cursor=x")).status, 400);
    QCOMPARE(m_bed->admin(Request::remove("/api/v1/admin/audit")).status, 405);
}

void TstSessionRoutes::administratorsSeeAndEndSessions()
{
    const QByteArray token = textAt(signIn(), "data.access_token");
    m_bed->clock.advance(1s);
    const QByteArray other = textAt(signIn("laptop"), "data.access_token");
    const QByteArray sessions = "/api/v1/admin/sessions";
    const Answer listed = m_bed->admin(Request::get(sessions + "?user_id=1&limit=1"));
    QCOMPARE(textAt(listed, "data.0.device_id"), QByteArray("laptop"));
    QCOMPARE(textAt(listed, "data.0.address"), QByteArray("192.0.2.7"));
    const Answer rest =
        m_bed->admin(Request::get(sessions + "?user_id=1&cursor=" + textAt(listed, "meta.next_cursor")));
    QCOMPARE(textAt(rest, "data.0.device_id"), QByteArray("phone"));
    const QByteArray id = textAt(rest, "data.0.id");

    const Request mine = Request::get("/api/v1/users/1/inbox/counts");
    const auto with = [&](const QByteArray &shown) { return ask(Request(mine).key(shown)).status; };
    QCOMPARE(with(token), 200);
    QCOMPARE(m_bed->admin(Request::remove(sessions + '/' + id)).status, 200);
    QCOMPARE(with(token), 401);
    QCOMPARE(with(other), 200);
    QCOMPARE(m_bed->admin(Request::remove(sessions + "/unknown")).status, 404);
    QCOMPARE(m_bed->admin(Request::remove(sessions)).status, 400);
    QCOMPARE(m_bed->admin(Request::remove(sessions + "?user_id=nobody")).status, 404);
    QCOMPARE(m_bed->admin(Request::remove(sessions + "?user_id=1")).at("data.ended").toInt(), 1);
    QCOMPARE(with(other), 401);
    QVERIFY(audit().first().startsWith("session.end done key:admin-key"));
}

QTEST_GUILESS_MAIN(TstSessionRoutes)
#include "tst_session_routes.moc"
