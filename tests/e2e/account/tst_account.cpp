// Sign-in, renewal, revocation and sign-out with a real server, as the desktop client does them.
#include "account/account_tokens.h"
#include "account/file_store.h"
#include "account/server_check.h"
#include "account/sign_in.h"
#include "client/rest_client.h"
#include "session/account_session.h"
#include "support/http_client.h"
#include "support/memory_secrets.h"
#include "support/server_process.h"
#include "support/wait_until.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace belfry;
using account::Secret;
using account::ServerFinding;
using model::ErrorCode;
using Why = session::TokenSource::Why;

namespace {
const QString mail = QStringLiteral("eva@example.org");
const QString password = QStringLiteral("correct horse");

/// What the program keeps on a computer without a keychain.
struct Kept
{
    Kept() { vault.setFileAllowed(true); }

    QTemporaryDir dir;
    test::MemorySecrets noKeychain;
    account::FileStore files{dir.filePath(QStringLiteral("secrets"))};
    account::SecretVault vault{noKeychain, files};
};
} // namespace

class TestAccount : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void signsInAndStaysSignedIn();
    void aCrashBeforeTheNextTokenIsKept();
    void aTokenThatSomebodyElseUsedEndsIt();
    void signedOutFromElsewhere();
    void signsOut();
    void tooManyTries();
    void withAKey();
    void aSessionLivesOnItsTokens();
    void trustsOneCertificate();

private:
    [[nodiscard]] QUrl url() const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server->port()));
    }
    [[nodiscard]] account::SignInPlace place(const QUrl &server) const
    {
        return {server, {}, {"desk-1"}, "Desk"};
    }
    [[nodiscard]] std::optional<account::SignedIn> signIn(const account::SignInPlace &place,
                                                          const QString &with = password);
    void makeEva();
    [[nodiscard]] std::unique_ptr<account::AccountTokens> start(const offline::Account &whose);
    [[nodiscard]] static model::Result<model::Text> ask(account::AccountTokens &tokens, Why why);
    [[nodiscard]] ErrorCode countsWith(const account::SignedIn &who, const model::Text &token);
    void waitUntilStored(const account::AccountTokens &tokens);
    [[nodiscard]] QByteArray secretFile() const;

    std::unique_ptr<test::ServerProcess> m_server;
    std::unique_ptr<Kept> m_kept;
    std::optional<account::SignInProblem> m_problem;
};

void TestAccount::init()
{
    m_problem.reset();
    m_kept = std::make_unique<Kept>();
    m_kept->noKeychain.fault = model::Error{ErrorCode::Unavailable, "no keychain", {}, {}};
    m_server = std::make_unique<test::ServerProcess>();
    QVERIFY2(m_server->start(), m_server->error().constData());
    makeEva();
}

void TestAccount::cleanup()
{
    m_server.reset();
    m_kept.reset();
}

void TestAccount::makeEva()
{
    test::HttpClient http(m_server->port(), m_server->key());
    const auto made = http.post("/createUser", R"({"name":"Eva","email":")" + mail.toUtf8() +
                                                   R"(","password":")" + password.toUtf8() + "\"}");
    QVERIFY2(made.status == 200, made.body.constData());
}

std::optional<account::SignedIn> TestAccount::signIn(const account::SignInPlace &where, const QString &with)
{
    account::SignIn signIn;
    std::optional<account::SignedIn> done;
    m_problem.reset();
    connect(&signIn, &account::SignIn::done, this, [&](const account::SignedIn &who) { done = who; });
    connect(&signIn, &account::SignIn::failed, this,
            [&](const account::SignInProblem &problem) { m_problem = problem; });
    signIn.withPassword(where, mail, with);
    if (!test::waitUntil([&] { return done || m_problem; }))
        qFatal("no answer to a sign-in");
    return done;
}

std::unique_ptr<account::AccountTokens> TestAccount::start(const offline::Account &whose)
{
    return std::make_unique<account::AccountTokens>(account::TokenSettings{whose, {}, true}, m_kept->vault);
}

