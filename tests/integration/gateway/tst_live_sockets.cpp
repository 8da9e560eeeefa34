#include "live_client.h"
#include "live_server.h"
#include "process_facts.h"

#include <QTest>
#include <utility>

using namespace belfry;
using namespace std::chrono_literals;
using net::test::RawClient;
using test::LiveClient;
using test::LiveServer;

namespace {
const model::UserId ada{"17"};

constexpr qint64 grownAtMostKiB = net::test::allowedGrowthKiB(8192);

enum Opcode { Text = 1, Close = 8, Ping = 9, Pong = 10 };
} // namespace

/// Sessions over real sockets, with a real store behind them.
class TstLiveSockets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void newsArriveInOneWriteWithTheirCounts()
    {
        LiveServer server(1);
        LiveClient client(server.port());
        QVERIFY(client.signIn(server.token(ada), "d"));
        QCOMPARE(client.welcome.mode, protocol::Welcome::Mode::Snapshot);
        QVERIFY(client.until<protocol::CountsNow>());
        const quint64 writes = server.netProbe().sendCalls.value();
        constexpr int rounds = 20;
        for (int i = 1; i <= rounds; ++i) {
            server.submit(ada);
            QCOMPARE(client.until<protocol::Event>().value().change.alert, model::Alert::Sound);
            QCOMPARE(client.until<protocol::CountsNow>().value(), (protocol::CountsNow{i, {i, i}}));
        }
        // Counted after the write: the first and the last may be missing or too many.
        const auto each = static_cast<double>(server.netProbe().sendCalls.value() - writes) / rounds;
        QVERIFY2(each < 1.2, qPrintable(QString::number(each)));
    }

    void anOpReachesTheOtherDevice()
    {
        LiveServer server(2);
        std::vector<std::unique_ptr<LiveClient>> devices;
        for (int i = 0; i < 6; ++i) {
            devices.push_back(std::make_unique<LiveClient>(server.port()));
            QVERIFY(devices.back()->signIn(server.token(ada), "d" + QByteArray::number(i)));
        }
        server.submit(ada);
        for (const auto &device : devices)
            QVERIFY(device->reach(1));
        devices.front()->say(protocol::OpRequest{{{"op-1"}, model::OpSet::Read, model::UpTo{1}, {}, {}}});
        const auto applied = devices.front()->until<protocol::Applied>();
        QVERIFY(applied);
        QCOMPARE(applied->result, (model::OpApplied{{"op-1"}, 2, false, {}}));
        QCOMPARE(devices.front()->at, model::Seq(2)); // its own ev came first
        QCOMPARE(devices.front()->until<protocol::CountsNow>().value().counts.unread, 0);
        for (const auto &device : devices)
            QVERIFY(device->reach(2));
    }

    void theSameDeviceReplacesOnEveryLoop()
    {
        LiveServer server(2);
        auto last = std::make_unique<LiveClient>(server.port());
        QVERIFY(last->signIn(server.token(ada), "phone"));
        for (int i = 0; i < 8; ++i) {
            auto next = std::make_unique<LiveClient>(server.port());
            QVERIFY(next->signIn(server.token(ada), "phone"));
            const auto bye = last->until<protocol::Bye>();
            QVERIFY(bye && !bye->reconnectAfter);
            QVERIFY(!last->next());
            QCOMPARE(last->closeCode, 4000);
            last = std::move(next);
        }
    }

    void aBigReplayGoesAtThePaceOfTheReader()
    {
        LiveServer server(1);
        server.submit(ada, 3'000, 2'000); // 8 MB on the wire
        LiveClient client(server.port(), 16 * 1024);
        QVERIFY(client.signIn(server.token(ada), "d", 0));
        QCOMPARE(client.welcome.mode, protocol::Welcome::Mode::Resume);
        server.submit(ada, 5); // meanwhile
        // The reader sleeps: what fits has been sent, far more waits for it.
        quint64 sent = 0;
        const auto stopped = [&] {
            const quint64 before = std::exchange(sent, server.netProbe().bytesOut.value());
            return sent > 0 && sent == before;
        };
        QTRY_VERIFY(stopped());
        QVERIFY(client.reach(3'005));
        QCOMPARE(client.misplaced, 0);
        QCOMPARE(server.netProbe().slowCut.value(), 0u);
    }

    void oneHugeItemIsWaitedFor()
    {
        LiveServer server(1);
        // More than the kernel takes for a reader that sleeps, and than a slow one may have waiting.
        server.submit(ada, 2, 12'000'000);
        LiveClient client(server.port(), 16 * 1024);
        QVERIFY(client.signIn(server.token(ada), "d", 0));
        RawClient stream(server.port(), 16 * 1024);
        stream.send("GET /stream/17?since=0 HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY(stream.answer(5s, true));
        quint64 sent = 0;
        const auto stopped = [&] {
            const quint64 before = std::exchange(sent, server.netProbe().bytesOut.value());
            return sent > 0 && sent == before;
        };
        QTRY_VERIFY(stopped());
        QVERIFY(client.reach(2));
        QCOMPARE(client.misplaced, 0);
        QCOMPARE(server.netProbe().slowCut.value(), 0u);
        QCOMPARE(server.netProbe().eventStreams.value(), 1);
        // What comes live counts as ever.
        for (int i = 0; i < 200 && server.netProbe().slowCut.value() == 0; ++i)
            server.submit(ada, 50, 2'000);
        QVERIFY(server.netProbe().slowCut.value() > 0u);
    }

    void whoReadsNothingIsCutAndResumes()
    {
        LiveServer server(1);
        LiveClient client(server.port(), 16 * 1024);
        QVERIFY(client.signIn(server.token(ada), "d"));
        QVERIFY(client.until<protocol::Live>());
        for (int i = 0; i < 200 && server.netProbe().slowCut.value() == 0; ++i)
            server.submit(ada, 50, 2'000);
        QCOMPARE(server.netProbe().slowCut.value(), 1u);
        while (client.next()) {
        }
        QCOMPARE(client.closeCode, 4008);
        server.submit(ada);
        const auto state = server.services().resume.known(ada);
        QVERIFY(state.has_value());
        QVERIFY(client.at < state->head);
        QVERIFY(client.signIn(server.token(ada), "d", client.at));
        QVERIFY(client.reach(state->head));
        QCOMPARE(client.misplaced, 0);
    }

    void viewedLiveMeansRead()
    {
        LiveServer server(2);
        server.submit(ada); // before: stays unread
        RawClient plain(server.port());
        QVERIFY(plain.upgrade("/ws/17", ""));
        QTRY_COMPARE(server.probe().plainSockets.value(), 1);
        QTRY_VERIFY(server.services().resume.known(ada).has_value());
        server.submit(ada);
        QVERIFY(plain.frame().value().payload.contains(R"("seq":2)"));
        const auto ping = plain.frame();
        QVERIFY(ping && ping->opcode == Ping);
        QCOMPARE(ping->payload, QByteArray("2"));
        plain.sendFrame(Pong, ping->payload);
        QTRY_COMPARE(server.services().resume.known(ada)->counts.unread, 1);
    }

    void anEventStreamResumes()
    {
        LiveServer server(1);
        server.submit(ada, 3);
        RawClient stream(server.port());
        stream.send("GET /stream/17?since=2 HTTP/1.1\r\nHost: x\r\n\r\n");
        QByteArray text;
        while (!text.contains("event: counts")) {
            const QByteArray more = stream.read(1);
            QVERIFY(!more.isEmpty());
            text += more;
        }
        QVERIFY(text.contains("id: 3\nevent: ev\n"));
        QVERIFY(!text.contains("id: 2\n"));
        QVERIFY(text.indexOf("event: welcome") < text.indexOf("event: ev"));
    }

    void aBroadcastReachesAll()
    {
        LiveServer server(2);
        std::vector<std::unique_ptr<LiveClient>> clients;
        for (int i = 0; i < 50; ++i) {
            clients.push_back(std::make_unique<LiveClient>(server.port()));
            QVERIFY(clients.back()->signIn(server.token({"u" + QByteArray::number(i)}), "d"));
        }
        server.broadcastLiveOnly();
        for (const auto &client : clients)
            QCOMPARE(client->until<protocol::Event>().value().change.seq, model::Seq(0));
    }

    void manyBadMessagesLeakNothing()
    {
        LiveServer server(1);
        const QByteArray hello =
            "{\"type\":\"hello\",\"device_id\":\"d\",\"since\":0,\"token\":\"" + server.token(ada) + "\"}";
        const QByteArray op = R"({"type":"op","op_id":"1","set":"burn","upto_seq":1})";
        const QList<QByteArrayList> kinds{
            {"{"},
            {"[]", "7", "null"},
            {QByteArray(60'000, '[')},
            {R"({"type":"hello","device_id":"d","token":"nobody"})"},
            {R"({"type":"hello","token":7})", R"({"type":"hello","device_id":"d","token":""})"},
            {op},
            {hello, hello},
            {hello, op, op, op},
            {hello, R"({"type":"ack","seq":-1})", R"({"type":"ack","seq":"x"})", R"({"type":"presence"})"},
            {hello, R"({"type":"refresh","token":"x"})", R"({"type":"what"})", QByteArray(64 * 1024, ' ')},
        };
        const auto misbehave = [&](int count) {
            for (int i = 0; i < count; ++i) {
                RawClient client(server.port());
                QVERIFY(client.upgrade());
                for (const QByteArray &message : kinds[i % kinds.size()])
                    client.sendFrame(Text, message);
                if (i % 3 == 0) // waits for the answer
                    static_cast<void>(client.frame());
            }
        };
        const auto settle = [&] {
            QTRY_COMPARE_WITH_TIMEOUT(server.netProbe().webSockets.value(), 0, 20'000);
        };
        misbehave(1'000); // so that pools and caches have their size
        settle();
        const int descriptors = net::test::openDescriptors();
        const qint64 before = net::test::residentKiB();
        misbehave(3'000);
        settle();
        QTRY_COMPARE(server.probe().sockets.value(), 0);
        QCOMPARE(net::test::openDescriptors(), descriptors);
        const qint64 grown = net::test::residentKiB() - before;
        QVERIFY2(grown < grownAtMostKiB, qPrintable(QStringLiteral("%1 KiB").arg(grown)));
    }

    void aDrainEndsAll()
    {
        LiveServer server(2);
        std::vector<std::unique_ptr<LiveClient>> clients;
        for (int i = 0; i < 20; ++i) {
            clients.push_back(std::make_unique<LiveClient>(server.port()));
            QVERIFY(clients.back()->signIn(server.token({"u" + QByteArray::number(i)}), "d"));
        }
        server.drain();
        for (const auto &client : clients) {
            const auto bye = client->until<protocol::Bye>();
            QVERIFY(bye && bye->reconnectAfter);
            QVERIFY(!client->next());
            QCOMPARE(client->closeCode, 1012);
            client->hangUp();
        }
        QTRY_COMPARE(server.probe().sockets.value(), 0);
    }
};

QTEST_GUILESS_MAIN(TstLiveSockets)
#include "tst_live_sockets.moc"
