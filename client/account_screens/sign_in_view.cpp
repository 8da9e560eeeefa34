#include "account_screens/sign_in_view.h"

#include <QPointer>

namespace belfry::account_screens {
using account::SavedAccount;
using account::ServerFinding;
using What = ServerFinding::What;

SignInView::SignInView(LocalSettings &settings, SecretVault &vault, QString deviceName, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_vault(vault)
    , m_deviceName(std::move(deviceName))
{
    m_second.setInterval(std::chrono::seconds(1));
    connect(&m_second, &QTimer::timeout, this, [this] {
        if (--m_retryIn <= 0)
            m_second.stop();
        Q_EMIT retryInChanged();
    });
    connect(&m_check, &ServerCheck::changed, this, &SignInView::serverFound);
    connect(&m_signIn, &SignIn::done, this, &SignInView::succeeded);
    connect(&m_signIn, &SignIn::failed, this, &SignInView::failed);
    connect(&m_settings, &LocalSettings::changed, this, &SignInView::optionsChanged);
    m_vault.setFileAllowed(maySecretBeInFile());
    m_vault.probe([this, alive = QPointer<SignInView>(this)](const model::VoidResult &isThere) {
        if (!alive || isThere)
            return;
        m_isKeychainMissing = true;
        Q_EMIT keychainChanged();
    });
    if (const auto &last = m_settings.options().account) {
        m_lastEmail = last->email;
        if (!last->certificate.isNull())
            m_check.setTrust({{last->certificate}, false});
        m_address = last->account.server.toString();
        m_check.checkNow(m_address);
    }
}

// ---- the server

void SignInView::setAddress(const QString &address)
{
    if (address == m_address)
        return;
    m_address = address;
    cancel();
    setProblem({});
    Q_EMIT addressChanged();
    m_check.check(address);
}

SignInView::ServerState SignInView::serverState() const
{
    switch (m_check.finding().what) {
    case What::Nothing:
        return ServerState::Nothing;
    case What::Checking:
        return ServerState::Checking;
    case What::Belfry:
        return ServerState::Good;
    default:
        return ServerState::Problem;
    }
}

void SignInView::serverFound()
{
    if (m_isWaitingForServer && serverState() != ServerState::Checking) {
        m_isWaitingForServer = false;
        const auto signIn = std::exchange(m_waiting, {});
        if (m_check.finding().isGood())
            signIn();
        Q_EMIT busyChanged();
    }
    Q_EMIT serverChanged();
}

// ---- the sign-in

SignInPlace SignInView::place() const
{
    return {m_check.finding().server, m_check.serverTrust(), m_settings.device(), m_deviceName.toUtf8()};
}

/// Who presses Enter before the address was looked at does not have to press it again.
void SignInView::begin(std::function<void()> signIn)
{
    if (m_retryIn > 0)
        return;
    setProblem({});
    if (m_check.finding().isGood()) {
        signIn();
    } else {
        m_isWaitingForServer = true;
        m_waiting = std::move(signIn);
        m_check.checkNow(m_address);
    }
    Q_EMIT busyChanged();
}

void SignInView::signInWithPassword(const QString &email, const QString &password)
{
    begin([this, email, password] {
        m_email = email.trimmed();
        m_signIn.withPassword(place(), email, password);
    });
}

void SignInView::signInWithToken(const QString &token, const QString &user)
{
    begin([this, token, user] {
        m_email.clear();
        m_signIn.withToken(place(), token, user);
    });
}

void SignInView::cancel()
{
    if (!isBusy())
        return;
    m_isWaitingForServer = false;
    m_waiting = {};
    m_signIn.cancel();
    Q_EMIT busyChanged();
}

void SignInView::succeeded(const SignedIn &who)
{
    m_settings.update([&](Options &options) {
        const QSslCertificate certificate =
            who.trust.authorities.isEmpty() ? QSslCertificate() : who.trust.authorities.last();
        SavedAccount saved{who.account, m_email, certificate};
        // Who signs in again finds them as they were; somebody else's are not theirs to see.
        if (options.account && options.account->account == who.account)
            saved.searches = options.account->searches;
        options.account = std::move(saved);
    });
    Q_EMIT busyChanged();
    Q_EMIT signedIn(who);
}

void SignInView::failed(const SignInProblem &problem)
{
    setProblem(problem);
    m_retryIn = int(problem.retryAfter.count());
    if (m_retryIn > 0)
        m_second.start();
    Q_EMIT retryInChanged();
    Q_EMIT busyChanged();
}

void SignInView::setProblem(const SignInProblem &problem)
{
    m_problem = problem;
    Q_EMIT problemChanged();
}

QString SignInView::wordsAt(SignInProblem::Field field) const
{
    return m_problem.field == field ? m_problem.words : QString();
}

// ---- what is chosen beside it

void SignInView::setStaysSignedIn(bool stays)
{
    m_settings.update([stays](Options &options) { options.staysSignedIn = stays; });
}

void SignInView::setStartsAtLogin(bool starts)
{
    m_settings.update([starts](Options &options) { options.startsAtLogin = starts; });
}

void SignInView::setMaySecretBeInFile(bool may)
{
    m_vault.setFileAllowed(may);
    m_settings.update([may](Options &options) { options.maySecretBeInFile = may; });
}
} // namespace belfry::account_screens

#include "moc_sign_in_view.cpp"