model::Result<model::Text> TestAccount::ask(account::AccountTokens &tokens, Why why)
{
    std::optional<model::Result<model::Text>> got;
    tokens.ask(why, [&](const model::Result<model::Text> &token) { got = token; });
    if (!test::waitUntil([&] { return got.has_value(); }))
        qFatal("nobody answered");
    return *got;
}

/// Internal stands for: it is taken.
ErrorCode TestAccount::countsWith(const account::SignedIn &who, const model::Text &token)
{
    client::RestClient rest({who.account.server, token, std::chrono::seconds(10), who.trust});
    std::optional<model::Result<protocol::CountsAnswer>> got;
    rest.counts(this, who.account.user,
                [&](const model::Result<protocol::CountsAnswer> &counts) { got = counts; });
    if (!test::waitUntil([&] { return got.has_value(); }))
        qFatal("no counts");
    return *got ? ErrorCode::Internal : got->error().code;
}

void TestAccount::waitUntilStored(const account::AccountTokens &tokens)
{
    QVERIFY(test::waitUntil([&] { return !tokens.isStoring(); }));
}

QByteArray TestAccount::secretFile() const
{
    const QDir folder(m_kept->dir.filePath(QStringLiteral("secrets")));
    const QStringList names = folder.entryList(QDir::Files);
    QFile file(folder.filePath(names.value(0)));
    return names.size() == 1 && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestAccount::signsInAndStaysSignedIn()
{
    const auto who = signIn(place(url()));
    QVERIFY2(who, m_problem ? m_problem->words.toUtf8() : "");
    QVERIFY(who->listed);
    auto tokens = start(who->account);
    tokens->adopt(who->secret);
    const auto first = ask(*tokens, Why::Start);
    QCOMPARE(countsWith(*who, *first), ErrorCode::Internal);
    const auto second = ask(*tokens, Why::Refused);
    QVERIFY(second);
    QCOMPARE(countsWith(*who, *second), ErrorCode::Internal);
    waitUntilStored(*tokens);
    tokens = start(who->account); // the next run of the program
    QCOMPARE(ask(*tokens, Why::Start).value(), *second);
    QVERIFY(ask(*tokens, Why::Refused));
}

// Killed after the server changed the token and before it was on disk: taken again for 30 s (H63).
void TestAccount::aCrashBeforeTheNextTokenIsKept()
{
    const auto who = signIn(place(url()));
    QVERIFY(who);
    auto tokens = start(who->account);
    tokens->adopt(who->secret);
    waitUntilStored(*tokens);
    QVERIFY(ask(*tokens, Why::Start));
    QVERIFY(ask(*tokens, Why::Refused));
    waitUntilStored(*tokens);
    tokens = start(who->account);
    tokens->adopt(who->secret); // as if the last store had never been
    QVERIFY(ask(*tokens, Why::Start));
    const auto next = ask(*tokens, Why::Refused);
    QVERIFY(next);
    QCOMPARE(countsWith(*who, *next), ErrorCode::Internal);
}

void TestAccount::aTokenThatSomebodyElseUsedEndsIt()
{
    const auto who = signIn(place(url()));
    QVERIFY(who);
    auto tokens = start(who->account);
    tokens->adopt(who->secret);
    QVERIFY(ask(*tokens, Why::Start));
    QVERIFY(ask(*tokens, Why::Refused));
    QVERIFY(ask(*tokens, Why::Refused));
    waitUntilStored(*tokens);
    auto thief = start(who->account);
    thief->adopt(who->secret); // two generations old
    QVERIFY(ask(*thief, Why::Start));
    QCOMPARE(ask(*thief, Why::Refused).error().code, ErrorCode::Unauthenticated);
    QCOMPARE(ask(*tokens, Why::Refused).error().code, ErrorCode::Unauthenticated);
}

void TestAccount::signedOutFromElsewhere()
{
    const auto who = signIn(place(url()));
    QVERIFY(who);
    auto tokens = start(who->account);
    bool hasEnded = false;
    connect(tokens.get(), &account::AccountTokens::ended, this, [&] { hasEnded = true; });
    tokens->adopt(who->secret);
    const auto token = ask(*tokens, Why::Start);
    waitUntilStored(*tokens);
    QVERIFY(!secretFile().isEmpty());
    test::HttpClient http(m_server->port(), *token);
    const auto devices = http.get("/api/v1/devices");
    QVERIFY2(devices.body.contains("desk-1"), devices.body.constData());
    QCOMPARE(http.request("DELETE", "/api/v1/devices/desk-1").status, 200);
    QCOMPARE(ask(*tokens, Why::Refused).error().code, ErrorCode::Unauthenticated);
    QVERIFY(hasEnded);
    QVERIFY(test::waitUntil([this] { return secretFile().isEmpty(); }));
}

void TestAccount::signsOut()
{
    const auto who = signIn(place(url()));
    QVERIFY(who);
    auto tokens = start(who->account);
    tokens->adopt(who->secret);
    QVERIFY(ask(*tokens, Why::Start));
    std::optional<model::VoidResult> done;
    tokens->signOut([&](const model::VoidResult &result) { done = result; });
    QVERIFY(test::waitUntil([&] { return done.has_value(); }));
    QVERIFY(*done && secretFile().isEmpty());
    auto again = start(who->account);
    again->adopt(who->secret);
    QVERIFY(ask(*again, Why::Start));
    QCOMPARE(ask(*again, Why::Refused).error().code, ErrorCode::Unauthenticated);
}

void TestAccount::tooManyTries()
{
    for (int i = 0; i < 10; ++i) {
        QVERIFY(!signIn(place(url()), QStringLiteral("wrong")));
        QCOMPARE(m_problem->field, account::SignInProblem::Field::Password);
        QVERIFY(!m_problem->requestId.isEmpty());
    }
    QVERIFY(!signIn(place(url()), password));
    QCOMPARE(m_problem->field, account::SignInProblem::Field::Whole);
    QVERIFY(m_problem->retryAfter.count() > 0 && m_problem->retryAfter.count() <= 90);
}

void TestAccount::withAKey()
{
    account::SignIn signIn;
    std::optional<account::SignedIn> done;
    connect(&signIn, &account::SignIn::done, this, [&](const account::SignedIn &who) { done = who; });
    signIn.withToken(place(url()), QString::fromUtf8(m_server->key()).remove(u' '), QStringLiteral("eva"));
    QVERIFY(test::waitUntil([&] { return !signIn.isBusy(); }));
    QVERIFY(!done); // another key
    test::HttpClient http(m_server->port(), m_server->key());
    const auto made =
        http.post("/api/v1/admin/api-keys", R"({"name":"desk","scopes":["inbox:*","prefs:*"]})");
    QVERIFY2(made.status == 201, made.body.constData());
    const QByteArray key =
        made.body.mid(made.body.indexOf("blf_"),
                      made.body.indexOf('"', made.body.indexOf("blf_")) - made.body.indexOf("blf_"));
    signIn.withToken(place(url()), QString::fromUtf8(key), QStringLiteral("eva"));
    QVERIFY(test::waitUntil([&] { return done.has_value(); }));
    QVERIFY(done->listed);
    QCOMPARE(countsWith(*done, done->secret.access), ErrorCode::Internal);
}

// The access token is refused: renewed, and on. The server goes: that is offline, not signed out.
void TestAccount::aSessionLivesOnItsTokens()
{
    using State = session::Connection::State;
    const auto who = signIn(place(url()));
    QVERIFY(who);
    Secret stale = who->secret;
    stale.access = "eyJhbGciOiJIUzI1NiJ9.e30.AAAA";
    auto tokens = start(who->account);
    tokens->adopt(stale);
    inbox::InboxModel inbox;
    session::SessionSettings settings{who->account, m_kept->dir.filePath(QStringLiteral("caches"))};
    settings.device = {"desk-1"};
    session::AccountSession session(settings, inbox, *tokens, {{}, [] { return 0.0; }});
    connect(tokens.get(), &account::AccountTokens::renewed, &session, &session::AccountSession::askToken);
    session.start();
    const auto becomes = [&](State state) {
        return test::waitUntil([&] { return session.connection().state == state; });
    };
    QVERIFY2(becomes(State::Online), session.connection().reason.constData());
    QSignalSpy connections(&session, &session::AccountSession::connectionChanged);
    m_server->kill();
    QVERIFY(test::waitUntil([&] { return session.connection().state != State::Online; }));
    // Somebody asks for a better token meanwhile: the old one comes back, and nobody is asked to sign in.
    session.askToken();
    std::optional<model::Result<model::Text>> asked;
    tokens->ask(Why::Start, [&](const model::Result<model::Text> &token) { asked = token; });
    QVERIFY(test::waitUntil([&] { return asked.has_value(); }));
    QVERIFY(*asked && becomes(State::Waiting));
    for (const QList<QVariant> &one : connections)
        QVERIFY(one.first().value<session::Connection>().state != State::NeedsSignIn);
}

void TestAccount::trustsOneCertificate()
{
    test::ServerProcess maker;
    QCOMPARE(maker.run({QStringLiteral("tls"), QStringLiteral("self-signed")}), 0);
    test::ServerProcess::Options options;
    options.arguments = {QStringLiteral("--tls-certificate"), maker.dataDir() + QStringLiteral("/tls.crt"),
                         QStringLiteral("--tls-key"), maker.dataDir() + QStringLiteral("/tls.key")};
    m_server = std::make_unique<test::ServerProcess>(options);
    QVERIFY2(m_server->start(), m_server->error().constData());

    account::ServerCheck check;
    const auto look = [&](const QString &typed) {
        check.checkNow(typed);
        static_cast<void>(
            test::waitUntil([&] { return check.finding().what != ServerFinding::What::Checking; }));
        return check.finding();
    };
    const QString address = QStringLiteral("127.0.0.1:%1").arg(m_server->port());
    QCOMPARE(look(address).what, ServerFinding::What::NeedsTls); // http is meant on this computer
    QUrl secure = check.finding().leadsTo;
    QCOMPARE(secure, QUrl(QStringLiteral("https://") + address));
    const ServerFinding own = look(secure.toString());
    QCOMPARE(own.what, ServerFinding::What::OwnAuthority);
    QFile pem(maker.dataDir() + QStringLiteral("/tls.crt"));
    QVERIFY(pem.open(QIODevice::ReadOnly));
    QCOMPARE(own.certificate, QSslCertificate(pem.readAll()));
    QCOMPARE(own.fingerprint().size(), 32 * 3 - 1);
    // Untrusted, nothing is sent there.
    QVERIFY(!signIn(place(secure)));
    QVERIFY(m_problem->requestId.isEmpty());
    check.trust();
    QVERIFY2(test::waitUntil([&] { return check.finding().isGood(); }), check.finding().words().toUtf8());
    account::SignInPlace trusted = place(secure);
    trusted.trust = check.serverTrust();
    QVERIFY(!signIn(trusted)); // no Eva on this server: but it was asked
    QCOMPARE(m_problem->field, account::SignInProblem::Field::Password);
    // Another one at the same address is not believed.
    account::ServerCheck other;
    test::ServerProcess second;
    QCOMPARE(second.run({QStringLiteral("tls"), QStringLiteral("self-signed")}), 0);
    QFile foreign(second.dataDir() + QStringLiteral("/tls.crt"));
    QVERIFY(foreign.open(QIODevice::ReadOnly));
    other.setTrust({{QSslCertificate(foreign.readAll())}, false});
    other.checkNow(secure.toString());
    QVERIFY(test::waitUntil([&] { return other.finding().what != ServerFinding::What::Checking; }));
    QVERIFY(!other.finding().isGood());
}

QTEST_GUILESS_MAIN(TestAccount)
#include "tst_account.moc"
