#include "program/accounts.h"

#include "program/system_now.h"
#include "session/error_text.h"

#include <QLocale>

namespace belfry::program {
using account::AccountTokens;
using account::LocalData;
using account::Options;
using account::SavedAccount;

namespace {
client::ServerTrust trustOf(const SavedAccount &saved)
{
    client::ServerTrust trust;
    if (!saved.certificate.isNull())
        trust.authorities.append(saved.certificate);
    return trust;
}
} // namespace

Accounts::Accounts(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_vault(parts.keychain, parts.files)
{
    const auto follow = [this] { m_vault.setFileAllowed(m_parts.settings.options().maySecretBeInFile); };
    connect(&m_parts.settings, &account::LocalSettings::changed, this, follow);
    follow();
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] { std::exchange(m_finished, [] {})(); });
}

Accounts::~Accounts() = default;

void Accounts::start()
{
    const Options &options = m_parts.settings.options();
    if (!options.account || !options.staysSignedIn || options.account->isSignedOut)
        return;
    openTokens(true);
    openDesk();
}

void Accounts::openWithKey(const offline::Account &account, const model::Text &key)
{
    m_parts.settings.update([&account](Options &options) {
        if (!options.account || options.account->account != account)
            options.account = SavedAccount{account, {}, QSslCertificate()};
        options.account->isSignedOut = false;
    });
    openTokens(false);
    openDesk();
    account::Secret secret;
    secret.kind = account::Secret::Kind::Key;
    secret.access = key;
    m_tokens->adopt(secret);
}

void Accounts::signedIn(const account::SignedIn &who)
{
    closeDesk();
    openTokens(m_parts.settings.options().staysSignedIn);
    openDesk();
    m_tokens->adopt(who.secret); // before the cache is read, so before they are asked for
    if (!who.listed)
        m_desk->toast()->tellError(who.listed.error(), session::errorText(who.listed.error()));
}

void Accounts::openTokens(bool areKept)
{
    const SavedAccount &saved = *m_parts.settings.options().account;
    m_tokens = std::make_unique<AccountTokens>(account::TokenSettings{saved.account, trustOf(saved), areKept},
                                               m_vault);
    connect(m_tokens.get(), &AccountTokens::renewed, this, [this] {
        if (m_desk)
            m_desk->session().askToken();
    });
    connect(m_tokens.get(), &AccountTokens::notKept, this, [this](const model::Error &why) {
        if (m_desk)
            m_desk->toast()->tellError(
                why, tr("You will have to sign in again at the next start: %1").arg(session::errorText(why)));
    });
}

void Accounts::openDesk()
{
    const SavedAccount &saved = *m_parts.settings.options().account;
    m_desk = std::make_unique<AccountDesk>(
        session::SessionSettings{
            saved.account, m_parts.caches, trustOf(saved), {}, m_parts.settings.device()},
        *m_tokens, window::Teller{QLocale()});
    connect(m_desk.get(), &AccountDesk::signInWanted, this, &Accounts::signInWanted);
    connect(m_desk.get(), &AccountDesk::retryWanted, m_tokens.get(), &AccountTokens::retryNow);
    joinSearches(*m_desk->inbox()->saved(), saved.searches);
    connect(&m_desk->session(), &session::AccountSession::opened, this, &Accounts::opened);
    connect(&m_desk->session(), &session::AccountSession::connectionChanged, this,
            [this](const session::Connection &now) { m_log.note(now, systemNow()); });
    Q_EMIT deskChanged();
    m_desk->start();
}

/// Kept with the options: a cache that is cleared or set aside does not take them along.
void Accounts::joinSearches(window::SavedSearches &shown, const QList<account::SavedSearch> &kept)
{
    QList<window::SavedSearch> searches;
    for (const account::SavedSearch &search : kept)
        searches.append({search.name, search.query});
    shown.set(searches);
    connect(&shown, &window::SavedSearches::changed, this, [this, &shown] {
        m_parts.settings.update([&shown](Options &options) {
            options.account->searches.clear();
            for (const window::SavedSearch &search : shown.all())
                options.account->searches.append({search.name, search.query});
        });
    });
}

void Accounts::closeDesk()
{
    if (!m_desk)
        return;
    // Whoever shows it lets go of it first.
    const std::unique_ptr<AccountDesk> desk = std::move(m_desk);
    Q_EMIT deskChanged();
    desk->session().stop();
}

void Accounts::signOut()
{
    if (!m_tokens)
        return;
    const offline::Account account = m_parts.settings.options().account->account;
    m_parts.settings.update([](Options &options) {
        options.account->isSignedOut = true;
        options.account->searches.clear();
    });
    AccountTokens *tokens = m_tokens.release();
    closeDesk();
    tokens->setParent(this);
    auto *data = new LocalData(m_parts.caches, account, this);
    m_leaving += 2;
    tokens->signOut([this, tokens](const model::VoidResult &done) {
        if (!done)
            Q_EMIT leftSomething(tr("Your sign-in could not be removed from this computer: %1")
                                     .arg(session::errorText(done.error())));
        tokens->deleteLater();
        left();
    });
    data->clear([this, data](const model::Result<LocalData::Cleared> &done) {
        if (!done)
            Q_EMIT leftSomething(tr("Your inbox could not be removed from this computer: %1")
                                     .arg(session::errorText(done.error())));
        data->deleteLater();
        left();
    });
}

void Accounts::withoutDesk(const std::function<void(std::function<void()>)> &work)
{
    if (!m_desk)
        return;
    closeDesk();
    work([this] {
        if (m_tokens && !m_desk)
            openDesk();
    });
}

void Accounts::retryNow()
{
    if (m_tokens)
        m_tokens->retryNow();
}

// ---- the end

void Accounts::left()
{
    --m_leaving;
    if (m_finished)
        finish(std::exchange(m_finished, {}));
}

void Accounts::finish(std::function<void()> done)
{
    closeDesk();
    const bool isStoring = m_tokens && m_tokens->isStoring();
    if (m_leaving == 0 && !isStoring) {
        m_patience.stop();
        return done();
    }
    m_finished = std::move(done);
    if (isStoring) {
        const auto goOn = [this] {
            if (m_finished)
                finish(std::exchange(m_finished, {}));
        };
        connect(m_tokens.get(), &AccountTokens::stored, this, goOn, Qt::SingleShotConnection);
    }
    if (!m_patience.isActive())
        m_patience.start(patience);
}
} // namespace belfry::program

#include "moc_accounts.cpp"
