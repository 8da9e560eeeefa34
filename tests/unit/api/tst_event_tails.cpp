#include "api/event_tails.h"

#include "cache/memory_cache.h"
#include "support/wait_until.h"

#include <QTest>

using namespace belfry;

namespace {
/// An event stream that keeps what it is sent.
class TailConnection final : public net::Connection
{
public:
    ~TailConnection() override { gone(); }
    [[nodiscard]] net::ConnectionId id() const override { return 1; }
    [[nodiscard]] Kind kind() const override { return Kind::EventStream; }
    void setEvents(net::ConnectionEvents *events) override { m_events = events; }
    void send(const QByteArray &framed) override { sent += framed; }
    void sendPatiently(const QByteArray &framed) override { send(framed); }
    void ping(QByteArrayView) override {}
    void close(quint16 code, const QByteArray &) override { closed = code; }
    [[nodiscard]] qint64 waitingBytes() const override { return waiting; }

    void drain()
    {
        waiting = 0;
        m_events->onDrained();
    }
    void gone()
    {
        if (auto *events = std::exchange(m_events, nullptr))
            events->onClosed();
    }
    [[nodiscard]] qsizetype count(const QByteArray &event) const
    {
        return sent.count("event: " + event + '\n');
    }

    QByteArray sent;
    qint64 waiting = 0;
    quint16 closed = 0;

private:
    net::ConnectionEvents *m_events = nullptr;
};

struct TailWorld
{
    runtime::FakeClock clock;
    cache::MemoryCache cache{{}, clock};
    auth::Authenticator keys{{}, cache, clock};
    runtime::Loop loop;
    api::EventTails tails;
    TailConnection connection;

    void open(const model::EventFilter &filter = {}, auth::Scopes scopes = auth::allScopes,
              model::MaybeInstant endsAt = {}, const model::Text &key = {})
    {
        auth::Principal who;
        who.kind = auth::Principal::Kind::Key;
        who.scopes = scopes;
        who.expiresAt = endsAt;
        who.key = key;
        tails.open(keys, loop, connection, filter, std::move(who), {1'000'000});
    }
    void commit(const QByteArray &user, model::ChangeKind kind, decltype(model::Change::what) what)
    {
        ports::Committed entry;
        entry.user.text = user;
        entry.change.seq = 1;
        entry.change.kind = kind;
        entry.change.what = std::move(what);
        tails.committed(std::make_shared<const ports::CommittedBatch>(ports::CommittedBatch{entry}));
    }
    void create(const QByteArray &user, const QByteArray &type = "general")
    {
        model::Notification item;
        item.user.text = user;
        item.content.type = type;
        commit(user, model::ChangeKind::Created, item);
    }
    [[nodiscard]] bool shows(const QByteArray &event, qsizetype times = 1)
    {
        return test::waitUntil([&] { return connection.count(event) == times; });
    }
};
} // namespace

class TestEventTails : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsWhatIsCommitted();
    void toAdministerIsNotToRead();
    void showsWhatTheFilterAccepts();
    void tellsWhatASlowOneMissed();
    void boundsWhatWaitsForItsLoop();
    void endsWithTheCredential();
    void endsWithTheKey();
    void drains();
    void isFull();
};

void TestEventTails::showsWhatIsCommitted()
{
    TailWorld w;
    w.open();
    QCOMPARE(w.connection.count("live"), 1);
    w.create("ada");
    QVERIFY(w.shows("created"));
    QVERIFY(w.connection.sent.contains(R"("change":{"seq":1,"kind":"created")"));
    QVERIFY(w.connection.sent.contains(R"(data: {"user_id":"ada","event":{"id")"));
    w.commit("ada", model::ChangeKind::Recalled, model::Gone{{1, 2}});
    QVERIFY(w.shows("recalled"));
    w.commit("ada", model::ChangeKind::Preferences, model::PreferencesChange{"tag"});
    QVERIFY(w.shows("preferences"));
}

