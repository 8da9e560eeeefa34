#include "echo_gateway.h"
#include "process_facts.h"
#include "raw_client.h"

#include <QTest>
#include <thread>

using namespace belfry::net;
using namespace belfry::net::test;

namespace {
const QByteArray hold("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
const QByteArray release("POST /release HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
} // namespace

class TestServerStop final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void drains()
    {
        Limits limits;
        limits.closeTimeout = 200ms;
        RunningServer server(limits);
        RawClient held(server.port());
        held.send(hold);
        RawClient kept(server.port());
        kept.send(get());
        QVERIFY(kept.answer());
        QTRY_COMPARE(server->probe().requests.value(), 2U);

        server->stopAccepting();
        RawClient late(server.port());
        QVERIFY(!late.isOpen());
        QVERIFY(!server->waitForRequests(20ms));
        kept.send(get());
        const auto refused = kept.answer();
        QCOMPARE(refused.value().status, 503);
        QCOMPARE(refused.value().header("connection"), "close");
        server->stop(); // the held one is not answered: nobody is left to do it
        QVERIFY(held.untilClosed());
    }

    void waitsForAnswers()
    {
        RunningServer server;
        RawClient held(server.port());
        RawClient releaser(server.port());
        held.send(hold);
        releaser.send("POST /release HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n");
        QTRY_COMPARE(server->probe().requests.value(), 1U);
        // Begun before the drain, finished in it: it is a new request then, and refused; so the release must
        // be earlier.
        releaser.send("\r\n");
        QVERIFY(releaser.answer());
        server->stopAccepting();
        QVERIFY(server->waitForRequests(5s));
        QCOMPARE(held.answer().value().body, "released");
        server->stop();
    }

    void socketsAreClosedWith1012()
    {
        RunningServer server;
        RawClient client(server.port());
        QVERIFY(client.upgrade());
        RawClient stream(server.port());
        stream.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY(stream.answer(5s, true));
        std::thread reader([&] {
            QCOMPARE(client.frame().value().closeCode(), 1012);
            QCOMPARE(client.untilClosed().value_or("open"), "");
            client.close();
            QVERIFY(stream.untilClosed().value().endsWith("0\r\n\r\n"));
            stream.close();
        });
        QElapsedTimer clock;
        clock.start();
        server->stop();
        QVERIFY2(clock.elapsed() < 1500, qPrintable(QString::number(clock.elapsed())));
        reader.join();
        QCOMPARE(server->probe().connections.value(), 0);
        QCOMPARE(server->probe().webSockets.value(), 0);
    }

    // Peers that do nothing do not hold it up for long.
    void aStopIsBounded()
    {
        Limits limits;
        limits.closeTimeout = 200ms;
        RunningServer server(limits);
        RawClient client(server.port());
        QVERIFY(client.upgrade());
        QElapsedTimer clock;
        clock.start();
        server->stop();
        QVERIFY2(clock.elapsed() < 1500, qPrintable(QString::number(clock.elapsed())));
    }

    void leavesNothing()
    {
        {
            RunningServer warm(Limits{}, 2);
        }
        const int before = openDescriptors();
        for (int i = 0; i < 5; ++i) {
            RunningServer server(Limits{}, 2);
            RawClient idle(server.port());
            RawClient half(server.port());
            half.send("GET /");
            RawClient socket(server.port());
            QVERIFY(socket.upgrade());
            std::thread peer([&] {
                socket.untilClosed();
                socket.close();
                half.untilClosed();
                half.close();
            });
            server->stop();
            peer.join();
        }
        QCOMPARE(openDescriptors(), before);
    }

    void mayBeStoppedTwiceOrNeverStarted()
    {
        RunningServer server;
        server->stop();
        server->stop();
        const int before = openDescriptors();
        {
            const auto never = makeEchoServer({.listen = {}, .loops = 1});
            never->stopAccepting();
            never->stop();
        }
        QCOMPARE(openDescriptors(), before);
    }
};

QTEST_GUILESS_MAIN(TestServerStop)
#include "tst_server_stop.moc"
