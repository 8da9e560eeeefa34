#include "echo_gateway.h"
#include "process_facts.h"
#include "raw_client.h"

#include <QAbstractEventDispatcher>
#include <QSemaphore>
#include <QTest>
#include <atomic>
#include <sys/resource.h>

using namespace belfry::net;
using namespace belfry::net::test;

namespace {

/// Lowers the number of descriptors for a while.
class DescriptorLimit
{
public:
    explicit DescriptorLimit(int most)
    {
        ::getrlimit(RLIMIT_NOFILE, &m_before);
        rlimit lowered = m_before;
        lowered.rlim_cur = static_cast<rlim_t>(most);
        ::setrlimit(RLIMIT_NOFILE, &lowered);
    }
    ~DescriptorLimit() { ::setrlimit(RLIMIT_NOFILE, &m_before); }
    DescriptorLimit(const DescriptorLimit &) = delete;
    DescriptorLimit &operator=(const DescriptorLimit &) = delete;

private:
    rlimit m_before{};
};

/// Counts the turns of a server's loop from now on.
class TurnCounter
{
public:
    explicit TurnCounter(belfry::runtime::Loop &loop)
    {
        QSemaphore counting;
        loop.post([&] {
            m_connection =
                QObject::connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::awake,
                                 [turns = m_turns] { ++*turns; });
            counting.release();
        });
        counting.acquire();
    }
    ~TurnCounter() { QObject::disconnect(m_connection); }
    TurnCounter(const TurnCounter &) = delete;
    TurnCounter &operator=(const TurnCounter &) = delete;
    [[nodiscard]] int count() const { return *m_turns; }

private:
    /// Shared: a turn may be under way while the connection ends.
    std::shared_ptr<std::atomic<int>> m_turns = std::make_shared<std::atomic<int>>(0);
    QMetaObject::Connection m_connection;
};
} // namespace

