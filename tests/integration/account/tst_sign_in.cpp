#include "account/sign_in.h"
#include "support/small_server.h"
#include "support/wait_until.h"

#include "protocol/answers.h"
#include "protocol/session_requests.h"

#include <QDateTime>

namespace belfry::account {
using test::SmallServer;
using Field = SignInProblem::Field;

class TestSignIn : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void withAPassword();
    void withAUserToken();
    void withAKey();
    void listsThisComputer();
    void problemsStandAtTheirField_data();
    void problemsStandAtTheirField();
    void whatIsMissingIsToldWithoutAsking_data();
    void whatIsMissingIsToldWithoutAsking();
    void refusedTokens();
    void unreachable();
    void cancelled();
    void passwordsGoNowhereElse();

private:
    [[nodiscard]] SignInPlace place() const { return {m_server->url(), {}, {"device-1"}, "Eva's desk"}; }
    void password()
    {
        m_signIn->withPassword(place(), QStringLiteral(" eva@example.org "), QStringLiteral("pä\"ss"));
    }
    [[nodiscard]] bool ends() const
    {
        return test::waitUntil([this] { return m_done || m_problem; });
    }

    std::unique_ptr<SmallServer> m_server;
    std::unique_ptr<SignIn> m_signIn;
    std::optional<SignedIn> m_done;
    std::optional<SignInProblem> m_problem;
};

namespace {
SmallServer::Answer granted()
{
    return {
        200,
        protocol::encode(protocol::SessionGrant{{"7"}, "access", std::chrono::seconds(900), "blr_refresh"}),
        {}};
}

SmallServer::Answer signsIn(const SmallServer::Request &request)
{
    if (request.target == "/api/v1/login")
        return granted();
    if (request.target.endsWith("/inbox/counts"))
        return {200, protocol::encode(protocol::CountsAnswer{{1, 2}, 3}), {}};
    return {201, "{}", {}};
}

QString userToken(const QByteArray &claims)
{
    constexpr auto form = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
    return QString::fromLatin1("eyJhbGciOiJIUzI1NiJ9." + claims.toBase64(form) + ".c2lnbmF0dXJl");
}
} // namespace

void TestSignIn::init()
{
    m_done.reset();
    m_problem.reset();
    m_server = std::make_unique<SmallServer>();
    m_server->answer = signsIn;
    m_signIn = std::make_unique<SignIn>();
    connect(m_signIn.get(), &SignIn::done, this, [this](const SignedIn &signedIn) { m_done = signedIn; });
    connect(m_signIn.get(), &SignIn::failed, this,
            [this](const SignInProblem &problem) { m_problem = problem; });
}

void TestSignIn::withAPassword()
{
    password();
    QVERIFY(m_signIn->isBusy());
    QVERIFY(ends());
    QVERIFY(m_done && !m_signIn->isBusy());
    QCOMPARE(m_done->account, (offline::Account{m_server->url(), {"7"}}));
    QCOMPARE(m_done->secret.kind, Secret::Kind::Session);
    QCOMPARE(m_done->secret.access, model::Text("access"));
    QCOMPARE(m_done->secret.refresh, model::Text("blr_refresh"));
    const auto left = *m_done->secret.accessEnds - model::Instant{QDateTime::currentMSecsSinceEpoch() * 1000};
    QVERIFY(left > std::chrono::seconds(800) && left <= std::chrono::seconds(900));
    const auto sent = protocol::parseLogin(m_server->requests.front().body);
    QCOMPARE(sent.value(), (protocol::LoginRequest{"eva@example.org", "pä\"ss", {"device-1"}}));
}

void TestSignIn::withAUserToken()
{
    const QString token = userToken(R"({"sub":"eva","iat":1,"exp":2})");
    m_signIn->withToken(place(), token + u'\n', QStringLiteral("somebody else"));
    QVERIFY(ends());
    QVERIFY(m_done.has_value());
    QCOMPARE(m_done->account.user.text, model::Text("eva"));
    QCOMPARE(m_done->secret.kind, Secret::Kind::Token);
    QCOMPARE(m_done->secret.access, token.toUtf8());
    QCOMPARE(m_server->requests.front().target, QByteArray("/api/v1/users/eva/inbox/counts"));
    QVERIFY(m_server->requests.front().headers.contains("Authorization: Bearer " + token.toUtf8()));
}

void TestSignIn::withAKey()
{
    m_signIn->withToken(place(), QStringLiteral("blf_key"), QStringLiteral("eva/2"));
    QVERIFY(ends());
    QVERIFY(m_done.has_value());
    QCOMPARE(m_done->account.user.text, model::Text("eva/2"));
    QCOMPARE(m_done->secret.kind, Secret::Kind::Key);
    QCOMPARE(m_server->requests.front().target, QByteArray("/api/v1/users/eva%2F2/inbox/counts"));
}

void TestSignIn::listsThisComputer()
{
    password();
    QVERIFY(ends());
    QVERIFY(m_done && m_done->listed);
    const SmallServer::Request &request = m_server->requests.back();
    QCOMPARE(request.target, QByteArray("/api/v1/devices"));
    QVERIFY(request.headers.contains("Authorization: Bearer access"));
    QVERIFY2(request.body.contains(R"("id":"device-1")") && request.body.contains("Eva's desk"),
             request.body);
    // Not listed is signed in all the same.
    m_server->answer = [](const SmallServer::Request &asked) {
        return asked.target == "/api/v1/devices" ? SmallServer::problem(409, "conflict") : signsIn(asked);
    };
    m_done.reset();
    password();
    QVERIFY(ends());
    QVERIFY(m_done && !m_done->listed);
}

