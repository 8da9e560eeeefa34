#include "live_client.h"
#include "live_server.h"
#include "support/wait_until.h"

#include <QRandomGenerator>
#include <QTest>
#include <thread>

using namespace belfry;
using test::LiveClient;
using test::LiveServer;

namespace {
constexpr int users = 3;
constexpr int devicesOfEach = 2;
constexpr int submits = 4'000;

model::UserId userOf(int device)
{
    return {"user-" + QByteArray::number(device % users)};
}

/// One device on a thread of its own: reads a while, hangs up, comes back with what it has, until it has seen
/// all.
struct Device
{
    QByteArray fault;
    int connects = 0;

    void run(quint16 port, const QByteArray &token, const QByteArray &name, quint32 seed,
             const std::atomic<model::Seq> &goal)
    {
        QRandomGenerator random(seed);
        LiveClient client(port);
        while (fault.isEmpty() && (goal == 0 || client.at < goal)) {
            ++connects;
            if (!client.signIn(token, name, client.at) ||
                client.welcome.mode != protocol::Welcome::Mode::Resume)
                fault = "was not resumed";
            for (int frames = random.bounded(60); frames > 0 && (goal == 0 || client.at < goal); --frames) {
                if (!client.next(std::chrono::milliseconds(200)))
                    break;
            }
            if (client.misplaced > 0)
                fault = "a change came twice or out of order before " + QByteArray::number(client.at);
            client.hangUp();
        }
    }
};
} // namespace

/// "Clients that reconnect at random moments under load apply every change once, in order."
class TstReconnects : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyChangeOnceInOrder()
    {
        LiveServer server(2);
        std::array<std::atomic<model::Seq>, users> goals{};
        std::vector<Device> devices(users * devicesOfEach);
        std::vector<std::thread> threads;
        for (int i = 0; i < int(devices.size()); ++i) {
            threads.emplace_back([&, i, port = server.port(), token = server.token(userOf(i))] {
                devices[std::size_t(i)].run(port, token, "device-" + QByteArray::number(i), quint32(i + 1),
                                            goals[std::size_t(i % users)]);
            });
        }
        for (int i = 0; i < submits; ++i) {
            server.submitLater(userOf(i));
            QVERIFY(test::waitUntil([&] { return server.pending() < 64; }));
        }
        QVERIFY(test::waitUntil([&] { return server.pending() == 0; }));
        for (int i = 0; i < users; ++i)
            goals[std::size_t(i)] = server.services().resume.known(userOf(i))->head;
        for (std::thread &thread : threads)
            thread.join();
        int connects = 0;
        for (const Device &device : devices) {
            QVERIFY2(device.fault.isEmpty(), device.fault.constData());
            connects += device.connects;
        }
        QCOMPARE(goals[0].load() + goals[1].load() + goals[2].load(), model::Seq(submits));
        QVERIFY2(connects > 3 * int(devices.size()), "nobody had to come back: the test tests nothing");
    }
};

QTEST_GUILESS_MAIN(TstReconnects)
#include "tst_reconnects.moc"
