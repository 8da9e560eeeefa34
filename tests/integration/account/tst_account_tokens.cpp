#include "account/account_tokens.h"
#include "support/memory_secrets.h"
#include "support/small_server.h"
#include "support/wait_until.h"

#include "protocol/answers.h"

#include <QSignalSpy>

namespace belfry::account {
using model::ErrorCode;
using model::Instant;
using test::SmallServer;
using namespace std::chrono_literals;
using Why = session::TokenSource::Why;

class TestAccountTokens : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void startTakesWhatIsKept();
    void renewsWhatEnds();
    void renewsByItselfBeforeTheEnd();
    void manyAsksAreOneRenewal();
    void refusedIsRenewed();
    void aNewerOneIsHandedOutWithoutAsking();
    void offlineIsNotSignedOut();
    void offlineAtTheStart();
    void onlyTheServersNoEndsIt_data();
    void onlyTheServersNoEndsIt();
    void revokedEndsIt();
    void nobodyIsSignedIn();
    void aKeychainThatComesLater();
    void notKeptLivesInMemory();
    void whatCannotBeKeptIsSaid();
    void aRefusedKeyEndsIt();
    void signsOut();
    void signsOutWithoutTheServer();
    void nobodyIsAnsweredAfterItsEnd();

private:
    using Token = model::Result<model::Text>;
    void keep(const Secret &secret);
    [[nodiscard]] std::optional<Secret> kept() const;
    void start(bool isKept = true);
    [[nodiscard]] Token ask(Why why);
    [[nodiscard]] std::size_t renewals() const { return m_server->requests.size(); }

    /// Grants access-2 with blr_2, then -3 and so on; each refresh token once, as the server does.
    SmallServer::Answer rotate(const SmallServer::Request &request);

    Instant m_now{1'000'000'000'000};
    int m_generation = 1;
    std::unique_ptr<SmallServer> m_server;
    std::unique_ptr<test::MemorySecrets> m_keychain;
    std::unique_ptr<test::MemorySecrets> m_file;
    std::unique_ptr<SecretVault> m_vault;
    std::unique_ptr<AccountTokens> m_tokens;
    std::optional<model::Error> m_ended;
};

void TestAccountTokens::init()
{
    m_generation = 1;
    m_ended.reset();
    m_server = std::make_unique<SmallServer>();
    m_server->answer = [this](const SmallServer::Request &request) { return rotate(request); };
    m_keychain = std::make_unique<test::MemorySecrets>();
    m_file = std::make_unique<test::MemorySecrets>();
    m_vault = std::make_unique<SecretVault>(*m_keychain, *m_file);
}

void TestAccountTokens::cleanup()
{
    m_tokens.reset();
    m_vault.reset();
    m_file.reset();
    m_keychain.reset();
    m_server.reset();
}

SmallServer::Answer TestAccountTokens::rotate(const SmallServer::Request &request)
{
    if (request.target == "/api/v1/logout")
        return {200, R"({"message":"Signed out"})", {}};
    if (request.target != "/api/v1/token/refresh" ||
        request.body != R"({"refresh_token":"blr_)" + QByteArray::number(m_generation) + "\"}")
        return SmallServer::problem(401, "unauthenticated");
    const QByteArray next = QByteArray::number(++m_generation);
    return {
        200, protocol::encode(protocol::SessionGrant{{"eva"}, "access-" + next, 900s, "blr_" + next}), {}};
}

namespace {
Secret sessionUntil(Instant end)
{
    return {Secret::Kind::Session, "access-1", end, "blr_1", Instant{1}};
}

TokenSettings settingsFor(const SmallServer &server, bool isKept)
{
    return {{server.url(), {"eva"}}, {}, isKept};
}
} // namespace

void TestAccountTokens::keep(const Secret &secret)
{
    bool isStored = false;
    m_vault->store({m_server->url(), {"eva"}}, secret, [&](const model::VoidResult &) { isStored = true; });
    QVERIFY(test::waitUntil([&] { return isStored; }));
}

std::optional<Secret> TestAccountTokens::kept() const
{
    if (m_keychain->kept.isEmpty())
        return std::nullopt;
    const auto secret = parseSecret(m_keychain->kept.first());
    return secret ? std::optional(*secret) : std::nullopt;
}

void TestAccountTokens::start(bool isKept)
{
    m_tokens =
        std::make_unique<AccountTokens>(settingsFor(*m_server, isKept), *m_vault,
                                        client::Surroundings{[this] { return m_now; }, [] { return 0.99; }});
    connect(m_tokens.get(), &AccountTokens::ended, this, [this](const model::Error &why) { m_ended = why; });
}

TestAccountTokens::Token TestAccountTokens::ask(Why why)
{
    std::optional<Token> got;
    m_tokens->ask(why, [&](const Token &token) { got = token; });
    if (!test::waitUntil([&] { return got.has_value(); }))
        qFatal("nobody answered");
    return *got;
}

void TestAccountTokens::startTakesWhatIsKept()
{
    keep(sessionUntil(m_now + 600s));
    start();
    QCOMPARE(ask(Why::Start).value(), model::Text("access-1"));
    QCOMPARE(renewals(), std::size_t(0));
}

