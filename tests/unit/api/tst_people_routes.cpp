#include "api_bed.h"

#include <QFile>
#include <QTest>

using namespace belfry;
using test::Answer;
using test::ApiBed;
using test::Request;
using namespace std::chrono_literals;

namespace {
const QByteArray users = "/api/v1/admin/users";
const QByteArray keys = "/api/v1/admin/api-keys";
const QByteArray hooks = "/api/v1/webhooks";

QByteArray stringAt(const Answer &answer, const char *path)
{
    return answer.at(path).toString().toUtf8();
}

Request signInOf(const QByteArray &mail, const QByteArray &password = "correct horse")
{
    return Request::post("/api/v1/login")
        .json(R"({"email":")" + mail + R"(","password":")" + password + R"(","device_id":"phone"})");
}
} // namespace

/// Users as administrators see them, and what their roles let them do (decisions H09, H48, H98).
class TstPeopleRoutes : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<ApiBed> m_bed;
    Answer make(const QByteArray &json) { return m_bed->admin(Request::post(users).json(json)); }
    Answer patch(const QByteArray &id, const QByteArray &json)
    {
        return m_bed->admin(Request::patch(users + '/' + id).json(json));
    }
    /// The token of a new user with this role.
    QByteArray tokenOf(const QByteArray &role)
    {
        const QByteArray mail = role + "@example.org";
        make(R"({"user_id":")" + role + R"(","email":")" + mail + R"(","password":"correct horse","role":")" +
             role + R"("})");
        return stringAt(m_bed->ask(signInOf(mail)), "data.access_token");
    }
    int status(Request request, const QByteArray &token) { return m_bed->ask(request.key(token)).status; }
    /// The id of a new key, made by the administrator.
    QByteArray keyWith(const QByteArray &scopes)
    {
        return stringAt(m_bed->admin(Request::post(keys).json(R"({"name":"k","scopes":[)" + scopes + "]}")),
                        "data.id");
    }
    static void rolesThatAdminister()
    {
        QTest::addColumn<QByteArray>("role");
        for (const char *role : {"operator", "admin", "owner"})
            QTest::newRow(role) << QByteArray(role);
    }

private Q_SLOTS:
    void init() { m_bed = std::make_unique<ApiBed>(); }
    void makesAndShowsUsers();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();
    void changesUsers();
    void pagesAndFinds();
    void rolesHaveTheirRights_data();
    void rolesHaveTheirRights();
    void aRoleReachesNoOtherInbox();
    void aRoleMakesNoKeyThatReadsInboxes_data() { rolesThatAdminister(); }
    void aRoleMakesNoKeyThatReadsInboxes();
    void aRolePointsNoWebhookAtOtherInboxes_data() { rolesThatAdminister(); }
    void aRolePointsNoWebhookAtOtherInboxes();
    void aRoleIsToldNoText_data() { rolesThatAdminister(); }
    void aRoleIsToldNoText();
    void endsNoKeyAboveItself();
    void aChangedRoleHoldsAtOnce();
    void nobodyTouchesAHigherRole();
    void aKeyMakesNoOwner();
    void whoIsDisabledIsOut();
    void aNewPasswordEndsSessions();
    void anEndedSessionsTokenIsGoodNoMore();
    void erases();
    void theTableStandsInTheGuide();
};

