#include "api/call.h"
#include "api_bed.h"
#include "runtime/log_context.h"

#include <QLoggingCategory>
#include <QTest>

using namespace belfry;
using test::Answer;
using test::ApiBed;
using test::Request;

namespace {
/// What is logged while it lives, each line with the request that it belongs to.
class LogLines
{
public:
    explicit LogLines(bool debugging = false)
    {
        lines().clear();
        m_before = qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &message) {
            const auto &context = runtime::LogContext::current();
            lines().append(message.toUtf8() + '|' + context.requestId + '|' + context.traceparent);
        });
        if (debugging)
            QLoggingCategory::installFilter([](QLoggingCategory *category) {
                category->setEnabled(QtDebugMsg, qstrcmp(category->categoryName(), "belfry.api") == 0);
            });
    }
    ~LogLines()
    {
        QLoggingCategory::installFilter(nullptr);
        qInstallMessageHandler(m_before);
    }
    LogLines(const LogLines &) = delete;
    LogLines &operator=(const LogLines &) = delete;
    [[nodiscard]] static QByteArrayList &lines()
    {
        static QByteArrayList all;
        return all;
    }

private:
    QtMessageHandler m_before;
};
} // namespace

/// Health, metrics, the self-description, and what every answer has.
class TstOperationRoutes : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<ApiBed> m_bed;

private Q_SLOTS:
    void init() { m_bed = std::make_unique<ApiBed>(); }

    void health_data();
    void health();
    void whereTheDatabaseIsHasOnlyOperatorsToKnow();
    void metrics();
    void selfDescription();
    void unknownAddress();
    void unknownMethodAnywhere();
    void requestIdAndTrace();
    void failuresAreLoggedWithTheirRequest();
    void answersAreLoggedForDebugging();
    void limits();
    void healthIsFree();
    void recipientsHaveTheirOwnLimit();
    void everyRecipientCounts();
    void aBatchHasSoManyRecipients();
    void cors();
    void whoHasItAlreadyIsOnlyToldSo();
    void transportSecurity_data();
    void transportSecurity();
    void refusals_data();
    void refusals();
    void aFullServerIsNotAStoppingOne();
};

void TstOperationRoutes::health_data()
{
    QTest::addColumn<bool>("database");
    QTest::addColumn<bool>("cache");
    QTest::addColumn<bool>("draining");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("word");
    QTest::newRow("all well") << true << true << false << 200 << QStringLiteral("ok");
    QTest::newRow("cache away") << true << false << false << 200 << QStringLiteral("degraded");
    QTest::newRow("database away") << false << true << false << 503 << QStringLiteral("unavailable");
    QTest::newRow("both away") << false << false << false << 503 << QStringLiteral("unavailable");
    QTest::newRow("draining") << true << true << true << 503 << QStringLiteral("draining");
}

void TstOperationRoutes::health()
{
    QFETCH(bool, database);
    QFETCH(bool, cache);
    QFETCH(bool, draining);
    QFETCH(int, status);
    QFETCH(QString, word);
    m_bed->health = {
        {{"database", database, true, database ? "" : "the disk is full"}, {"cache", cache, false, {}}},
        draining};
    for (const char *path : {"/health", "/health/ready"}) {
        const Answer answer = m_bed->ask(Request::get(path));
        QCOMPARE(answer.status, status);
        QCOMPARE(answer.at("status").toString(), word);
        QCOMPARE(answer.at("checks.database.status").toString() == QStringLiteral("ok"), database);
        QCOMPARE(answer.at("checks.database.detail").isNull(), database);
        QVERIFY(!answer.at("version").toString().isEmpty());
    }
    QCOMPARE(m_bed->ask(Request::get("/health/live")).status, 200);
}