void TestEventTails::toAdministerIsNotToRead()
{
    TailWorld w;
    w.open({}, auth::Scope::AdminRead);
    w.create("ada");
    QVERIFY(w.shows("created"));
    QVERIFY(w.connection.sent.contains(R"("type":"general","state":"accepted")"));
    QVERIFY(w.connection.sent.contains(R"("change":null)"));
    QVERIFY(!w.connection.sent.contains("title"));
}

void TestEventTails::showsWhatTheFilterAccepts()
{
    TailWorld w;
    model::EventFilter filter;
    filter.user.text = "ada";
    filter.type = "chat";
    w.open(filter);
    w.create("ben", "chat");
    w.create("ada");
    w.commit("ada", model::ChangeKind::Recalled, model::Gone{{1, 2}}); // of which type it was nobody knows
    w.create("ada", "chat");
    QVERIFY(w.shows("created"));
    QCOMPARE(w.connection.count("recalled"), 0);
    QVERIFY(!w.connection.sent.contains("ben"));
}

void TestEventTails::tellsWhatASlowOneMissed()
{
    TailWorld w;
    w.open();
    w.create("ada");
    QVERIFY(w.shows("created"));
    w.connection.waiting = 300 * 1024;
    for (int i = 0; i < 3; ++i)
        w.create("ada");
    bool passed = false;
    w.loop.post([&] { passed = true; });
    QVERIFY(test::waitUntil([&] { return passed; }));
    QCOMPARE(w.connection.count("created"), 1);
    w.connection.drain();
    QCOMPARE(w.connection.count("missed"), 1);
    QVERIFY(w.connection.sent.contains(R"(data: {"count":3})"));
    w.create("ada");
    QVERIFY(w.shows("created", 2));
}

void TestEventTails::boundsWhatWaitsForItsLoop()
{
    TailWorld w;
    w.open();
    for (int i = 0; i < 100; ++i) // its loop does not run meanwhile
        w.create("ada");
    QVERIFY(w.shows("created", 64));
    QVERIFY(w.connection.sent.contains(R"(data: {"count":36})"));
}

void TestEventTails::endsWithTheCredential()
{
    TailWorld w;
    w.open({}, auth::allScopes, model::Instant{1'005'000});
    QCOMPARE(w.connection.closed, 0);
    QVERIFY(test::waitUntil([&] { return w.connection.closed == 4001; }));
}

void TestEventTails::endsWithTheKey()
{
    TailWorld w;
    ports::ApiKey key;
    key.id = "mine";
    key.hash = "hash";
    w.keys.setKeys({key});
    w.open({}, auth::allScopes, {}, "mine");
    w.create("ada");
    QVERIFY(w.shows("created"));
    QCOMPARE(w.connection.closed, 0);
    key.revokedAt = w.clock.now();
    w.keys.setKeys({key});
    w.create("ada"); // not shown any more
    QVERIFY(test::waitUntil([&] { return w.connection.closed == 4001; }));
    QCOMPARE(w.connection.count("created"), 1);

    TailWorld late; // the key went between the request and the stream
    late.open({}, auth::allScopes, {}, "mine");
    QCOMPARE(late.connection.closed, 4001);
    QCOMPARE(late.connection.count("live"), 0);
}

void TestEventTails::drains()
{
    TailWorld w;
    w.open();
    w.tails.drain();
    QVERIFY(test::waitUntil([&] { return w.connection.closed == 1012; }));
}

void TestEventTails::isFull()
{
    TailWorld w;
    std::vector<std::unique_ptr<TailConnection>> all;
    while (!w.tails.isFull()) {
        all.push_back(std::make_unique<TailConnection>());
        w.tails.open(w.keys, w.loop, *all.back(), {}, {}, {});
    }
    QCOMPARE(int(all.size()), api::EventTails::mostTails);
    all.pop_back();
    QVERIFY(!w.tails.isFull());
}

QTEST_GUILESS_MAIN(TestEventTails)
#include "tst_event_tails.moc"