class TestServerLimits final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void outOfDescriptorsAcceptingPauses()
    {
        // UBSan looks at a class that it has not met yet through a pipe, and there will be no descriptors for
        // one: it shall meet the stream of a warning now.
        QTest::ignoreMessage(QtWarningMsg, "descriptors");
        qWarning() << "descriptors";
        RunningServer server;
        RawClient first(server.port());
        first.send(get());
        QVERIFY(first.answer());
        const TurnCounter turns(*server->loops().front()); // before the limit, for the same reason
        // Sockets for the clients are made before the limit bites: the server has none left.
        std::vector<std::unique_ptr<RawClient>> clients;
        const int used = openDescriptors();
        {
            const DescriptorLimit limit(used + 3);
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("out of descriptors")));
            while (true) {
                auto client = std::make_unique<RawClient>(server.port());
                if (!client->isOpen())
                    break;
                clients.push_back(std::move(client));
                if (clients.size() > 3)
                    break;
            }
            QVERIFY(!clients.empty());
            QTRY_COMPARE(server->probe().acceptPaused.value(), 1);
            // Connected ones are served on.
            first.send(get());
            QCOMPARE(first.answer().value().status, 200);
            // Nor does the loop spin for those whom it cannot take.
            const int before = turns.count();
            QTest::qWait(30);
            QVERIFY2(turns.count() - before < 50, qPrintable(QString::number(turns.count() - before)));
        }
        // There is room again: whoever waits in the backlog is served.
        for (const auto &client : clients) {
            client->send(get());
            QCOMPARE(client->answer().value().status, 200);
        }
        // The last descriptor may have gone to the last of them: then the listener pauses once more, with
        // nobody waiting, and looks again by and by.
        QTRY_COMPARE(server->probe().acceptPaused.value(), 0);
    }

    void tooManyConnectionsAreToldSo()
    {
        Limits limits;
        limits.connectionsPerNode = 3;
        RunningServer server(limits, 2);
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 3; ++i) {
            clients.push_back(std::make_unique<RawClient>(server.port()));
            clients.back()->send(get());
            QCOMPARE(clients.back()->answer().value().status, 200);
        }
        RawClient fourth(server.port());
        const auto answer = fourth.answer();
        QCOMPARE(answer.value().status, 503);
        QCOMPARE(answer.value().header("retry-after"), "5");
        QVERIFY(fourth.untilClosed());
        clients.clear();
        QTRY_COMPARE(server->probe().connections.value(), 1); // the fourth, until its end is seen
        fourth.close();
        QTRY_COMPARE(server->probe().connections.value(), 0);
        RawClient fifth(server.port());
        fifth.send(get());
        QCOMPARE(fifth.answer().value().status, 200);
    }

    void oneAddressGetsItsShareOnly()
    {
        Limits limits;
        limits.connectionsPerAddress = 2;
        constexpr quint32 another = 0x7f000002;
        constexpr quint32 proxy = 0x7f000003;
        limits.uncounted = [](const QHostAddress &address) { return address == QHostAddress(proxy); };
        RunningServer server(limits, 2);
        RawClient first(server.port());
        auto second = std::make_unique<RawClient>(server.port());
        for (RawClient *client : {&first, second.get()}) {
            client->send(get());
            QCOMPARE(client->answer().value().status, 200);
        }
        RawClient third(server.port());
        QVERIFY(third.untilClosed());
        QTRY_COMPARE(server->probe().refused.value(), 1U);
        // Another address, and one that is not counted, have room.
        std::vector<std::unique_ptr<RawClient>> others;
        for (const quint32 from : {another, proxy, proxy, proxy}) {
            others.push_back(std::make_unique<RawClient>(server.port(), 0, from));
            others.back()->send(get());
            QCOMPARE(others.back()->answer().value().status, 200);
        }
        others.clear();
        second.reset();
        QTRY_COMPARE(server->probe().connections.value(), 1);
        RawClient again(server.port());
        again.send(get());
        QCOMPARE(again.answer().value().status, 200);
    }

    void aPortInUseIsAnError()
    {
        RunningServer first;
        const auto second = makeEchoServer({.listen = {{QHostAddress(QHostAddress::LocalHost), 0},
                                                       {QHostAddress(QHostAddress::LocalHost), first.port()}},
                                            .loops = 2});
        const int before = openDescriptors();
        const auto started = second->start();
        QVERIFY(!started);
        QCOMPARE(started.error().code, belfry::model::ErrorCode::Conflict);
        QVERIFY(started.error().detail.contains(QByteArray::number(first.port())));
        QCOMPARE(openDescriptors(), before); // nothing is left listening
    }

    void listensOnSeveralAddresses()
    {
        const auto server = makeEchoServer({.listen = {{QHostAddress(QHostAddress::LocalHost), 0},
                                                       {QHostAddress(QHostAddress::LocalHostIPv6), 0},
                                                       {QHostAddress(QHostAddress::LocalHost), 0}},
                                            .loops = 2});
        QVERIFY(server->start());
        const std::vector<QByteArray> addresses = server->addresses();
        QCOMPARE(addresses.size(), 3U);
        QVERIFY(addresses[1].startsWith("[::1]:"));
        for (const std::size_t i : {0U, 2U}) {
            RawClient client(addresses[i].split(':').last().toUShort());
            client.send(get());
            QCOMPARE(client.answer().value().status, 200);
        }
    }

    void loopsShareTheConnections()
    {
        RunningServer server(Limits{}, 2);
        QCOMPARE(server->loops().size(), 2U);
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 64; ++i) {
            clients.push_back(std::make_unique<RawClient>(server.port()));
            QVERIFY(clients.back()->upgrade());
        }
        // A broadcast reaches the sockets of one loop only: neither none nor all.
        RawClient poster(server.port());
        poster.send("POST /api/v1/notifications HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
        QCOMPARE(poster.answer().value().status, 202);
        const auto reached = std::ranges::count_if(
            clients, [](const auto &client) { return client->frame(10ms).has_value(); });
        QVERIFY(reached > 0 && reached < 64);
    }
};

QTEST_GUILESS_MAIN(TestServerLimits)
#include "tst_server_limits.moc"
