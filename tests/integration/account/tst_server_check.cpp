#include "account/server_check.h"
#include "support/small_server.h"
#include "support/wait_until.h"

#include "protocol/answers.h"

namespace belfry::account {
using test::SmallServer;
using What = ServerFinding::What;
using namespace std::chrono_literals;

class TestServerCheck : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void findsBelfry();
    void tellsWhatIsNotBelfry_data();
    void tellsWhatIsNotBelfry();
    void tellsWhatIsNotThere_data();
    void tellsWhatIsNotThere();
    void leadsToTheOtherAddress_data();
    void leadsToTheOtherAddress();
    void speaksOfPlainConnections();
    void theNewestTextCounts();
    void nothingTypedIsNoProblem();

private:
    /// The finding when it is no longer being looked for.
    [[nodiscard]] ServerFinding look(ServerCheck &check, const QString &typed);
    [[nodiscard]] QString address() const { return m_server->url().toString(); }

    std::unique_ptr<SmallServer> m_server;
};

namespace {
SmallServer::Answer wellKnown(const QList<model::Text> &protocols = {"belfry.v1"})
{
    protocol::WellKnown known;
    known.version = "1.2.3";
    known.protocols = protocols;
    return {200, protocol::encode(known), {}};
}

SmallServer::Answer likeBelfry(const SmallServer::Request &request)
{
    return request.target == "/health" ? SmallServer::Answer{200, R"({"status":"ok"})", {}} : wellKnown();
}
} // namespace

void TestServerCheck::init()
{
    m_server = std::make_unique<SmallServer>();
    m_server->answer = likeBelfry;
}

ServerFinding TestServerCheck::look(ServerCheck &check, const QString &typed)
{
    check.checkNow(typed);
    static_cast<void>(test::waitUntil([&] { return check.finding().what != What::Checking; }));
    return check.finding();
}

void TestServerCheck::findsBelfry()
{
    ServerCheck check;
    const ServerFinding finding = look(check, address());
    QCOMPARE(finding.what, What::Belfry);
    QVERIFY(finding.isGood() && !finding.isPlain());
    QCOMPARE(finding.version, model::Text("1.2.3"));
    QCOMPARE(finding.server, m_server->url());
    QVERIFY(finding.words().contains(u"1.2.3"));
}

void TestServerCheck::tellsWhatIsNotBelfry_data()
{
    QTest::addColumn<SmallServer::Answer>("health");
    QTest::addColumn<SmallServer::Answer>("known");
    QTest::addColumn<What>("what");
    const SmallServer::Answer ok{200, "{}", {}};
    const SmallServer::Answer page{200, "<html>Router</html>", {}};
    QTest::newRow("a router") << page << page << What::NotBelfry;
    QTest::newRow("nothing there") << SmallServer::Answer{404, {}, {}} << SmallServer::Answer{404, {}, {}}
                                   << What::NotBelfry;
    QTest::newRow("a server that is too old") << ok << wellKnown({"belfry.v0"}) << What::TooOld;
    QTest::newRow("a server that is too new") << ok << wellKnown({"belfry.v2", "belfry.v3"}) << What::TooNew;
    QTest::newRow("it stops") << SmallServer::problem(503, "draining")
                              << SmallServer::problem(503, "draining") << What::NotReady;
    QTest::newRow("no database") << SmallServer::Answer{503, R"({"status":"unavailable"})", {}} << wellKnown()
                                 << What::NotReady;
    QTest::newRow("too many requests") << ok << SmallServer::problem(429, "rate-limited") << What::Busy;
}

void TestServerCheck::tellsWhatIsNotBelfry()
{
    QFETCH(SmallServer::Answer, health);
    QFETCH(SmallServer::Answer, known);
    QFETCH(What, what);
    m_server->answer = [&](const SmallServer::Request &request) {
        return request.target == "/health" ? health : known;
    };
    ServerCheck check;
    const ServerFinding finding = look(check, address());
    QCOMPARE(finding.what, what);
    QVERIFY(!finding.words().isEmpty());
}

