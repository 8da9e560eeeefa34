#include "account_bed.h"

#include "protocol/answers.h"

#include <QDir>

namespace belfry::account_screens {
using test::SmallServer;

namespace {
QByteArray wellKnown()
{
    protocol::WellKnown known;
    known.version = "0.1.0";
    known.protocols = {"belfry.v1"};
    return protocol::encode(known);
}

QByteArray grant()
{
    return protocol::encode(
        protocol::SessionGrant{{"7"}, "access", std::chrono::seconds(900), "blr_refresh"});
}

QByteArray threeDevices(const model::DeviceId &here)
{
    return R"({"data":[{"id":"phone","name":"Eva's phone","platform":"Android 14","last_seen_at":"2026-11-02T08:12:00Z"},
        {"id":")" +
           here.text + R"(","name":"desk","platform":"Debian 12","last_seen_at":"2026-11-03T13:30:00Z"},
        {"id":"old","name":"A laptop with a name that is longer than what a narrow window has place for","platform":null,
         "last_seen_at":null}]})";
}
} // namespace

AccountBed::AccountBed(QObject *parent)
    : QObject(parent)
{
    reset();
}

AccountBed::~AccountBed() = default;

void AccountBed::reset(bool hasKeychain)
{
    m_warnings.listen();
    m_view.reset();
    m_signIn.reset();
    m_rest.reset();
    m_vault.reset();
    m_answers.clear();
    m_wanted.clear();
    m_signedIn.clear();
    m_dir = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<SmallServer>();
    m_server->answer = [this](const SmallServer::Request &request) { return answerTo(request); };
    m_keychain = std::make_unique<test::MemorySecrets>();
    if (!hasKeychain)
        m_keychain->fault = model::Error{model::ErrorCode::Unavailable, "no keychain", {}, {}};
    m_file = std::make_unique<test::MemorySecrets>();
    m_settings = std::make_unique<account::LocalSettings>(m_dir->filePath(QStringLiteral("belfry.ini")));
    m_vault = std::make_unique<account::SecretVault>(*m_keychain, *m_file);
    m_rest = std::make_unique<client::RestClient>(client::RestSettings{m_server->url(), "access"});
    m_signIn = std::make_unique<SignInView>(*m_settings, *m_vault, QStringLiteral("desk"));
    m_view = std::make_unique<SettingsView>(SettingsView::Parts{
        *m_settings,
        *m_vault,
        m_log,
        m_dir->filePath(QStringLiteral("caches")),
        {QStringLiteral("de"), QStringLiteral("en")},
        [] { return std::vector<model::Notification>(); },
        [] {
            return account::Facts{{QStringLiteral("Banners"), QStringLiteral("actions, body-markup")}};
        }});
    listen();
    Q_EMIT made();
}

void AccountBed::listen()
{
    connect(m_signIn.get(), &SignInView::signedIn, this, [this](const account::SignedIn &who) {
        m_signedIn = QString::fromUtf8(who.account.user.text) +
                     (who.secret.kind == account::Secret::Kind::Session ? QStringLiteral(" session")
                                                                        : QStringLiteral(" token"));
    });
    connect(m_view.get(), &SettingsView::signOutWanted, this,
            [this] { m_wanted.append(QStringLiteral("sign out")); });
    connect(m_view.get(), &SettingsView::clearCacheWanted, this,
            [this] { m_wanted.append(QStringLiteral("clear")); });
    connect(m_view.get(), &SettingsView::bannerTestWanted, this,
            [this] { m_wanted.append(QStringLiteral("banner")); });
    connect(m_view.get(), &SettingsView::soundTestWanted, this,
            [this] { m_wanted.append(QStringLiteral("sound")); });
}

SmallServer::Answer AccountBed::answerTo(const SmallServer::Request &request) const
{
    const auto said = [&](const char *what, int status, const QByteArray &body) {
        return m_answers.value(QString::fromLatin1(what), SmallServer::Answer{status, body, {}});
    };
    if (request.target == "/.well-known/belfry")
        return said("known", 200, wellKnown());
    if (request.target == "/api/v1/login")
        return said("login", 200, grant());
    if (request.target.contains("/inbox/counts"))
        return said("counts", 200, protocol::encode(protocol::CountsAnswer{}));
    if (request.target == "/api/v1/notifications")
        return said("send", 201, "{}");
    if (request.target.startsWith("/api/v1/devices?"))
        return said("devices", 200, threeDevices(m_settings->device()));
    if (request.target.startsWith("/api/v1/devices/"))
        return said("remove", 200, "{}");
    return {200, R"({"status":"ok"})", {}};
}

void AccountBed::answer(const QString &what, int status, const QString &body)
{
    m_answers.insert(what, {status, body.toUtf8(), {}});
}

void AccountBed::problem(const QString &what, int status, const QString &slug, const QString &members)
{
    m_answers.insert(what, SmallServer::problem(status, slug.toUtf8(), members.toUtf8()));
}

void AccountBed::holdBack(const QString &what)
{
    m_answers.insert(what, {200, {}, {}, true});
}

void AccountBed::setAccount()
{
    setAccountAt(address());
}

void AccountBed::setAccountAt(const QString &server)
{
    const offline::Account account{QUrl(server), {"eva"}};
    m_settings->update([&](account::Options &options) {
        options.account =
            account::SavedAccount{account, QStringLiteral("eva@example.org"), QSslCertificate()};
    });
    m_view->setAccount(account, m_rest.get());
}

void AccountBed::saveSearchOf(const QString &user)
{
    m_settings->update([&](account::Options &options) {
        options.account = account::SavedAccount{{m_server->url(), {user.toUtf8()}}, {}, QSslCertificate()};
        options.account->searches = {{QStringLiteral("Mine"), QStringLiteral("is:unread")}};
    });
}

QString AccountBed::option(const QString &name) const
{
    const account::Options &options = m_settings->options();
    if (name == u"theme")
        return QString::number(int(options.theme));
    if (name == u"lockPrivacy")
        return QString::number(int(options.lockPrivacy));
    if (name == u"language")
        return options.language;
    if (name == u"startsAtLogin")
        return options.startsAtLogin ? QStringLiteral("yes") : QStringLiteral("no");
    if (name == u"staysSignedIn")
        return options.staysSignedIn ? QStringLiteral("yes") : QStringLiteral("no");
    if (name == u"maySecretBeInFile")
        return options.maySecretBeInFile ? QStringLiteral("yes") : QStringLiteral("no");
    if (name == u"email")
        return options.account ? options.account->email : QString();
    if (name == u"searches")
        return options.account ? QString::number(options.account->searches.size()) : QString();
    return {};
}

QString AccountBed::shotPath(const QString &name) const
{
    const QString folder = qEnvironmentVariable("BELFRY_SHOTS");
    return folder.isEmpty()
               ? QString()
               : QDir(folder).filePath(QStringLiteral("account-") + name + QStringLiteral(".png"));
}
} // namespace belfry::account_screens

#include "moc_account_bed.cpp"
