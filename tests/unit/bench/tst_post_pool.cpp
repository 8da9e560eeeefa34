#include "bench/post_pool.h"

#include <QTest>
#include <sys/socket.h>

using namespace belfry::bench;
using namespace std::chrono_literals;

namespace {
constexpr std::string_view created = "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n";
} // namespace

/// The pool against a server that is played by hand.
class PostPoolTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void waitsForAFreeConnection();
    void aBrokenConnectionIsCountedAndReplaced();
    void anAnswerThatClosesIsAnAnswer();

private:
    Fd accept();
    /// Turns the poller until the pool's request is there.
    void awaitRequest(const Fd &peer);
    void turnUntil(const std::function<bool()> &condition);
    PostPool makePool(std::size_t connections);

    std::unique_ptr<Poller> m_poller;
    Fd m_listener;
    std::vector<std::uint64_t> m_answered;
};

void PostPoolTest::init()
{
    m_poller = std::make_unique<Poller>();
    m_listener = std::move(*listenOn({0x7f000001, 0}));
    m_answered.clear();
}

PostPool PostPoolTest::makePool(std::size_t connections)
{
    return {*m_poller, localEndpoint(m_listener), connections,
            [](std::uint64_t) {
                return std::string_view("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
            },
            [this](const Ticket &ticket, const HttpMessage &) { m_answered.push_back(ticket.number); }};
}

void PostPoolTest::turnUntil(const std::function<bool()> &condition)
{
    for (int i = 0; i < 1000; ++i) {
        if (condition())
            return;
        m_poller->turn(now() + 5ms);
    }
    QFAIL("what was awaited did not come within five seconds");
}

Fd PostPoolTest::accept()
{
    Fd peer;
    turnUntil([&] {
        peer = Fd(::accept4(m_listener.get(), nullptr, nullptr, SOCK_NONBLOCK));
        return peer.isOpen();
    });
    return peer;
}

void PostPoolTest::awaitRequest(const Fd &peer)
{
    char buffer[1000];
    turnUntil([&] { return ::recv(peer.get(), buffer, sizeof buffer, 0) > 0; });
}

void PostPoolTest::waitsForAFreeConnection()
{
    PostPool pool = makePool(1);
    pool.submit({1, now()});
    pool.submit({2, now()});
    QCOMPARE(pool.freeCount(), 0U);
    QCOMPARE(pool.waiting(), 1U);
    const Fd peer = accept();
    for (const std::size_t answers : {1U, 2U}) {
        awaitRequest(peer);
        QCOMPARE(::send(peer.get(), created.data(), created.size(), 0), static_cast<ssize_t>(created.size()));
        turnUntil([&] { return m_answered.size() == answers; });
    }
    QCOMPARE(m_answered, (std::vector<std::uint64_t>{1, 2}));
    QCOMPARE(pool.freeCount(), 1U);
    QCOMPARE(pool.broken(), 0U);
}

void PostPoolTest::aBrokenConnectionIsCountedAndReplaced()
{
    PostPool pool = makePool(1);
    pool.submit({1, now()});
    pool.submit({2, now()});
    Fd peer = accept();
    awaitRequest(peer);
    peer.reset();
    turnUntil([&] { return pool.broken() == 1; });
    const Fd next = accept();
    awaitRequest(next);
    ::send(next.get(), created.data(), created.size(), 0);
    turnUntil([&] { return !m_answered.empty(); });
    QCOMPARE(m_answered, (std::vector<std::uint64_t>{2}));
}

void PostPoolTest::anAnswerThatClosesIsAnAnswer()
{
    PostPool pool = makePool(1);
    pool.submit({1, now()});
    pool.submit({2, now()});
    const Fd peer = accept();
    awaitRequest(peer);
    constexpr std::string_view last =
        "HTTP/1.1 201 Created\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    ::send(peer.get(), last.data(), last.size(), 0);
    const Fd next = accept();
    awaitRequest(next);
    QCOMPARE(m_answered, (std::vector<std::uint64_t>{1}));
    QCOMPARE(pool.broken(), 0U);
}

QTEST_APPLESS_MAIN(PostPoolTest)
#include "tst_post_pool.moc"