void TstOperationRoutes::whereTheDatabaseIsHasOnlyOperatorsToKnow()
{
    m_bed->health = {{{"database", false, true, "/var/lib/belfry/belfry.db: the disk is full"}}, false};
    const auto says = [&](const Request &request) { return m_bed->ask(request).response.body; };
    const Request health = Request::get("/health");
    const QByteArray everybody = says(health);
    QVERIFY(!everybody.contains("/var/lib") && !everybody.contains("disk"));
    QVERIFY(everybody.contains("unavailable"));
    QVERIFY(!says(Request(health).key(m_bed->addKey(auth::Scope::NotifyWrite))).contains("/var/lib"));
    QVERIFY(!says(Request(health).key("blf_of_nobody")).contains("/var/lib"));
    QVERIFY(!says(Request(health).local().header("x-forwarded-for", "192.0.2.7")).contains("/var/lib"));
    QVERIFY(says(Request(health).key(m_bed->addKey(auth::Scope::MetricsRead))).contains("/var/lib"));
    QVERIFY(says(Request(health).key(m_bed->addKey(auth::Scope::AdminRead))).contains("/var/lib"));
    QVERIFY(says(Request(health).local()).contains("/var/lib"));
}

void TstOperationRoutes::metrics()
{
    const Answer answer = m_bed->ask(Request::get("/metrics").local());
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.response.contentType.startsWith("text/plain; version=0.0.4"));
    QCOMPARE(answer.response.body, QByteArray("belfry_up 1\n"));
    QCOMPARE(m_bed->ask(Request::get("/metrics").local().header("origin", "https://evil.example")).status,
             401);
    // A name that was rebound to 127.0.0.1.
    QCOMPARE(m_bed->ask(Request::get("/metrics").local().header("host", "evil.example")).status, 401);
    QCOMPARE(m_bed->ask(Request::get("/metrics").local().header("x-forwarded-for", "192.0.2.7")).status, 401);
    QCOMPARE(m_bed->ask(Request::get("/metrics").key(m_bed->addKey(auth::Scope::MetricsRead))).status, 200);
}

void TstOperationRoutes::selfDescription()
{
    const Answer answer = m_bed->ask(Request::get("/.well-known/belfry"));
    QCOMPARE(answer.status, 200);
    QVERIFY(!answer.response.body.contains("grpc"));
    QVERIFY(answer.response.body.contains("belfry.v1"));
    m_bed->settings.grpc = true;
    QVERIFY(m_bed->ask(Request::get("/.well-known/belfry")).response.body.contains("grpc"));
}

void TstOperationRoutes::unknownAddress()
{
    const Answer answer = m_bed->admin(Request::get("/api/v1/nothing"));
    QCOMPARE(answer.status, 404);
    QCOMPARE(answer.response.contentType, QByteArray("application/problem+json"));
    QCOMPARE(answer.at("type").toString(), QStringLiteral("urn:belfry:problem:not-found"));
    for (const char *member : {"title", "detail", "error", "message", "details"})
        QVERIFY2(!answer.at(member).isUndefined(), member);
}

void TstOperationRoutes::unknownMethodAnywhere()
{
    Request request(net::Method::Other, "/nowhere");
    request.http.methodText = "BREW";
    const Answer answer = m_bed->ask(request);
    QCOMPARE(answer.status, 405);
    QVERIFY(answer.has("Allow"));
}

void TstOperationRoutes::requestIdAndTrace()
{
    const QByteArray trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    const Answer answer =
        m_bed->ask(Request::get("/health").header("x-request-id", "mine-7").header("traceparent", trace));
    QCOMPARE(answer.header("X-Request-Id"), QByteArray("mine-7"));
    QVERIFY(answer.header("traceparent").startsWith(trace.first(36)));
    QVERIFY(answer.header("traceparent") != trace);
}

void TstOperationRoutes::failuresAreLoggedWithTheirRequest()
{
    const auto context = std::make_shared<const api::ApiContext>(m_bed->contextFor(m_bed->loop, m_bed->live));
    const auto failing = [&](model::ErrorCode code) {
        const Request request = Request::get("/api/v1/topics").header("x-request-id", "mine-7");
        api::fail(std::make_unique<api::Call>(context, request.http, net::Responder()),
                  {code, "away", {}, {}});
    };
    const LogLines log;
    failing(model::ErrorCode::Overloaded); // what a caller has to mend or wait for is no news
    QCOMPARE(log.lines(), QByteArrayList());
    failing(model::ErrorCode::Unavailable);
    failing(model::ErrorCode::Internal);
    QCOMPARE(log.lines().size(), 2);
    for (const QByteArray &line : log.lines())
        QVERIFY2(line.startsWith("GET ") && line.contains(": away|mine-7|00-"), line.constData());
    QVERIFY(runtime::LogContext::current().requestId.isEmpty());
}

