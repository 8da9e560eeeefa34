#include "api_bed.h"
#include "support/wait_until.h"

#include <QTest>

using namespace belfry;
using test::Answer;
using test::ApiBed;
using test::Request;

class TstDeviceRoutes : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<ApiBed> m_bed;
    Answer admin(const Request &request) { return m_bed->admin(request); }

private Q_SLOTS:
    void init() { m_bed = std::make_unique<ApiBed>(); }

    void comeAndGo();
    void aTokenIsItsOwnUsers();
    void whose();
    void removalSignsOut();
    void removalLeavesSessionsAboveIt();
};

void TstDeviceRoutes::comeAndGo()
{
    const Answer made = admin(
        Request::post("/api/v1/devices").json(R"({"id":"d 1","user_id":7,"name":"Ada","platform":"Linux"})"));
    QCOMPARE(made.status, 201);
    const QByteArray expected =
        R"({"data":{"id":"d 1","user_id":"7","name":"Ada","platform":"Linux","last_seen_at":null,)"
        R"("created_at":"2023-11-14T22:13:20.000Z","updated_at":"2023-11-14T22:13:20.000Z"}})";
    QCOMPARE(made.body(), expected);
    QCOMPARE(admin(Request::get("/api/v1/devices/d%201?user_id=7")).body(), expected);
    QCOMPARE(admin(Request::get("/api/v1/devices/d%201?user_id=8")).status, 404);
    m_bed->clock.advance(std::chrono::seconds(1));
    const Answer renamed =
        admin(Request::put("/api/v1/devices/d%201?user_id=7").json(R"({"name":"Laptop"})"));
    QCOMPARE(renamed.status, 200);
    QCOMPARE(renamed.at("data.name").toString(), QStringLiteral("Laptop"));
    QCOMPARE(renamed.at("data.platform").toString(), QString());
    QCOMPARE(admin(Request::get("/api/v1/devices?user_id=7")).at("data").toArray().size(), 1);
    QCOMPARE(admin(Request::get("/api/v1/devices?user_id=8")).body(), QByteArray(R"({"data":[]})"));
    QCOMPARE(admin(Request::remove("/api/v1/devices/d%201?user_id=7")).status, 200);
    QCOMPARE(admin(Request::remove("/api/v1/devices/d%201?user_id=7")).status, 404);
}

void TstDeviceRoutes::aTokenIsItsOwnUsers()
{
    const QByteArray token = m_bed->token({"anna"});
    QCOMPARE(m_bed->ask(Request::post("/api/v1/devices").key(token).json(R"({"id":"d1"})")).status, 201);
    QCOMPARE(m_bed->ask(Request::put("/api/v1/devices/d2").key(token).json("{}")).status, 201);
    QCOMPARE(m_bed->ask(Request::get("/api/v1/devices").key(token)).at("data").toArray().size(), 2);
    QCOMPARE(m_bed->ask(Request::get("/api/v1/devices/d1").key(token)).status, 200);
    QCOMPARE(m_bed->ask(Request::remove("/api/v1/devices/d1").key(token)).status, 200);
    for (Request request :
         {Request::get("/api/v1/devices?user_id=ben"), Request::remove("/api/v1/devices/d1?user_id=ben"),
          Request::post("/api/v1/devices").json(R"({"id":"d1","user_id":"ben"})"),
          Request::put("/api/v1/devices/d1?user_id=ben").json("{}")})
        QCOMPARE(m_bed->ask(request.key(token)).status, 403);
}

void TstDeviceRoutes::whose()
{
    const Answer missing = admin(Request::get("/api/v1/devices"));
    QCOMPARE(missing.status, 400);
    QCOMPARE(missing.at("errors.0.pointer").toString(), QStringLiteral("user_id"));
    QCOMPARE(admin(Request::get("/api/v1/devices?user_id=a%0Ab")).status, 400);
    const Answer nobody = admin(Request::post("/api/v1/devices").json(R"({"id":"d1"})"));
    QCOMPARE(nobody.status, 422);
    QCOMPARE(nobody.at("errors.0.pointer").toString(), QStringLiteral("/user_id"));
}

void TstDeviceRoutes::removalSignsOut()
{
    const Answer user =
        m_bed->ask(Request::post("/createUser")
                       .local()
                       .json(R"({"name":"Ada","email":"ada@example.org","password":"correct horse"})"));
    const QByteArray id = user.at("Id").toString().toUtf8();
    const Answer in = m_bed->ask(
        Request::post("/api/v1/login")
            .json(R"({"email":"ada@example.org","password":"correct horse","device_id":"phone"})"));
    QCOMPARE(in.status, 200);
    const QByteArray access = in.at("data.access_token").toString().toUtf8();
    QCOMPARE(m_bed->ask(Request::post("/api/v1/devices").key(access).json(R"({"id":"phone"})")).status, 201);
    QCOMPARE(admin(Request::remove("/api/v1/devices/phone?user_id=" + id)).status, 200);
    const QByteArray refresh = in.at("data.refresh_token").toString().toUtf8();
    const Answer noted = admin(Request::get("/api/v1/admin/audit?limit=1"));
    QCOMPARE(noted.at("data.0.action").toString(), QStringLiteral("device.remove"));
    QCOMPARE(noted.at("data.0.target").toString().toUtf8(), "device:phone user:" + id);
    std::optional<model::VoidResult> read;
    m_bed->services->standings.load(m_bed->loop, [&](model::VoidResult done) { read = std::move(done); });
    QVERIFY(test::waitUntil([&] { return read.has_value(); }));
    QCOMPARE(m_bed->ask(Request::get("/api/v1/devices").key(access)).status, 401);
    QCOMPARE(
        m_bed->ask(Request::post("/api/v1/token/refresh").json(R"({"refresh_token":")" + refresh + R"("})"))
            .status,
        401);
}

void TstDeviceRoutes::removalLeavesSessionsAboveIt()
{
    using auth::Scope;
    const auto signIn = [&](const QByteArray &role) {
        admin(Request::post("/api/v1/admin/users")
                  .json(R"({"user_id":")" + role + R"(","email":")" + role +
                        R"(@example.org","password":"correct horse","role":")" + role + R"("})"));
        return m_bed->ask(Request::post("/api/v1/login")
                              .json(R"({"email":")" + role +
                                    R"(@example.org","password":"correct horse","device_id":"phone"})"));
    };
    const auto remove = [&](const QByteArray &role, const QByteArray &key) {
        QCOMPARE(admin(Request::put("/api/v1/devices/phone?user_id=" + role).json("{}")).status, 201);
        QCOMPARE(m_bed->ask(Request::remove("/api/v1/devices/phone?user_id=" + role).key(key)).status, 200);
    };
    const auto lives = [&](const Answer &in) {
        const QByteArray refresh = in.at("data.refresh_token").toString().toUtf8();
        return m_bed
                   ->ask(Request::post("/api/v1/token/refresh")
                             .json(R"({"refresh_token":")" + refresh + R"("})"))
                   .status == 200;
    };
    const QByteArray small = m_bed->addKey(Scope::PrefsWrite);
    const Answer user = signIn("user");
    remove("user", small);
    QVERIFY(lives(user));
    const QByteArray large = m_bed->addKey(auth::allScopes); // up to admin
    const Answer again = signIn("user");
    const Answer owner = signIn("owner");
    remove("user", large);
    remove("owner", large);
    QVERIFY(!lives(again));
    QVERIFY(lives(owner));
}

QTEST_GUILESS_MAIN(TstDeviceRoutes)
#include "tst_device_routes.moc"