void TstPeopleRoutes::makesAndShowsUsers()
{
    const Answer made =
        make(R"({"user_id":"eva","name":"Eva","email":" Eva@Example.org","password":"correct horse",)"
             R"("phone":"+41441234567","locale":"de-CH","role":"operator"})");
    QCOMPARE(made.status, 201);
    QCOMPARE(stringAt(made, "data.email"), QByteArray("eva@example.org"));
    QVERIFY(!made.response.body.contains("correct horse") && !made.response.body.contains("argon2"));
    const Answer shown = m_bed->admin(Request::get(users + "/eva"));
    QCOMPARE(shown.status, 200);
    QCOMPARE(shown.at("data"), made.at("data"));
    QCOMPARE(stringAt(shown, "data.role"), QByteArray("operator"));
    QVERIFY(shown.at("data.has_password").toBool() && !shown.at("data.disabled").toBool());
    QCOMPARE(stringAt(make("{}"), "data.id"), QByteArray("1"));
    m_bed->send("ben");
    QCOMPARE(stringAt(m_bed->admin(Request::get(users + "/ben")), "data.role"), QByteArray("user"));
    QCOMPARE(m_bed->admin(Request::get(users + "/nobody")).status, 404);
    QCOMPARE(make(R"({"user_id":"ben"})").status, 409);
    QCOMPARE(make(R"({"email":"eva@example.org"})").status, 409);
    const Answer audit = m_bed->admin(Request::get("/api/v1/admin/audit"));
    QCOMPARE(stringAt(audit, "data.1.action"), QByteArray("user.create"));
    QCOMPARE(stringAt(audit, "data.1.target"), QByteArray("user:eva"));
    QCOMPARE(stringAt(audit, "data.1.detail"), QByteArray("role=operator name email phone locale password"));
    QCOMPARE(stringAt(audit, "data.1.address"), QByteArray("192.0.2.7"));
}

void TstPeopleRoutes::refusesWhatIsNone_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("pointer");
    QTest::newRow("mail") << QByteArray(R"({"email":"eva"})") << QByteArray("/email");
    QTest::newRow("two mails") << QByteArray(R"({"email":"a@b@c"})") << QByteArray("/email");
    QTest::newRow("phone") << QByteArray(R"({"phone":"044 123"})") << QByteArray("/phone");
    QTest::newRow("locale") << QByteArray(R"({"locale":"german language"})") << QByteArray("/locale");
    QTest::newRow("password") << QByteArray(R"({"password":"short"})") << QByteArray("/password");
    QTest::newRow("role") << QByteArray(R"({"role":"root"})") << QByteArray("/role");
}

void TstPeopleRoutes::refusesWhatIsNone()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, pointer);
    m_bed->send("ben");
    for (const Answer &answer : {make(json), patch("ben", json)}) {
        QCOMPARE(answer.status, 422);
        QCOMPARE(stringAt(answer, "errors.0.pointer"), pointer);
    }
}

void TstPeopleRoutes::changesUsers()
{
    m_bed->send("ben");
    const Answer changed = patch("ben", R"({"name":"Ben","phone":"+41441234567"})");
    QCOMPARE(changed.status, 200);
    QCOMPARE(stringAt(changed, "data.name"), QByteArray("Ben"));
    QVERIFY(patch("ben", R"({"phone":null})").at("data.phone").isNull());
    QCOMPARE(stringAt(patch("ben", "{}"), "data.name"), QByteArray("Ben"));
    QCOMPARE(patch("nobody", "{}").status, 404);
    QCOMPARE(patch("ben", R"({"user_id":"eva"})").status, 422);
}

void TstPeopleRoutes::pagesAndFinds()
{
    for (const char *id : {"a", "b", "c"})
        make(R"({"user_id":")" + QByteArray(id) + R"(","name":"Name )" + id + R"("})");
    const Answer first = m_bed->admin(Request::get(users + "?limit=2"));
    QCOMPARE(stringAt(first, "data.1.id"), QByteArray("b"));
    QVERIFY(first.header("Link").contains("rel=\"next\""));
    const Answer rest =
        m_bed->admin(Request::get(users + "?limit=2&cursor=" + stringAt(first, "meta.next_cursor")));
    QCOMPARE(stringAt(rest, "data.0.id"), QByteArray("c"));
    QVERIFY(rest.at("meta.next_cursor").isNull() && !rest.has("Link"));
    const Answer found = m_bed->admin(Request::get(users + "?q=name+B"));
    QCOMPARE(stringAt(found, "data.0.id"), QByteArray("b"));
    QVERIFY(found.at("data.1").isUndefined());
    QCOMPARE(m_bed->admin(Request::get(users + "?cursor=x")).status, 400);
}