void TestServerCheck::tellsWhatIsNotThere_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<What>("what");
    QTest::newRow("no address") << QStringLiteral("two words") << What::BadAddress;
    // RFC 6761, section 6.4: never a host.
    QTest::newRow("no host") << QStringLiteral("https://belfry.invalid") << What::NoSuchHost;
}

void TestServerCheck::tellsWhatIsNotThere()
{
    QFETCH(QString, typed);
    QFETCH(What, what);
    ServerCheck check;
    QCOMPARE(look(check, typed).what, what);
    QVERIFY(!check.finding().words().isEmpty());
    m_server->close();
    QCOMPARE(look(check, address()).what, What::Refused);
}

void TestServerCheck::leadsToTheOtherAddress_data()
{
    QTest::addColumn<SmallServer::Answer>("health");
    QTest::addColumn<What>("what");
    QTest::addColumn<QUrl>("leadsTo");
    QUrl secure = QUrl(QStringLiteral("https://127.0.0.1"));
    QTest::newRow("belfryd with a certificate") // H94
        << SmallServer::Answer{400, "this address speaks TLS: https://", {}} << What::NeedsTls << secure;
    QTest::newRow("elsewhere") << SmallServer::Answer{301,
                                                      {},
                                                      {"Location: https://notify.example/belfry/health?x=1"}}
                               << What::Elsewhere << QUrl(QStringLiteral("https://notify.example/belfry"));
}

void TestServerCheck::leadsToTheOtherAddress()
{
    QFETCH(SmallServer::Answer, health);
    QFETCH(What, what);
    QFETCH(QUrl, leadsTo);
    if (leadsTo.host() == u"127.0.0.1")
        leadsTo.setPort(m_server->url().port());
    m_server->answer = [&](const SmallServer::Request &) { return health; };
    ServerCheck check;
    const ServerFinding finding = look(check, address());
    QCOMPARE(finding.what, what);
    QCOMPARE(finding.leadsTo, leadsTo);
    QVERIFY(finding.words().contains(leadsTo.host()));
    QCOMPARE(m_server->requests.size(), std::size_t(1)); // nobody went there
}

void TestServerCheck::speaksOfPlainConnections()
{
    ServerFinding finding;
    finding.server = QUrl(QStringLiteral("http://notify.example"));
    QVERIFY(finding.isPlain());
    finding.server = QUrl(QStringLiteral("http://127.0.0.1:8080"));
    QVERIFY(!finding.isPlain());
    finding.server = QUrl(QStringLiteral("https://notify.example"));
    QVERIFY(!finding.isPlain());
}

void TestServerCheck::theNewestTextCounts()
{
    SmallServer other;
    other.answer = [](const SmallServer::Request &) { return SmallServer::Answer{200, "no", {}}; };
    m_server->answer = [](const SmallServer::Request &) { return SmallServer::Answer{200, {}, {}, true}; };
    ServerCheck check(1ms);
    check.check(address());
    QCOMPARE(check.finding().what, What::Checking);
    QVERIFY(test::waitUntil([&] { return !m_server->requests.empty(); }));
    check.check(other.url().toString());
    QVERIFY(test::waitUntil([&] { return check.finding().what != What::Checking; }));
    QCOMPARE(check.finding().what, What::NotBelfry);
    QCOMPARE(check.finding().server, other.url());
    QCOMPARE(m_server->requests.size(), std::size_t(1));
}

void TestServerCheck::nothingTypedIsNoProblem()
{
    ServerCheck check(1ms);
    check.check(address());
    check.check(QStringLiteral("  "));
    QCOMPARE(check.finding(), ServerFinding());
    QVERIFY(check.finding().words().isEmpty());
    check.trust(); // of nothing
    QCOMPARE(check.finding(), ServerFinding());
    QVERIFY(m_server->requests.empty());
}
} // namespace belfry::account

QTEST_GUILESS_MAIN(belfry::account::TestServerCheck)
#include "tst_server_check.moc"