void TstOperationRoutes::answersAreLoggedForDebugging()
{
    const Request request = Request::get("/api/v1/users/anna/inbox/counts").header("x-request-id", "mine-8");
    {
        const LogLines log;
        QCOMPARE(m_bed->admin(request).status, 200);
        QCOMPARE(log.lines(), QByteArrayList());
    }
    const LogLines log(true);
    const Answer answer = m_bed->admin(request);
    QCOMPARE(log.lines().size(), 1);
    QCOMPARE(log.lines().constFirst(),
             "GET /api/v1/users/:user/inbox/counts: 200 in 0 us|mine-8|" + answer.header("traceparent"));
}

void TstOperationRoutes::limits()
{
    service::Settings settings = ApiBed::unlimited();
    settings.limits.keyRate = 1;
    settings.limits.keyBurst = 2;
    ApiBed bed(settings);
    const Request request = Request::get("/api/v1/users/anna/inbox/counts");
    const Answer first = bed.admin(request);
    QCOMPARE(first.header("RateLimit-Policy"), QByteArray("\"default\";q=2;w=2"));
    QCOMPARE(first.header("RateLimit"), QByteArray("\"default\";r=1;t=1"));
    QCOMPARE(bed.admin(request).status, 200);
    const Answer over = bed.admin(request);
    QCOMPARE(over.status, 429);
    QCOMPARE(over.header("Retry-After"), QByteArray("1"));
    QVERIFY(over.header("RateLimit").contains("r=0"));
    QCOMPARE(bed.ask(Request(request).key(bed.token({"anna"}))).status,
             200); // another caller, another bucket
    QCOMPARE(bed.ask(Request::get("/api/v1/notifications/1").local()).status, 200);
    bed.clock.advance(std::chrono::seconds(1));
    QCOMPARE(bed.admin(request).status, 200);
}

void TstOperationRoutes::healthIsFree()
{
    service::Settings settings = ApiBed::unlimited();
    settings.limits.keyRate = 1;
    settings.limits.keyBurst = 1;
    ApiBed bed(settings);
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(bed.admin(Request::get("/health")).status, 200);
        QCOMPARE(bed.admin(Request::get("/metrics")).status, 200);
    }
}

void TstOperationRoutes::recipientsHaveTheirOwnLimit()
{
    service::Settings settings = ApiBed::unlimited();
    settings.limits.itemRate = 1;
    settings.limits.itemBurst = 3;
    ApiBed bed(settings);
    const QByteArray two = R"([{"user_id":1,"title":"x"},{"user_id":2,"title":"x"}])";
    QCOMPARE(bed.admin(Request::post("/api/v1/notifications:batch").json(two)).status, 200);
    const Answer over = bed.admin(Request::post("/api/v1/notifications:batch").json(two));
    QCOMPARE(over.status, 429);
    QVERIFY(over.has("Retry-After"));
    QVERIFY(over.body().contains("recipients"));
}

void TstOperationRoutes::everyRecipientCounts()
{
    service::Settings settings = ApiBed::unlimited();
    settings.limits.itemRate = 1;
    settings.limits.itemBurst = 4;
    ApiBed bed(settings);
    const auto send = [&](const char *path, const QByteArray &body) {
        return bed.admin(Request::post(path).json(body)).status;
    };
    const QByteArray three = R"({"user_ids":[1,2,3],"title":"x"})";
    QCOMPARE(send("/api/v1/notifications", three), 201);
    QCOMPARE(send("/api/v1/notifications", three), 429);
    QCOMPARE(send("/api/v1/notifications", R"({"user_id":1,"title":"x"})"), 201); // one request, no more
    bed.clock.advance(std::chrono::seconds(3));
    QCOMPARE(send("/api/v1/notifications:batch", '[' + three + ']'), 200);
    QCOMPARE(send("/api/v1/notifications:batch", '[' + three + ']'), 429);
    bed.clock.advance(std::chrono::seconds(3));
    const QByteArray event =
        R"({"specversion":"1.0","id":"1","source":"/s","type":"t","data":)" + three + '}';
    QCOMPARE(send("/api/v1/events", '[' + event + ']'), 202);
    QCOMPARE(send("/api/v1/events", event), 429);
}