void TstPeopleRoutes::rolesHaveTheirRights_data()
{
    QTest::addColumn<QByteArray>("role");
    QTest::addColumn<bool>("reads");
    QTest::addColumn<bool>("operates");
    QTest::addColumn<bool>("administers");
    QTest::newRow("user") << QByteArray("user") << false << false << false;
    QTest::newRow("auditor") << QByteArray("auditor") << true << false << false;
    QTest::newRow("operator") << QByteArray("operator") << true << true << false;
    QTest::newRow("admin") << QByteArray("admin") << true << true << true;
    QTest::newRow("owner") << QByteArray("owner") << true << true << true;
}

void TstPeopleRoutes::rolesHaveTheirRights()
{
    QFETCH(QByteArray, role);
    QFETCH(bool, reads);
    QFETCH(bool, operates);
    QFETCH(bool, administers);
    const QByteArray token = tokenOf(role);
    QVERIFY(!token.isEmpty());
    QCOMPARE(status(Request::get("/api/v1/users/" + role + "/inbox/counts"), token), 200);
    QCOMPARE(status(Request::get("/api/v1/admin/audit"), token), reads ? 200 : 403);
    QCOMPARE(status(Request::get(users + "/nobody"), token), reads ? 404 : 403);
    QCOMPARE(status(Request::post("/api/v1/topics").json(R"({"name":"t"})"), token), operates ? 201 : 403);
    QCOMPARE(status(Request::put("/api/v1/topics/t/subscribers/ben"), token), operates ? 200 : 403);
    QCOMPARE(status(Request::post("/api/v1/notifications").json(R"({"user_id":"ben","title":"x"})"), token),
             operates ? 201 : 403);
    QCOMPARE(status(Request::post(users).json("{}"), token), administers ? 201 : 403);
}

void TstPeopleRoutes::aRoleReachesNoOtherInbox()
{
    const QByteArray token = tokenOf("owner");
    m_bed->send("ben");
    QCOMPARE(status(Request::get("/api/v1/users/ben/inbox/counts"), token), 403);
    QCOMPARE(status(Request::get("/api/v1/preferences/ben"), token), 403);
    // A token that was not given here has no role, whatever it says.
    QCOMPARE(status(Request::get("/api/v1/admin/audit"), m_bed->token({"owner"})), 403);
    const model::Instant now = m_bed->clock.now();
    const QByteArray made =
        auth::writeToken({{"owner"}, now, now + 10min, {}, "no-session"}, test::jwtSecret);
    QCOMPARE(status(Request::get("/api/v1/admin/audit"), made), 403);
}

void TstPeopleRoutes::aRoleMakesNoKeyThatReadsInboxes()
{
    QFETCH(QByteArray, role);
    const QByteArray token = tokenOf(role);
    for (const char *scope : {"inbox:read", "inbox:write", "inbox:*", "prefs:read", "prefs:write", "*"}) {
        const Answer refused = m_bed->ask(
            Request::post(keys).key(token).json(R"({"name":"k","scopes":[")" + QByteArray(scope) + "\"]}"));
        QCOMPARE(refused.status, 403);
        QVERIFY(!refused.response.body.contains("blf_"));
    }
    QCOMPARE(status(Request::post(keys).json(R"({"name":"k","scopes":["notify:write"]})"), token), 201);
    const auto rotate = [&](const QByteArray &id) {
        return status(Request::post(keys + '/' + id + "/rotate").json("{}"), token);
    };
    QCOMPARE(rotate(keyWith(R"("inbox:*")")), 403);
    QCOMPARE(rotate(keyWith(R"("notify:write","prefs:read")")), 403);
    QCOMPARE(rotate(keyWith(R"("notify:write")")), 200);
}