void TestSignIn::problemsStandAtTheirField_data()
{
    QTest::addColumn<SmallServer::Answer>("answer");
    QTest::addColumn<Field>("field");
    QTest::addColumn<int>("retryAfter");
    QTest::newRow("wrong password") << SmallServer::problem(401, "unauthenticated") << Field::Password << 0;
    QTest::newRow("no mail") << SmallServer::problem(
                                    422, "invalid",
                                    R"(,"errors":[{"pointer":"/email","detail":"is too long"}])")
                             << Field::Email << 0;
    QTest::newRow("too many tries") << SmallServer::problem(429, "rate-limited", R"(,"retry_after":90)")
                                    << Field::Whole << 90;
    QTest::newRow("database away") << SmallServer::problem(503, "unavailable") << Field::Whole << 0;
    QTest::newRow("a proxy") << SmallServer::Answer{401, "<html>", {}} << Field::Whole << 0;
    QTest::newRow("not ours") << SmallServer::Answer{200, "<html>", {}} << Field::Whole << 0;
}

void TestSignIn::problemsStandAtTheirField()
{
    QFETCH(SmallServer::Answer, answer);
    QFETCH(Field, field);
    QFETCH(int, retryAfter);
    m_server->answer = [&](const SmallServer::Request &) { return answer; };
    password();
    QVERIFY(ends());
    QVERIFY(m_problem && !m_done);
    QCOMPARE(m_problem->field, field);
    QVERIFY(!m_problem->words.isEmpty());
    QCOMPARE(m_problem->retryAfter.count(), retryAfter);
    QCOMPARE(m_problem->requestId, answer.headers.isEmpty() ? model::Text() : model::Text("req-7"));
}

void TestSignIn::whatIsMissingIsToldWithoutAsking_data()
{
    QTest::addColumn<bool>("isToken");
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<Field>("field");
    const auto row = [](const char *name, bool isToken, const char *first, const char *second, Field field) {
        QTest::newRow(name) << isToken << QString::fromUtf8(first) << QString::fromUtf8(second) << field;
    };
    row("no mail", false, " ", "x", Field::Email);
    row("no password", false, "eva@example.org", "", Field::Password);
    row("no token", true, " ", "eva", Field::Token);
    row("two words", true, "blf_a b", "eva", Field::Token);
    row("a header", true, "blf_a\r\nX: y", "eva", Field::Token);
    row("a key of nobody", true, "blf_a", " ", Field::User);
    row("a token without a subject", true, "eyJh.e30.x", "", Field::User);
}

void TestSignIn::whatIsMissingIsToldWithoutAsking()
{
    QFETCH(bool, isToken);
    QFETCH(QString, first);
    QFETCH(QString, second);
    QFETCH(Field, field);
    if (isToken)
        m_signIn->withToken(place(), first, second);
    else
        m_signIn->withPassword(place(), first, second);
    QVERIFY(m_problem && !m_signIn->isBusy());
    QCOMPARE(m_problem->field, field);
    QVERIFY(m_server->requests.empty());
}

void TestSignIn::refusedTokens()
{
    m_server->answer = [](const SmallServer::Request &) {
        return SmallServer::problem(401, "unauthenticated");
    };
    m_signIn->withToken(place(), QStringLiteral("blf_key"), QStringLiteral("eva"));
    QVERIFY(ends());
    QCOMPARE(m_problem->field, Field::Token);
    QVERIFY(!m_problem->words.contains(u"blf_key"));
    m_problem.reset();
    m_server->answer = [](const SmallServer::Request &) { return SmallServer::problem(403, "forbidden"); };
    m_signIn->withToken(place(), QStringLiteral("blf_key"), QStringLiteral("eva"));
    QVERIFY(ends());
    QCOMPARE(m_problem->field, Field::Token);
}

void TestSignIn::unreachable()
{
    m_server->close();
    password();
    QVERIFY(ends());
    QCOMPARE(m_problem->field, Field::Whole);
    QVERIFY(m_problem->requestId.isEmpty());
}

void TestSignIn::cancelled()
{
    m_server->answer = [](const SmallServer::Request &) { return SmallServer::Answer{200, {}, {}, true}; };
    password();
    QVERIFY(test::waitUntil([this] { return !m_server->requests.empty(); }));
    m_signIn->cancel();
    QVERIFY(!m_signIn->isBusy());
    m_server->answer = signsIn;
    password(); // begins anew: one answer, its own
    QVERIFY(ends());
    QVERIFY(m_done && !m_problem);
}

void TestSignIn::passwordsGoNowhereElse()
{
    SmallServer other;
    const QByteArray there = other.url().toEncoded() + "/api/v1/login";
    for (const int status : {301, 302, 307, 308}) {
        m_server->answer = [&](const SmallServer::Request &) {
            return SmallServer::Answer{status, {}, {"Location: " + there}};
        };
        m_problem.reset();
        password();
        QVERIFY(ends());
        QVERIFY(m_problem && !m_done);
    }
    QVERIFY(other.requests.empty());
}
} // namespace belfry::account

QTEST_GUILESS_MAIN(belfry::account::TestSignIn)
#include "tst_sign_in.moc"
