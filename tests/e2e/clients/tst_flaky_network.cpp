// What devices see whose network breaks at random moments while their server works, is killed and comes back:
// every change once, in order, on every one of them.
#include "client/live_session.h"
#include "support/http_client.h"
#include "support/server_process.h"

#include <QRandomGenerator>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <atomic>
#include <thread>

using namespace belfry;
using namespace std::chrono_literals;

namespace {
constexpr int users = 2;
constexpr int devicesEach = 2;
constexpr int posts = 1'500;
constexpr int cuts = 60;
constexpr quint32 seed = 20'260'101;

QByteArray userName(int n)
{
    return "user-" + QByteArray::number(n);
}

/// A way to the server that can be cut at any moment, and that leads to where the server is now.
class Network : public QObject
{
public:
    Network()
    {
        connect(&m_listener, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *near = m_listener.nextPendingConnection())
                join(near);
        });
        m_listening = m_listener.listen(QHostAddress::LocalHost);
    }

    [[nodiscard]] bool isListening() const { return m_listening; }
    [[nodiscard]] QUrl url() const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_listener.serverPort()));
    }
    void leadTo(quint16 port) { m_port = port; }

    /// Breaks every connection at once, with whatever is on its way.
    void cut()
    {
        for (QTcpSocket *near : m_listener.findChildren<QTcpSocket *>())
            near->abort();
    }

private:
    void join(QTcpSocket *near)
    {
        auto *far = new QTcpSocket(near);
        connect(near, &QTcpSocket::readyRead, far, [near, far] { far->write(near->readAll()); });
        connect(far, &QTcpSocket::readyRead, near, [near, far] { near->write(far->readAll()); });
        connect(far, &QTcpSocket::disconnected, near, [near] { near->disconnectFromHost(); });
        connect(far, &QTcpSocket::errorOccurred, near, [near] { near->abort(); });
        connect(near, &QTcpSocket::disconnected, near, [near] { near->deleteLater(); });
        far->connectToHost(QHostAddress::LocalHost, m_port);
    }

    QTcpServer m_listener;
    bool m_listening = false;
    quint16 m_port = 0;
};

/// A device that notes what it is told, and applies it as a program would.
struct Device
{
    Device(const Network &network, const QByteArray &key, int user, int number)
        : session({network.url(),
                   {userName(user)},
                   key,
                   {userName(user) + "-device-" + QByteArray::number(number)},
                   {}},
                  nullptr, {{}, [] { return 0.0; }})
    {
        QObject::connect(
            &session, &client::LiveSession::changed, &session, [this](const model::Change &change) {
                if (change.seq != ++at)
                    fault = "after " + QByteArray::number(at - 1) + " came " + QByteArray::number(change.seq);
                if (const auto *item = std::get_if<model::Notification>(&change.what);
                    item && change.kind == model::ChangeKind::Created)
                    messages.append(item->content.message);
            });
        QObject::connect(&session, &client::LiveSession::snapshotLoaded, &session, [this] { ++snapshots; });
        QObject::connect(
            &session, &client::LiveSession::stateChanged, &session,
            [this](client::SessionState state) { lives += state == client::SessionState::Live; });
        session.start();
    }

    model::Seq at = 0;
    int lives = 0;
    int snapshots = 0;
    QByteArrayList messages;
    QByteArray fault;
    client::LiveSession session;
};

/// Where the server is now; 0 while it is down.
using Port = std::atomic<quint16>;

/// Sends each message until it is answered, under the same Idempotency-Key.
void post(const Port &port, const QByteArray &key, std::atomic<int> &accepted, const std::atomic<bool> &stop)
{
    std::unique_ptr<test::HttpClient> client;
    quint16 connectedTo = 0;
    for (int i = 0; i < posts && !stop;) {
        const quint16 now = port;
        if (now == 0) {
            std::this_thread::yield();
            continue;
        }
        if (now != std::exchange(connectedTo, now))
            client = std::make_unique<test::HttpClient>(now, key);
        const QByteArray number = QByteArray::number(i);
        const auto answer = client->request("POST", "/api/v1/notifications",
                                            R"({"user_id":")" + userName(i % users) +
                                                R"(","type":"t","title":"t","message":")" + number + "\"}",
                                            {"Content-Type: application/json", "Idempotency-Key: " + number});
        if (answer.status / 100 == 2)
            accepted = ++i;
    }
}
} // namespace

class TstFlakyNetwork : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyChangeOnceAndInOrder()
    {
        test::ServerProcess server;
        QVERIFY2(server.start(), server.error().constData());
        Network network;
        QVERIFY(network.isListening());
        network.leadTo(server.port());
        std::vector<std::unique_ptr<Device>> devices;
        for (int i = 0; i < users * devicesEach; ++i)
            devices.push_back(std::make_unique<Device>(network, server.key(), i % users, i));
        for (const auto &device : devices)
            QTRY_COMPARE(device->lives, 1);

        Port port = server.port();
        std::atomic<int> accepted = 0;
        std::atomic<bool> stop = false;
        std::thread load(post, std::cref(port), server.key(), std::ref(accepted), std::cref(stop));
        const auto joinLoad = qScopeGuard([&] {
            stop = true;
            load.join();
        });
        QRandomGenerator random(seed);
        for (int i = 1; i <= cuts; ++i) {
            const int next = posts * i / cuts - random.bounded(posts / cuts);
            QTRY_VERIFY_WITH_TIMEOUT(accepted >= next, 60'000);
            network.cut();
            if (i == cuts / 2) {
                port = 0;
                server.kill();
                QVERIFY2(server.start(), server.error().constData());
                network.leadTo(server.port());
                port = server.port();
            }
        }
        QTRY_COMPARE_WITH_TIMEOUT(accepted.load(), posts, 60'000);

        for (const auto &device : devices) {
            QTRY_VERIFY2_WITH_TIMEOUT(device->at >= posts / users || !device->fault.isEmpty(),
                                      qPrintable(QString::number(device->at)), 30'000);
            QVERIFY2(device->fault.isEmpty(), device->fault.constData());
            QCOMPARE(device->at, posts / users);
            QCOMPARE(device->messages.size(), posts / users);
            QCOMPARE(QSet<QByteArray>(device->messages.begin(), device->messages.end()).size(),
                     posts / users);
            QCOMPARE(device->snapshots, 1);
            QVERIFY2(device->lives > 3, "the network broke too seldom for this test to mean anything");
        }
        QCOMPARE(server.terminate(), 0);
    }
};

QTEST_GUILESS_MAIN(TstFlakyNetwork)
#include "tst_flaky_network.moc"
