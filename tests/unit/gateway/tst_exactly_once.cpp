#include "gateway_rig.h"

#include <QRandomGenerator>
#include <QTest>

using namespace belfry;
using test::away;
using test::FakeConnection;
using test::GatewayRig;
using namespace std::chrono_literals;

namespace {
constexpr int users = 4;
constexpr int gateways = 2;
constexpr int clients = 7;
constexpr int steps = 600;

/// What a device keeps: how far it has come. It reads each frame once and fails at the first that is out of
/// place.
class Client
{
public:
    Client(model::UserId user, QByteArray device)
        : m_user(std::move(user))
        , m_device(std::move(device))
    {
    }

    model::Seq at = 0;
    QString fault;

    [[nodiscard]] bool isConnected() const { return m_socket != nullptr && m_socket->isOpen(); }
    [[nodiscard]] const model::UserId &user() const { return m_user; }
    [[nodiscard]] FakeConnection *socket() const { return m_socket; }

    void connect(GatewayRig &rig, std::size_t gateway)
    {
        m_socket = &rig.socket({}, gateway);
        m_read = 0;
        m_live = false;
        GatewayRig::say(*m_socket, rig.hello(m_user, m_device, at));
    }
    void hangUp()
    {
        read();
        m_socket->hangUp();
        m_socket = nullptr;
    }

    void read()
    {
        if (m_socket == nullptr)
            return;
        for (; m_read < m_socket->messages.size(); ++m_read)
            std::visit([this](const auto &message) { apply(message); }, m_socket->messages[m_read]);
    }
    [[nodiscard]] bool isLive() const { return m_live; }

private:
    void apply(const protocol::Welcome &welcome)
    {
        if (welcome.mode != protocol::Welcome::Mode::Resume)
            fail("not resumed", welcome.head);
    }
    void apply(const protocol::Batch &batch)
    {
        if (batch.items.empty() || batch.from != batch.items.front().seq ||
            batch.to != batch.items.back().seq)
            fail("a batch that is not what it says", batch.from);
        for (const model::Change &change : batch.items)
            take(change.seq);
        m_live = false;
    }
    void apply(const protocol::Live &) { m_live = true; }
    void apply(const protocol::Event &event)
    {
        if (!m_live)
            fail("news before it was live", event.change.seq);
        take(event.change.seq);
    }
    void apply(const protocol::CountsNow &counts)
    {
        if (counts.seq < at)
            fail("counts of the past", counts.seq);
    }
    void apply(const protocol::Applied &applied)
    {
        if (applied.result.seq > at)
            fail("applied before its own ev", applied.result.seq);
    }
    void apply(const protocol::Fault &) { fail("an error", 0); }
    void apply(const protocol::Bye &) {}
    void apply(const protocol::UnknownMessage &) { fail("an unknown message", 0); }

    void take(model::Seq seq)
    {
        if (seq != at + 1)
            fail("out of order", seq);
        at = seq;
    }
    void fail(const char *what, model::Seq seq)
    {
        if (fault.isEmpty())
            fault = QStringLiteral("%1: %2 at %3").arg(QLatin1String(what)).arg(seq).arg(at);
    }

    const model::UserId m_user;
    const QByteArray m_device;
    FakeConnection *m_socket = nullptr;
    std::size_t m_read = 0;
    bool m_live = false;
};

/// Commits, reconnects, sockets that stall, news that are late, lost or come twice, a store that fails.
class World
{
public:
    explicit World(quint32 seed)
        : rig(settings(), gateways)
        , m_random(seed)
    {
        rig.store.exclusive = m_random.bounded(2) == 0;
        rig.inbox().pageSize = 1 + m_random.bounded(20);
        rig.inbox().committed = [this](const ports::Committed &entry) { hear(entry); };
        for (int i = 0; i < clients; ++i)
            people.emplace_back(model::UserId{QByteArray::number(i % users)},
                                "device-" + QByteArray::number(i));
    }

    GatewayRig rig;
    std::vector<Client> people;

