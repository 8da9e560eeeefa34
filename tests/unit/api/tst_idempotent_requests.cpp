#include "api_bed.h"

#include <QTest>

using namespace belfry;
using test::Answer;
using test::ApiBed;
using test::Request;

/// Semantics 7 and decisions H57, over every kind of POST.
class TstIdempotentRequests : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<ApiBed> m_bed;
    static Request post(const QByteArray &path, const QByteArray &body)
    {
        return Request::post(path).json(body).header("idempotency-key", "key-1");
    }

private Q_SLOTS:
    void init() { m_bed = std::make_unique<ApiBed>(); }

    void repeats_data();
    void repeats();
    void repeatsOfABatchDoubleNothing();
    void whileTheFirstOneRuns();
    void anotherBody();
    void anotherContentType();
    void anotherRouteOrCaller();
    void badKeys_data();
    void badKeys();
    void afterADay();
    void putsIgnoreIt();
    void keepsNoPlainHashOfAPassword_data();
    void keepsNoPlainHashOfAPassword();
    void whatIsNotKept_data();
    void whatIsNotKept();
};

void TstIdempotentRequests::repeats_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const char *path, const char *body, int status) {
        QTest::newRow(name) << QByteArray(path) << QByteArray(body) << status;
    };
    row("one", "/api/v1/notifications", R"({"user_id":"anna","title":"x"})", 201);
    row("many", "/api/v1/notifications", R"({"user_ids":["anna","ben"],"title":"x"})", 201);
    row("broadcast", "/api/v1/notifications", R"({"broadcast":true,"title":"x"})", 202);
    row("live only", "/api/v1/notifications", R"({"user_id":"anna","title":"x","ttl":0})", 201);
    row("invalid", "/api/v1/notifications", R"({"user_id":"anna"})", 422);
    row("no such topic", "/api/v1/notifications", R"({"topic":"none","title":"x"})", 404);
    row("batch", "/api/v1/notifications:batch", R"([{"user_id":"anna","title":"x"},{}])", 200);
    row("ops", "/api/v1/users/anna/inbox/ops", R"({"ops":[{"op_id":"a","set":"read","upto_seq":0}]})", 200);
    row("topic", "/api/v1/topics", R"({"name":"news"})", 201);
    row("createUser", "/createUser", R"({"name":"A","email":"a@b.org","password":"x"})", 200);
    row("createNotification", "/createNotification", R"({"user_id":1,"event":"x"})", 200);
    row("send", "/send", R"({"fromID":2,"toID":1,"message":"x"})", 200);
    row("reminder of nobody", "/api/v1/reminders/daily", R"({"user_id":"nobody"})", 404);
}

void TstIdempotentRequests::repeats()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    const Answer first = m_bed->admin(post(path, body));
    QCOMPARE(first.status, status);
    QVERIFY(!first.has("Idempotency-Replayed"));
    const Answer again = m_bed->admin(post(path, body));
    QCOMPARE(again.status, status);
    QCOMPARE(again.response.body, first.response.body);
    QCOMPARE(again.response.contentType, first.response.contentType);
    QCOMPARE(again.header("Idempotency-Replayed"), QByteArray("true"));
    const Answer counts = m_bed->admin(Request::get("/api/v1/users/anna/inbox/counts"));
    QVERIFY2(counts.at("data.unread").toInt() <= 1, "a repeat makes nothing");
}

void TstIdempotentRequests::repeatsOfABatchDoubleNothing()
{
    const QByteArray batch = R"([{"user_id":"anna","title":"x"},{"user_id":"ben","title":"y"}])";
    (void)m_bed->admin(post("/api/v1/notifications:batch", batch));
    (void)m_bed->admin(post("/api/v1/notifications:batch", batch));
    QCOMPARE(m_bed->admin(Request::get("/api/v1/users/ben/inbox/counts")).at("data.seq").toInt(), 1);
}

void TstIdempotentRequests::whileTheFirstOneRuns()
{
    const Request request =
        post("/api/v1/notifications", R"({"user_id":"anna","title":"x"})").key(test::adminKey);
    const net::ConnectionId first = m_bed->start(request);
    const Answer early = m_bed->ask(request);
    QCOMPARE(early.status, 409);
    QCOMPARE(early.header("Retry-After"), QByteArray("1"));
    QCOMPARE(m_bed->wait(first).status, 201);
    const Answer late = m_bed->ask(request);
    QCOMPARE(late.status, 201);
    QCOMPARE(late.header("Idempotency-Replayed"), QByteArray("true")); // the 409 was not kept
}

void TstIdempotentRequests::anotherBody()
{
    (void)m_bed->admin(post("/api/v1/notifications", R"({"user_id":"anna","title":"x"})"));
    const Answer other = m_bed->admin(post("/api/v1/notifications", R"({"user_id":"anna","title":"y"})"));
    QCOMPARE(other.status, 422);
    QVERIFY(other.at("type").toString().contains(QStringLiteral("idempotency")));
    const Answer first = m_bed->admin(post("/api/v1/notifications", R"({"user_id":"anna","title":"x"})"));
    QCOMPARE(first.header("Idempotency-Replayed"), QByteArray("true")); // the refusal was not kept
}

