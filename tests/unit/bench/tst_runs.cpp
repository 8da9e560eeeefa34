#include "bench/null_server.h"
#include "bench/runs.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <atomic>
#include <thread>

using namespace belfry::bench;
using namespace std::chrono_literals;

namespace {
enum class Fault { None, LosesOne, DoublesOne, TakesTheWrongUser };

/// A null server that does one thing wrong with its tenth message.
class FaultyServer final : public NullServer
{
public:
    FaultyServer(Poller &poller, Fault fault)
        : NullServer(poller, {})
        , m_fault(fault)
    {
    }

protected:
    void deliver(std::string_view user, std::string_view body) override
    {
        const Fault fault = next();
        if (fault == Fault::TakesTheWrongUser)
            return NullServer::deliver(user == "bench-0000000" ? "bench-0000001" : "bench-0000000", body);
        if (fault != Fault::LosesOne)
            NullServer::deliver(user, body);
        if (fault == Fault::DoublesOne)
            NullServer::deliver(user, body);
    }
    void broadcast(std::string_view body) override
    {
        const Fault fault = next();
        if (fault != Fault::LosesOne)
            NullServer::broadcast(body);
        if (fault == Fault::DoublesOne)
            NullServer::broadcast(body);
    }

private:
    Fault next() { return ++m_messages == 10 ? m_fault : Fault::None; }

    Fault m_fault;
    int m_messages = 0;
};

/// Runs a server on a thread of its own.
class Served
{
public:
    explicit Served(Fault fault)
        : m_server(m_poller, fault)
    {
        listening = m_server.listen({0x7f000001, 0}).has_value();
        m_thread = std::thread([this] {
            while (!m_stop)
                m_server.turn(now() + 20ms);
        });
    }
    ~Served()
    {
        m_stop = true;
        m_thread.join();
    }
    [[nodiscard]] Endpoint endpoint() const { return m_server.endpoint(); }
    bool listening = false;

private:
    Poller m_poller;
    FaultyServer m_server;
    std::atomic<bool> m_stop = false;
    std::thread m_thread;
};
} // namespace

/// The generator must notice what a server does wrong: else its figures prove nothing.
class RunsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void faultsAreSeen_data();
    void faultsAreSeen();
};

void RunsTest::faultsAreSeen_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<bool>("broadcasts");
    QTest::addColumn<bool>("isOk");
    QTest::addColumn<QString>("member");
    const auto row = [](const char *name, Fault fault, bool broadcasts, const QString &member) {
        QTest::newRow(name) << static_cast<int>(fault) << broadcasts << member.isEmpty() << member;
    };
    row("direct, sound", Fault::None, false, {});
    row("direct, one lost", Fault::LosesOne, false, QStringLiteral("lost"));
    row("direct, one doubled", Fault::DoublesOne, false, QStringLiteral("repeated"));
    row("direct, one at the wrong user", Fault::TakesTheWrongUser, false, QStringLiteral("misrouted"));
    row("fanout, sound", Fault::None, true, {});
    row("fanout, one lost", Fault::LosesOne, true, QStringLiteral("incomplete"));
    row("fanout, one doubled", Fault::DoublesOne, true, QStringLiteral("strays"));
}

void RunsTest::faultsAreSeen()
{
    QFETCH(int, fault);
    QFETCH(bool, broadcasts);
    QFETCH(bool, isOk);
    QFETCH(QString, member);
    const Served served(static_cast<Fault>(fault));
    QVERIFY(served.listening);
    Options options;
    options.target = served.endpoint();
    options.sockets = 2;
    options.connections = 1;
    options.inFlight = 2;
    options.warmup = 0;
    options.duration = 5;
    options.rate = 500; // in a closed loop a lost one would hold up the rest
    options.count = 30;
    options.drain = 0.3;
    options.quiet = true;
    const ProcessMeter nobody;
    Bench bench{options, nobody};
    const auto report = broadcasts ? runFanout(bench) : runDirect(bench);
    QVERIFY2(report.has_value(), report ? "" : report.error().detail.constData());
    QCOMPARE(report->isOk(), isOk);
    const QJsonObject members = QJsonDocument::fromJson(report->line()).object();
    if (!isOk)
        QVERIFY2(members[member].toInt() > 0, report->line().constData());
}

QTEST_APPLESS_MAIN(RunsTest)
#include "tst_runs.moc"