void TstOperationRoutes::aBatchHasSoManyRecipients()
{
    QByteArrayList users;
    for (int i = 0; i < 1'000; ++i)
        users.append(QByteArray::number(i));
    const QByteArray item = R"({"user_ids":[)" + users.join(',') + R"(],"title":"x","ttl":0})";
    const QByteArray most = QByteArrayList(10, item).join(',');
    const auto send = [&](const char *path, const QByteArray &body) {
        return m_bed->admin(Request::post(path).json(body));
    };
    QCOMPARE(send("/api/v1/notifications:batch", '[' + most + ']').status, 200);
    const Answer over =
        send("/api/v1/notifications:batch", "{\"notifications\":[" + most + ',' + item + "]}");
    QCOMPARE(over.status, 422);
    QVERIFY2(over.body().contains("\"/notifications/10/user_ids\""), over.body().constData());
    QVERIFY(over.body().contains("10,000 recipients"));
    QCOMPARE(send("/api/v1/notifications:batch", '[' + most + R"(,{"user_id":1,"title":"x"}])").status, 422);

    QByteArrayList events;
    for (int i = 0; i < 11; ++i)
        events.append(R"({"specversion":"1.0","id":")" + QByteArray::number(i) +
                      R"(","source":"/s","type":"t","data":)" + item + '}');
    const Answer many = send("/api/v1/events", '[' + events.join(',') + ']');
    QCOMPARE(many.status, 422);
    QVERIFY2(many.body().contains("\"/10/data/user_ids\""), many.body().constData());
}

void TstOperationRoutes::cors()
{
    const QByteArray app = "https://app.example";
    const Request preflight = Request(net::Method::Options, "/api/v1/notifications")
                                  .header("origin", app)
                                  .header("access-control-request-method", "POST");
    QVERIFY(!m_bed->ask(preflight).has("Access-Control-Allow-Origin"));
    m_bed->settings.corsOrigins = {app};
    const Answer allowed = m_bed->ask(preflight);
    QCOMPARE(allowed.header("Access-Control-Allow-Origin"), app);
    QVERIFY(allowed.header("Access-Control-Allow-Methods").contains("POST"));
    QVERIFY(allowed.header("Access-Control-Allow-Headers").contains("Authorization"));
    QCOMPARE(allowed.header("Vary"), QByteArray("Origin"));
    QVERIFY(!m_bed->ask(Request(preflight).header("origin", "https://evil.example"))
                 .has("Access-Control-Allow-Origin"));
    const Answer plain = m_bed->ask(Request::get("/health").header("origin", app));
    QCOMPARE(plain.header("Access-Control-Allow-Origin"), app);
    for (const char *name : {"ETag", "Link", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-Id",
                             "Idempotency-Replayed"})
        QVERIFY2(plain.header("Access-Control-Expose-Headers").contains(name), name);
    // There are no cookies, and who has none needs no leave to send them.
    QVERIFY(!plain.has("Access-Control-Allow-Credentials"));
    // A cache must not give one origin's answer to another, also where there was none.
    QCOMPARE(m_bed->ask(Request::get("/health")).header("Vary"), QByteArray("Origin"));
    const Answer refused = m_bed->ask(Request::get("/api/v1/topics").header("origin", app));
    QCOMPARE(refused.status, 401);
    QCOMPARE(refused.header("Access-Control-Allow-Origin"), app);
}

void TstOperationRoutes::whoHasItAlreadyIsOnlyToldSo()
{
    m_bed->send("anna");
    for (const QByteArray path : {"/api/v1/notifications/anna", "/api/v1/users/anna/inbox/counts",
                                  "/api/v1/users/anna/inbox/snapshot", "/api/v1/users/anna/log?since=0",
                                  "/api/v1/topics", "/api/v1/admin/api-keys", "/notifications/anna"}) {
        const Answer first = m_bed->admin(Request::get(path));
        const QByteArray tag = first.header("ETag");
        QVERIFY2(tag.size() > 2 && tag.startsWith('"') && tag.endsWith('"'), path + ": " + tag);
        QCOMPARE(m_bed->admin(Request(net::Method::Head, path)).header("ETag"), tag);
        const Answer same = m_bed->admin(Request::get(path).header("if-none-match", "\"x\", " + tag));
        QVERIFY2(same.status == 304 && same.response.body.isEmpty(), path);
        QCOMPARE(same.header("ETag"), tag);
        QVERIFY(same.has("X-Request-Id"));
        QCOMPARE(m_bed->admin(Request::get(path).header("if-none-match", "\"x\"")).status, 200);
    }
    const Answer before = m_bed->admin(Request::get("/api/v1/notifications/anna"));
    m_bed->send("anna");
    const Answer after = m_bed->admin(
        Request::get("/api/v1/notifications/anna").header("if-none-match", before.header("ETag")));
    QCOMPARE(after.status, 200);
    // What is the same for nobody twice, and what is no answer of a list.
    QVERIFY(!m_bed->ask(Request::get("/health")).has("ETag"));
    QVERIFY(!m_bed->admin(Request::post("/api/v1/users/anna/tickets")).has("ETag"));
    QCOMPARE(m_bed->ask(Request::get("/api/v1/notifications/anna").header("if-none-match", "*")).status, 401);
}