    void step()
    {
        Client &client = people[m_random.bounded(quint32(people.size()))];
        switch (m_random.bounded(12)) {
        case 0:
        case 1:
        case 2:
            hear(rig.inbox().create({QByteArray::number(m_random.bounded(users))}));
            break;
        case 3:
            tellSome();
            break;
        case 4:
            client.isConnected() ? client.hangUp() : client.connect(rig, m_random.bounded(gateways));
            break;
        case 5:
            if (client.isConnected()) // the same device again, the old socket half-dead
                client.read(), client.connect(rig, m_random.bounded(gateways));
            break;
        case 6:
            if (client.isConnected())
                client.socket()->blocked = !client.socket()->blocked;
            break;
        case 7:
            rig.inbox().failPages = m_random.bounded(4) == 0 ? std::optional(away) : std::nullopt;
            rig.inbox().failStates = m_random.bounded(4) == 0 ? std::optional(away) : std::nullopt;
            break;
        case 8:
            if (client.isConnected() && client.isLive())
                GatewayRig::say(*client.socket(),
                                protocol::OpRequest{{{"op"}, model::OpSet::Read, model::UpTo{1}, {}, {}}});
            break;
        case 9:
            rig.pass(std::chrono::milliseconds(100 + m_random.bounded(1'500)));
            break;
        default:
            rig.settle();
        }
        answerPings();
        for (Client &each : people)
            each.read();
    }

    /// Everything works again; what was lost on the way is only found by the next news.
    void mend()
    {
        rig.inbox().failPages.reset();
        rig.inbox().failStates.reset();
        for (Client &client : people) {
            if (!client.isConnected())
                client.connect(rig, 0);
            client.socket()->blocked = false;
        }
        for (int i = 0; i < users; ++i)
            m_untold.push_back(rig.inbox().create({QByteArray::number(i)}));
        m_lossy = false;
        while (!m_untold.empty())
            tellSome();
        for (int i = 0; i < 5; ++i)
            rig.pass(1100ms);
        for (Client &client : people)
            client.read();
    }

private:
    static gateway::GatewaySettings settings()
    {
        gateway::GatewaySettings settings;
        settings.messagesPerSecond = 0;
        settings.readsUnderWay = 3;
        return settings;
    }

    /// The writer lane has committed: the cache hears at once, the loops when tellSome() comes to it.
    void hear(const ports::Committed &entry)
    {
        rig.changes.committed(std::make_shared<const ports::CommittedBatch>(ports::CommittedBatch{entry}));
        m_untold.push_back(entry);
    }

    /// The oldest news go out as one batch; now and then they are lost, or come twice.
    void tellSome()
    {
        if (m_untold.empty())
            return;
        const auto n = 1 + std::ptrdiff_t(m_random.bounded(quint32(m_untold.size())));
        const auto batch =
            std::make_shared<const ports::CommittedBatch>(m_untold.begin(), m_untold.begin() + n);
        m_untold.erase(m_untold.begin(), m_untold.begin() + n);
        for (ports::NewsListener *listener : rig.fanout.listeners) {
            if (m_lossy && m_random.bounded(10) == 0)
                continue;
            listener->news(batch);
            if (m_random.bounded(10) == 0)
                listener->news(batch);
        }
    }

    void answerPings()
    {
        for (const auto &connection : rig.connections) {
            if (!connection->pings.isEmpty() && connection->isOpen())
                connection->pong(connection->pings.takeFirst());
        }
    }

    QRandomGenerator m_random;
    std::vector<ports::Committed> m_untold;
    bool m_lossy = true;
};
} // namespace

/// The heart of it: whatever happens to a client's connection, to the news and to the store, it applies every
/// change once, in order (semantics 3, 4).
class TstExactlyOnce : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyChangeOnceInOrder_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 60; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    void everyChangeOnceInOrder()
    {
        QFETCH(const quint32, seed);
        World world(seed);
        for (int i = 0; i < steps; ++i) {
            world.step();
            for (const Client &client : world.people)
                QVERIFY2(client.fault.isEmpty(), qPrintable(client.fault));
        }
        world.mend();
        for (const Client &client : world.people) {
            QVERIFY2(client.fault.isEmpty(), qPrintable(client.fault));
            QCOMPARE(client.at, world.rig.inbox().logs[client.user()].head());
            QVERIFY(client.isLive());
        }
    }
};

QTEST_GUILESS_MAIN(TstExactlyOnce)
#include "tst_exactly_once.moc"
