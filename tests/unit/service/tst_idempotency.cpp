#include "world.h"

#include <QTest>

using namespace belfry;
using namespace belfry::test;
using model::ErrorCode;
using service::Idempotency;

namespace {
using Begun = Answer<model::Result<Idempotency::Begun>>;

ports::IdempotencyKey keyOf(const QByteArray &body = "{}", const QByteArray &type = "application/json")
{
    return Idempotency::makeKey(World::key(), "POST /notifications", "k-1", type, body).value();
}
} // namespace

class TestIdempotency : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keys_data();
    void keys();
    void hashCoversTypeAndBody();
    void aPasswordIsNotToBeTried();
    void scopesAreApart();
    void stillRunning();
    void replaysWhatIsKept();
    void otherBody();
    void kept_data();
    void kept();
    void goesOnWhenKeepingFails();
};

void TestIdempotency::keys_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<bool>("good");
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("one") << QByteArray("a") << true;
    QTest::newRow("255") << QByteArray(255, 'a') << true;
    QTest::newRow("256") << QByteArray(256, 'a') << false;
    QTest::newRow("255 characters of two bytes") << QByteArray("\xc3\xa9").repeated(255) << true;
    QTest::newRow("256 characters of two bytes") << QByteArray("\xc3\xa9").repeated(256) << false;
}

void TestIdempotency::keys()
{
    QFETCH(QByteArray, key);
    QFETCH(bool, good);
    const auto made = Idempotency::makeKey(World::key(), "POST /x", key, {}, {});
    QCOMPARE(made.has_value(), good);
    if (!good)
        QCOMPARE(made.error().code, ErrorCode::Malformed);
}

void TestIdempotency::hashCoversTypeAndBody()
{
    QCOMPARE(keyOf().bodyHash.size(), 32);
    QCOMPARE(keyOf().bodyHash, keyOf().bodyHash);
    QVERIFY(keyOf("{}").bodyHash != keyOf("{ }").bodyHash);
    QVERIFY(keyOf("{}", "a").bodyHash != keyOf("{}", "b").bodyHash);
    QVERIFY(keyOf("bc", "a").bodyHash != keyOf("c", "ab").bodyHash);
}

void TestIdempotency::aPasswordIsNotToBeTried()
{
    World w;
    const auth::Authenticator other({{}, "another secret of 32 characters!", true}, w.cache, w.clock);
    const auto sealed = [](const auth::Authenticator &by, const QByteArray &body) {
        return Idempotency::makeKey(World::key(), "POST /notifications", "k-1", "application/json", body, &by)
            ->bodyHash;
    };
    QCOMPARE(sealed(w.authenticator, "{}").size(), 32);
    QCOMPARE(sealed(w.authenticator, "{}"), sealed(w.authenticator, "{}"));
    QVERIFY(sealed(w.authenticator, "{}") != sealed(w.authenticator, "{ }"));
    QVERIFY(sealed(w.authenticator, "{}") != keyOf().bodyHash);
    QVERIFY(sealed(w.authenticator, "{}") != sealed(other, "{}"));
}

void TestIdempotency::scopesAreApart()
{
    const auto scope = [](const auth::Principal &who, const char *route) {
        return Idempotency::makeKey(who, route, "k", {}, {})->scope;
    };
    QVERIFY(scope(World::key(), "POST /a") != scope(World::key(), "POST /b"));
    QVERIFY(scope(World::key(), "POST /a") != scope(World::anonymous(), "POST /a"));
    QVERIFY(scope(World::key(), "POST /a") != scope(World::person({"key-1"}), "POST /a"));
    QVERIFY(scope(World::anonymous(), "POST /a").startsWith("anonymous@127.0.0.1"));
}

void TestIdempotency::stillRunning()
{
    World w;
    Begun first, second, third, other;
    w.services.idempotency.begin(w.home, keyOf(), first.reply());
    w.services.idempotency.begin(w.home, keyOf("{ }"), second.reply());
    QVERIFY(second.has());
    QCOMPARE(second->error().code, ErrorCode::InProgress);
    QCOMPARE(second->error().retryAfter, std::chrono::seconds(1));
    ports::IdempotencyKey another = keyOf();
    another.key = "k-2";
    w.services.idempotency.begin(w.home, another, other.reply());
    QVERIFY(first.wait() && other.wait());
    QVERIFY(*first && *other && !first->value().replay);

    w.services.idempotency.begin(w.home, keyOf(), third.reply());
    QVERIFY(third.has() && !*third); // the first has not been answered yet
    first->value().guard = Idempotency::Guard();
    Begun fourth;
    w.services.idempotency.begin(w.home, keyOf(), fourth.reply());
    QVERIFY(fourth.wait());
    QVERIFY(*fourth);
}

void TestIdempotency::replaysWhatIsKept()
{
    World w;
    bool went = false;
    w.services.idempotency.keep(w.home, keyOf(), {422, "application/problem+json", "bad"},
                                [&went] { went = true; });
    QVERIFY(waitUntil([&] { return went; }));
    Begun again;
    w.services.idempotency.begin(w.home, keyOf(), again.reply());
    QVERIFY(again.wait());
    QCOMPARE(again->value().replay->status, 422);
    QCOMPARE(again->value().replay->body, "bad");
}

void TestIdempotency::otherBody()
{
    World w;
    bool went = false;
    w.services.idempotency.keep(w.home, keyOf(), {201, "t", "b"}, [&went] { went = true; });
    QVERIFY(waitUntil([&] { return went; }));
    Begun other, same;
    w.services.idempotency.begin(w.home, keyOf("{ }"), other.reply());
    QVERIFY(other.wait());
    QCOMPARE(other->error().code, ErrorCode::IdempotencyReuse);
    w.services.idempotency.begin(w.home, keyOf(), same.reply()); // the refused one holds nothing
    QVERIFY(same.wait());
    QVERIFY(*same);
}

void TestIdempotency::kept_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("expected");
    for (const int status : {200, 201, 202, 204, 404, 409, 422})
        QTest::addRow("%d", status) << status << true;
    for (const int status : {100, 304, 400, 401, 403, 413, 415, 429, 500, 503})
        QTest::addRow("%d", status) << status << false;
}

void TestIdempotency::kept()
{
    QFETCH(int, status);
    QFETCH(bool, expected);
    World w;
    bool went = false;
    w.services.idempotency.keep(w.home, keyOf(), {status, "t", "b"}, [&went] { went = true; });
    QVERIFY(waitUntil([&] { return went; }));
    QCOMPARE(!w.store.answers.empty(), expected);
    QCOMPARE(Idempotency::isKept(status), expected);
}

void TestIdempotency::goesOnWhenKeepingFails()
{
    World w;
    w.store.failWith = model::Error{ErrorCode::Unavailable, "away", {}, {}};
    bool went = false;
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("was not kept")));
    w.services.idempotency.keep(w.home, keyOf(), {404, "t", "b"}, [&went] { went = true; });
    QVERIFY(waitUntil([&] { return went; }));
}

QTEST_GUILESS_MAIN(TestIdempotency)
#include "tst_idempotency.moc"