void TstOperationRoutes::transportSecurity_data()
{
    QTest::addColumn<bool>("secure");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("age");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("plain") << false << QByteArray("notify.example") << 60 << QByteArray();
    QTest::newRow("TLS") << true << QByteArray("notify.example:8443") << 60 << QByteArray("max-age=60");
    QTest::newRow("number") << true << QByteArray("127.0.0.1:8443") << 60 << QByteArray("max-age=60");
    QTest::newRow("off") << true << QByteArray("notify.example") << 0 << QByteArray();
    QTest::newRow("localhost") << true << QByteArray("LocalHost:8443") << 60 << QByteArray();
}

void TstOperationRoutes::transportSecurity()
{
    QFETCH(bool, secure);
    QFETCH(QByteArray, host);
    QFETCH(int, age);
    QFETCH(QByteArray, said);
    m_bed->settings.hstsMaxAge = age;
    Request request = Request::get("/.well-known/belfry");
    request.http.headers = {{"host", host}};
    request.http.peer.secure = secure;
    const Answer answer = m_bed->ask(request);
    QCOMPARE(answer.header("Strict-Transport-Security"), said);
    const QByteArray scheme = secure ? "s://" : "://";
    QCOMPARE(answer.at("api").toString().toUtf8(), "http" + scheme + host + "/api/v1");
    QCOMPARE(answer.at("websocket").toString().toUtf8(), "ws" + scheme + host + "/ws");
    const net::HttpResponse refusal = m_bed->handler->refusal({431, "too much"}, request.http);
    const bool has = std::ranges::any_of(
        refusal.headers, [](const auto &header) { return header.name == "Strict-Transport-Security"; });
    QCOMPARE(has, !said.isEmpty());
}

void TstOperationRoutes::refusals_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {400, 405, 408, 413, 431, 500, 501, 503})
        QTest::newRow(QByteArray::number(status).constData()) << status;
}

void TstOperationRoutes::refusals()
{
    QFETCH(int, status);
    const QByteArray trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    const Request head = Request::get("/").header("x-request-id", "mine-9").header("traceparent", trace);
    const net::HttpResponse response = m_bed->handler->refusal({status, "what was wrong"}, head.http);
    QCOMPARE(response.status, status);
    QCOMPARE(response.contentType, QByteArray("application/problem+json"));
    Answer answer;
    answer.response = response;
    QCOMPARE(answer.at("status").toInt(), status);
    QCOMPARE(answer.at("detail").toString(), QStringLiteral("what was wrong"));
    QCOMPARE(answer.at("instance").toString(), QStringLiteral("mine-9"));
    QCOMPARE(answer.header("X-Request-Id"), QByteArray("mine-9"));
    QVERIFY(answer.header("traceparent").startsWith(trace.first(36)));
    QVERIFY(!answer.has("Retry-After")); // net's
    QCOMPARE(answer.has("Allow"), status == 405);
}

void TstOperationRoutes::aFullServerIsNotAStoppingOne()
{
    Answer answer;
    answer.response = m_bed->handler->refusal({503, "full"}, {});
    QCOMPARE(answer.at("type").toString(), QStringLiteral("urn:belfry:problem:overloaded"));
    QVERIFY(answer.has("X-Request-Id") && answer.has("traceparent"));
    answer.response = m_bed->handler->refusal({503, "stopping", true}, {});
    QCOMPARE(answer.at("type").toString(), QStringLiteral("urn:belfry:problem:draining"));
}

QTEST_GUILESS_MAIN(TstOperationRoutes)
#include "tst_operation_routes.moc"