void TestAccountTokens::renewsWhatEnds()
{
    keep(sessionUntil(m_now + 59s));
    start();
    QCOMPARE(ask(Why::Start).value(), model::Text("access-2"));
    QCOMPARE(renewals(), std::size_t(1));
    QVERIFY(!m_server->requests.front().headers.join().contains("Authorization"));
    QVERIFY(test::waitUntil([&] { return kept() && kept()->refresh == "blr_2"; }));
    QCOMPARE(kept()->accessEnds, std::optional(m_now + 900s));
    // The next start goes on from there.
    start();
    QCOMPARE(ask(Why::Start).value(), model::Text("access-2"));
    QCOMPARE(renewals(), std::size_t(1));
}

void TestAccountTokens::renewsByItselfBeforeTheEnd()
{
    keep(sessionUntil(m_now + 60s + 20ms));
    start();
    QSignalSpy renewed(m_tokens.get(), &AccountTokens::renewed);
    QCOMPARE(ask(Why::Start).value(), model::Text("access-1"));
    QVERIFY(test::waitUntil([&] { return !renewed.isEmpty(); }));
    QCOMPARE(ask(Why::Refused).value(), model::Text("access-2"));
    QCOMPARE(renewals(), std::size_t(1));
}

void TestAccountTokens::manyAsksAreOneRenewal()
{
    keep(sessionUntil(m_now));
    start();
    QList<model::Text> got;
    for (int i = 0; i < 5; ++i)
        m_tokens->ask(Why::Start, [&](const Token &token) { got.append(token.value_or("none")); });
    QVERIFY(test::waitUntil([&] { return got.size() == 5; }));
    QCOMPARE(got.count("access-2"), 5);
    QCOMPARE(renewals(), std::size_t(1));
}

void TestAccountTokens::refusedIsRenewed()
{
    keep(sessionUntil(m_now + 600s));
    start();
    QCOMPARE(ask(Why::Start).value(), model::Text("access-1"));
    QCOMPARE(ask(Why::Refused).value(), model::Text("access-2"));
    QCOMPARE(ask(Why::Refused).value(), model::Text("access-3"));
    QVERIFY(test::waitUntil([&] { return kept() && kept()->refresh == "blr_3"; }));
}

void TestAccountTokens::aNewerOneIsHandedOutWithoutAsking()
{
    start();
    m_tokens->adopt(sessionUntil(m_now + 600s));
    QCOMPARE(ask(Why::Start).value(), model::Text("access-1"));
    Secret again = sessionUntil(m_now + 900s);
    again.access = "access-of-a-new-sign-in";
    m_tokens->adopt(again);
    QCOMPARE(ask(Why::Refused).value(), again.access);
    QCOMPARE(renewals(), std::size_t(0));
    QVERIFY(test::waitUntil([&] { return kept() && kept()->access == again.access; }));
    QVERIFY(test::waitUntil([&] { return !m_tokens->isStoring(); }));
}

void TestAccountTokens::offlineIsNotSignedOut()
{
    keep(sessionUntil(m_now + 600s));
    start();
    QSignalSpy renewed(m_tokens.get(), &AccountTokens::renewed);
    QCOMPARE(ask(Why::Start).value(), model::Text("access-1"));
    m_server->close();
    QCOMPARE(ask(Why::Refused).value(), model::Text("access-1"));
    QVERIFY(!m_ended && kept());
    m_server->open();
    m_tokens->retryNow();
    QVERIFY(test::waitUntil([&] { return !renewed.isEmpty(); }));
    QCOMPARE(ask(Why::Refused).value(), model::Text("access-2"));
    QCOMPARE(renewals(), std::size_t(1));
}

void TestAccountTokens::offlineAtTheStart()
{
    keep(sessionUntil(m_now - 3600s));
    m_server->close();
    start();
    QSignalSpy renewed(m_tokens.get(), &AccountTokens::renewed);
    QCOMPARE(ask(Why::Start).value(), model::Text("access-1")); // the session finds out that it is offline
    m_server->open();
    QVERIFY(test::waitUntil([&] { return !renewed.isEmpty(); })); // by itself, by backoff
    QVERIFY(!m_ended);
}

void TestAccountTokens::onlyTheServersNoEndsIt_data()
{
    QTest::addColumn<SmallServer::Answer>("answer");
    QTest::newRow("a proxy's 401") << SmallServer::Answer{401, "<html>sign in to the hotel</html>", {}};
    QTest::newRow("a page") << SmallServer::Answer{200, "<html>welcome</html>", {}};
    QTest::newRow("database away") << SmallServer::problem(503, "unavailable");
    QTest::newRow("too many") << SmallServer::problem(429, "rate-limited", R"(,"retry_after":30)");
}

void TestAccountTokens::onlyTheServersNoEndsIt()
{
    QFETCH(SmallServer::Answer, answer);
    m_server->answer = [&](const SmallServer::Request &) { return answer; };
    keep(sessionUntil(m_now));
    start();
    QCOMPARE(ask(Why::Start).value(), model::Text("access-1"));
    QVERIFY(!m_ended);
    QCOMPARE(kept()->refresh, model::Text("blr_1"));
}