void TstPeopleRoutes::aRolePointsNoWebhookAtOtherInboxes()
{
    QFETCH(QByteArray, role);
    const QByteArray token = tokenOf(role);
    const QByteArray own = R"("user_id":")" + role + '"';
    const auto make = [&](const QByteArray &json) { return status(Request::post(hooks).json(json), token); };
    QCOMPARE(make(R"({"url":"https://a.example"})"), 403);
    QCOMPARE(make(R"({"url":"https://a.example","user_id":"ben"})"), 403);
    QCOMPARE(make(R"({"url":"https://a.example",)" + own + '}'), 201);

    const auto hook = [&](const QByteArray &json) {
        return hooks + '/' + stringAt(m_bed->admin(Request::post(hooks).json(json)), "data.id");
    };
    const QByteArray all = hook(R"({"url":"https://a.example","types":["chat"]})");
    const auto change = [&](const QByteArray &path, const QByteArray &json) {
        return status(Request::put(path).json(json), token);
    };
    QCOMPARE(change(all, R"({"url":"https://b.example","types":["chat"]})"), 403);
    QCOMPARE(change(all, R"({"url":"https://a.example"})"), 403);
    // Not even as one's own: what waits for it is others'.
    QCOMPARE(change(all, R"({"url":"https://b.example","types":["chat"],)" + own + '}'), 403);
    QCOMPARE(stringAt(m_bed->admin(Request::get(all)), "data.url"), QByteArray("https://a.example"));
    QCOMPARE(change(all, R"({"url":"https://a.example","types":["chat"],"enabled":false})"), 200);
    QVERIFY(!m_bed->admin(Request::get(all)).at("data.enabled").toBool());
    const QByteArray mine = hook(R"({"url":"https://a.example",)" + own + '}');
    QCOMPARE(change(mine, R"({"url":"https://b.example",)" + own + '}'), 200);
    QCOMPARE(change(mine, R"({"url":"https://b.example","user_id":"ben"})"), 403);
    QCOMPARE(status(Request::remove(all), token), 200);
}

void TstPeopleRoutes::aRoleIsToldNoText()
{
    QFETCH(QByteArray, role);
    const QByteArray token = tokenOf(role);
    const QByteArray sends = "/api/v1/notifications";
    const auto toldOf = [&](Request request) {
        const Answer answer = m_bed->ask(request.key(token));
        return answer.status < 300 && stringAt(answer, "data.user_id") == "ben" &&
               !answer.response.body.contains("Hello");
    };
    const QByteArray id = m_bed->send("ben");
    QVERIFY(toldOf(Request::patch(sends + '/' + id).json(R"({"renotify":false})")));
    m_bed->admin(Request::post(sends).json(R"({"user_id":"ben","title":"Hello","dedupe_key":"once"})"));
    const QByteArray again = R"({"user_id":"ben","title":"?","dedupe_key":"once"})";
    QVERIFY(toldOf(Request::post(sends).json(again)));
    const Answer batch = m_bed->ask(Request::post(sends + ":batch").key(token).json('[' + again + ']'));
    QCOMPARE(batch.at("data.0.status").toInt(), 200);
    QCOMPARE(stringAt(batch, "data.0.data.user_id"), QByteArray("ben"));
    QVERIFY(!batch.response.body.contains("Hello"));
    // Nor what became of what one sent: the second one goes into the first, and that was read.
    const QByteArray standing = R"({"user_id":"ben","title":"?","collapse_key":"one"})";
    const Answer first = m_bed->ask(Request::post(sends).key(token).json(standing));
    QCOMPARE(stringAt(first, "data.title"), QByteArray("?"));
    const QByteArray firstId = stringAt(first, "data.id");
    QCOMPARE(m_bed->admin(Request::put(sends + '/' + firstId + "/read")).status, 200);
    const Answer second = m_bed->ask(Request::post(sends).key(token).json(standing));
    QCOMPARE(second.status, 200);
    QCOMPARE(stringAt(second, "data.id"), firstId);
    QVERIFY2(!second.response.body.contains("read"), second.response.body.constData());
    const Answer held = m_bed->admin(Request::post(sends).json(
        R"({"user_id":"ben","title":"Hello","scheduled_for":"2023-12-01T00:00:00Z"})"));
    QVERIFY(toldOf(Request::post(sends + '/' + stringAt(held, "data.id") + "/cancel")));
    // One's own, and what one sends, are no secret.
    const Answer sent =
        m_bed->ask(Request::post(sends).key(token).json(R"({"user_id":"ben","title":"Mine"})"));
    QCOMPARE(stringAt(sent, "data.title"), QByteArray("Mine"));
    const Answer own =
        m_bed->ask(Request::patch(sends + '/' + m_bed->send(role)).key(token).json(R"({"renotify":false})"));
    QCOMPARE(stringAt(own, "data.title"), QByteArray("Hello"));
}

void TstPeopleRoutes::endsNoKeyAboveItself()
{
    const auto end = [&](const QByteArray &id, const QByteArray &credential) {
        return status(Request::remove(keys + '/' + id), credential);
    };
    const QByteArray wide = keyWith(R"("users:write","admin:write")");
    const QByteArray narrow = keyWith(R"("notify:write")");
    const QByteArray reader = keyWith(R"("inbox:*")");
    ports::ApiKey row;
    row.id = "boot";
    row.name = "bootstrap";
    row.hash = QByteArray(32, 'b');
    row.scopes = auth::allScopes.toInt();
    row.bootstrap = true;
    bool added = false;
    m_bed->store->directory().addKey(m_bed->loop, row, {},
                                     [&added](const model::VoidResult &done) { added = done.has_value(); });
    QTRY_VERIFY(added);
    const QByteArray operates = tokenOf("operator");
    QCOMPARE(end(wide, operates), 403);
    QCOMPARE(end(narrow, operates), 200);
    QCOMPARE(end(reader, operates), 200); // gone is gone: nobody reads by it
    const QByteArray admin = tokenOf("admin");
    QCOMPARE(end("boot", admin), 403);
    QCOMPARE(end(wide, admin), 200);
    QCOMPARE(end("boot", tokenOf("owner")), 200);
    QCOMPARE(end("none", admin), 404);
}

void TstPeopleRoutes::aChangedRoleHoldsAtOnce()
{
    const QByteArray token = tokenOf("user");
    QCOMPARE(status(Request::get("/api/v1/admin/audit"), token), 403);
    QCOMPARE(patch("user", R"({"role":"auditor"})").status, 200);
    QCOMPARE(status(Request::get("/api/v1/admin/audit"), token), 200);
    QCOMPARE(patch("user", R"({"role":"user"})").status, 200);
    QCOMPARE(status(Request::get("/api/v1/admin/audit"), token), 403);
    QCOMPARE(status(Request::get("/api/v1/users/user/inbox/counts"), token), 200);
}

void TstPeopleRoutes::nobodyTouchesAHigherRole()
{
    const QByteArray admin = tokenOf("admin");
    tokenOf("owner");
    tokenOf("user");
    const auto change = [&](const QByteArray &id, const QByteArray &json) {
        return status(Request::patch(users + '/' + id).json(json), admin);
    };
    QCOMPARE(change("owner", R"({"name":"x"})"), 403);
    QCOMPARE(change("owner", R"({"password":"another horse"})"), 403);
    QCOMPARE(change("user", R"({"role":"owner"})"), 403);
    QCOMPARE(change("admin", R"({"role":"owner"})"), 403);
    QCOMPARE(change("user", R"({"role":"admin"})"), 200);
    QCOMPARE(status(Request::post(users).json(R"({"role":"owner"})"), admin), 403);
}

void TstPeopleRoutes::aKeyMakesNoOwner()
{
    const QByteArray key = m_bed->addKey(auth::allScopes);
    QCOMPARE(status(Request::post(users).json(R"({"role":"owner"})"), key), 403);
    QCOMPARE(status(Request::post(users).json(R"({"role":"admin"})"), key), 201);
    const QByteArray narrow = m_bed->addKey(auth::Scopes(auth::Scope::UsersWrite) | auth::Scope::AdminWrite);
    QCOMPARE(status(Request::post(users).json(R"({"role":"auditor"})"), narrow), 403);
    QCOMPARE(status(Request::post(users).json(R"({"role":"user"})"), narrow), 201);
}

void TstPeopleRoutes::whoIsDisabledIsOut()
{
    const QByteArray token = tokenOf("user");
    const Request mine = Request::get("/api/v1/users/user/inbox/counts");
    QCOMPARE(status(mine, token), 200);
    QVERIFY(patch("user", R"({"disabled":true})").at("data.disabled").toBool());
    QCOMPARE(status(mine, token), 401);
    const Answer refused = m_bed->ask(signInOf("user@example.org"));
    QCOMPARE(refused.status, 401);
    QVERIFY(stringAt(refused, "detail").contains("disabled"));
    QVERIFY(!stringAt(m_bed->ask(signInOf("user@example.org", "wrong one")), "detail").contains("disabled"));
    m_bed->send("user"); // what is sent waits for the day
    QCOMPARE(patch("user", R"({"disabled":false})").status, 200);
    QCOMPARE(m_bed->ask(signInOf("user@example.org")).status, 200);
    QCOMPARE(status(mine, token), 401);
}

void TstPeopleRoutes::aNewPasswordEndsSessions()
{
    const QByteArray token = tokenOf("user");
    QCOMPARE(patch("user", R"({"password":"another horse"})").status, 200);
    QCOMPARE(status(Request::get("/api/v1/users/user/inbox/counts"), token), 401);
    QCOMPARE(m_bed->ask(signInOf("user@example.org")).status, 401);
    QCOMPARE(m_bed->ask(signInOf("user@example.org", "another horse")).status, 200);
}

void TstPeopleRoutes::anEndedSessionsTokenIsGoodNoMore()
{
    tokenOf("auditor");
    const Answer first = m_bed->ask(signInOf("auditor@example.org"));
    const QByteArray token = stringAt(first, "data.access_token");
    QCOMPARE(status(Request::get("/api/v1/admin/audit"), token), 200);
    QCOMPARE(m_bed
                 ->ask(Request::post("/api/v1/logout")
                           .json(R"({"refresh_token":")" + stringAt(first, "data.refresh_token") + R"("})"))
                 .status,
             200);
    // What the server does every 2 s.
    bool loaded = false;
    m_bed->services->standings.load(m_bed->loop,
                                    [&](const model::VoidResult &done) { loaded = done.has_value(); });
    QTRY_VERIFY(loaded);
    QCOMPARE(status(Request::get("/api/v1/admin/audit"), token), 401);
}

void TstPeopleRoutes::erases()
{
    const QByteArray token = tokenOf("user");
    const QByteArray admin = tokenOf("admin");
    tokenOf("owner");
    m_bed->send("user");
    bool woken = false;
    m_bed->services->people.setErasureAlarm([&woken] { woken = true; });
    QCOMPARE(status(Request::remove(users + "/owner"), admin), 403);
    QCOMPARE(status(Request::remove(users + "/nobody"), admin), 404);
    QVERIFY(!woken);
    QCOMPARE(status(Request::remove(users + "/user"), admin), 202);
    QVERIFY(woken);
    QCOMPARE(status(Request::get("/api/v1/users/user/inbox/counts"), token), 401);
    QCOMPARE(m_bed->ask(signInOf("user@example.org")).status, 401);
    const Answer left = m_bed->admin(Request::get(users + "/user"));
    QVERIFY(left.at("data.erasing").toBool() && left.at("data.email").isNull());
    QCOMPARE(status(Request::remove(users + "/user"), admin), 202);
    QCOMPARE(stringAt(m_bed->admin(Request::get("/api/v1/admin/audit")), "data.0.action"),
             QByteArray("user.erase"));
}

void TstPeopleRoutes::theTableStandsInTheGuide()
{
    QFile file(qEnvironmentVariable("BELFRY_SOURCE_DIR") + QStringLiteral("/docs/api.md"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray guide = file.readAll();
    for (const auto role : {model::Role::User, model::Role::Auditor, model::Role::Operator,
                            model::Role::Admin, model::Role::Owner}) {
        const QByteArray line =
            "| " + auth::roleName(role) + " | " + auth::scopeNames(auth::scopesOf(role)).join(' ') + " |";
        QVERIFY2(guide.contains(line), line);
    }
}

QTEST_GUILESS_MAIN(TstPeopleRoutes)
#include "tst_people_routes.moc"