void TstIdempotentRequests::anotherContentType()
{
    const QByteArray body = R"({"user_id":"anna","title":"x"})";
    (void)m_bed->admin(post("/api/v1/notifications", body));
    const Answer other =
        m_bed->admin(post("/api/v1/notifications", body).header("content-type", "text/plain"));
    QCOMPARE(other.status, 422);
}

void TstIdempotentRequests::anotherRouteOrCaller()
{
    const QByteArray body = R"({"user_id":1,"event":"x","title":"x"})";
    QCOMPARE(m_bed->admin(post("/api/v1/notifications", body)).status, 201);
    QVERIFY(!m_bed->admin(post("/createNotification", body)).has("Idempotency-Replayed"));
    const QByteArray key = m_bed->addKey(auth::Scope::NotifyWrite);
    QVERIFY(!m_bed->ask(post("/createNotification", body).key(key)).has("Idempotency-Replayed"));
    QVERIFY(!m_bed->ask(post("/createNotification", body).local()).has("Idempotency-Replayed"));
}

void TstIdempotentRequests::badKeys_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<int>("status");
    QTest::newRow("empty") << QByteArray() << 400;
    QTest::newRow("longest") << QByteArray(255, 'k') << 201;
    QTest::newRow("too long") << QByteArray(256, 'k') << 400;
}

void TstIdempotentRequests::badKeys()
{
    QFETCH(QByteArray, key);
    QFETCH(int, status);
    const Answer answer = m_bed->admin(
        post("/api/v1/notifications", R"({"user_id":"anna","title":"x"})").header("idempotency-key", key));
    QCOMPARE(answer.status, status);
}

void TstIdempotentRequests::afterADay()
{
    const Request request = post("/api/v1/notifications", R"({"user_id":"anna","title":"x"})");
    (void)m_bed->admin(request);
    m_bed->clock.advance(std::chrono::hours(24) + std::chrono::seconds(1));
    QVERIFY(!m_bed->admin(request).has("Idempotency-Replayed"));
}

void TstIdempotentRequests::putsIgnoreIt()
{
    const Request request = Request::put("/api/v1/topics/news").header("idempotency-key", "");
    QCOMPARE(m_bed->admin(request).status, 201);
}

void TstIdempotentRequests::keepsNoPlainHashOfAPassword_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isPlain");
    QTest::newRow("notification") << QByteArray("/api/v1/notifications")
                                  << QByteArray(R"({"user_id":"anna","title":"x"})") << true;
    QTest::newRow("createUser") << QByteArray("/createUser")
                                << QByteArray(R"({"name":"A","email":"a@b.org","password":"x"})") << false;
    QTest::newRow("user") << QByteArray("/api/v1/admin/users")
                          << QByteArray(R"({"name":"A","email":"a@b.org","password":"long enough"})")
                          << false;
}

void TstIdempotentRequests::keepsNoPlainHashOfAPassword()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, body);
    QFETCH(bool, isPlain);
    const Request request = post(path, body);
    QVERIFY(m_bed->admin(request).status < 300);
    // Who has the database finds the answer under the hash of the body, where that is what is kept.
    const auto who = m_bed->authenticator.fromHeader("Bearer " + test::adminKey);
    const auto key = service::Idempotency::makeKey(*who, "POST " + path, "key-1",
                                                   request.http.header("content-type"), body, nullptr);
    using Found = model::Result<std::optional<ports::StoredAnswer>>;
    std::optional<Found> found;
    m_bed->store->directory().findAnswer(m_bed->loop, *key, m_bed->clock.now(),
                                         [&found](Found answer) { found = std::move(answer); });
    QTRY_VERIFY(found);
    if (isPlain)
        QVERIFY(*found && **found);
    else
        QVERIFY(!*found && found->error().code == model::ErrorCode::IdempotencyReuse);
}

void TstIdempotentRequests::whatIsNotKept_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::newRow("malformed") << QByteArray("{") << 400;
    QTest::newRow("forbidden") << QByteArray(R"({"user_id":"anna","title":"x","critical":true})") << 403;
}

void TstIdempotentRequests::whatIsNotKept()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    const QByteArray key = m_bed->addKey(auth::Scope::NotifyWrite);
    for (int repeat = 0; repeat < 2; ++repeat) {
        const Answer answer = m_bed->ask(post("/api/v1/notifications", body).key(key));
        QCOMPARE(answer.status, status);
        QVERIFY(!answer.has("Idempotency-Replayed"));
    }
}

QTEST_GUILESS_MAIN(TstIdempotentRequests)
#include "tst_idempotent_requests.moc"