void TestAccountTokens::revokedEndsIt()
{
    m_generation = 7;
    keep(sessionUntil(m_now));
    start();
    const Token token = ask(Why::Start);
    QCOMPARE(token.error().code, ErrorCode::Unauthenticated);
    QVERIFY(m_ended);
    QVERIFY(test::waitUntil([&] { return m_keychain->kept.isEmpty(); }));
    QCOMPARE(ask(Why::Refused).error().code, ErrorCode::Unauthenticated);
    QCOMPARE(renewals(), std::size_t(1)); // it is not asked over and over
    m_tokens->adopt(sessionUntil(m_now + 600s));
    QCOMPARE(ask(Why::Refused).value(), model::Text("access-1"));
}

void TestAccountTokens::nobodyIsSignedIn()
{
    start();
    QCOMPARE(ask(Why::Start).error().code, ErrorCode::Unauthenticated);
    QCOMPARE(renewals(), std::size_t(0));
}

void TestAccountTokens::aKeychainThatComesLater()
{
    keep(sessionUntil(m_now + 600s));
    m_keychain->fault = model::Error{ErrorCode::Timeout, "the keychain does not answer", {}, {}};
    start();
    QCOMPARE(ask(Why::Start).error().code, ErrorCode::Timeout);
    m_keychain->fault.reset();
    QCOMPARE(ask(Why::Refused).value(), model::Text("access-1"));
}

void TestAccountTokens::notKeptLivesInMemory()
{
    start(false);
    m_tokens->adopt(sessionUntil(m_now));
    QCOMPARE(ask(Why::Start).value(), model::Text("access-2"));
    QVERIFY(!m_tokens->isStoring());
    QVERIFY(m_keychain->kept.isEmpty() && m_file->kept.isEmpty());
}

void TestAccountTokens::whatCannotBeKeptIsSaid()
{
    m_keychain->fault = model::Error{ErrorCode::Unavailable, "no keychain", {}, {}};
    start();
    QSignalSpy notKept(m_tokens.get(), &AccountTokens::notKept);
    m_tokens->adopt(sessionUntil(m_now + 600s));
    QVERIFY(m_tokens->isStoring());
    QCOMPARE(ask(Why::Start).value(), model::Text("access-1")); // nobody waits for the keychain
    QVERIFY(test::waitUntil([&] { return !notKept.isEmpty(); }));
    QVERIFY(!m_tokens->isStoring());
}

void TestAccountTokens::aRefusedKeyEndsIt()
{
    start();
    m_tokens->adopt({Secret::Kind::Key, "blf_key", {}, {}, m_now});
    QCOMPARE(ask(Why::Start).value(), model::Text("blf_key"));
    const Token token = ask(Why::Refused);
    QCOMPARE(token.error().code, ErrorCode::Unauthenticated);
    QVERIFY(!token.error().detail.contains("blf_key"));
    QVERIFY(m_ended);
    QCOMPARE(renewals(), std::size_t(0));
}

void TestAccountTokens::signsOut()
{
    keep(sessionUntil(m_now + 600s));
    start();
    QCOMPARE(ask(Why::Start).value(), model::Text("access-1"));
    std::optional<model::VoidResult> done;
    m_tokens->signOut([&](const model::VoidResult &result) { done = result; });
    QVERIFY(test::waitUntil([&] { return done.has_value(); }));
    QVERIFY(*done);
    QVERIFY(m_keychain->kept.isEmpty());
    QCOMPARE(m_server->requests.back().target, QByteArray("/api/v1/logout"));
    QCOMPARE(m_server->requests.back().body, QByteArray(R"({"refresh_token":"blr_1"})"));
    QCOMPARE(ask(Why::Refused).error().code, ErrorCode::Unauthenticated);
    QVERIFY(!m_ended); // the person did it
}

void TestAccountTokens::signsOutWithoutTheServer()
{
    keep(sessionUntil(m_now + 600s));
    start();
    QCOMPARE(ask(Why::Start).value(), model::Text("access-1"));
    m_server->close();
    std::optional<model::VoidResult> done;
    m_tokens->signOut([&](const model::VoidResult &result) { done = result; });
    QVERIFY(test::waitUntil([&] { return done.has_value(); }));
    QVERIFY(*done && m_keychain->kept.isEmpty());
}

void TestAccountTokens::nobodyIsAnsweredAfterItsEnd()
{
    keep(sessionUntil(m_now));
    m_server->answer = [](const SmallServer::Request &) { return SmallServer::Answer{200, {}, {}, true}; };
    start();
    bool isAnswered = false;
    m_tokens->ask(Why::Start, [&](const Token &) { isAnswered = true; });
    QVERIFY(test::waitUntil([&] { return renewals() == 1; }));
    m_tokens.reset();
    QVERIFY(!isAnswered);
}
} // namespace belfry::account

QTEST_GUILESS_MAIN(belfry::account::TestAccountTokens)
#include "tst_account_tokens.moc"
