#pragma once

#include "account/exchange.h"
#include "account/secret_vault.h"
#include "client/backoff.h"
#include "client/live_session.h"
#include "session/token_source.h"

#include <QTimer>

namespace belfry::account {
struct TokenSettings
{
    offline::Account account;
    client::ServerTrust trust{};
    /// False: the secret lives as long as the program ("keep me signed in" is off).
    bool isKept = true;
};

/// The tokens of one account. An access token is renewed a minute before it ends, or when the server refused
/// it; whoever asks meanwhile gets the answer of that one renewal. A refresh token is good once (H63), so the
/// next one goes into the vault as soon as it is there: a program that is killed in between shows the old one
/// again, which the server takes for 30 s.
///
/// To be offline is not to be signed out: while the server can't be asked the last access token is handed
/// out, so that the session waits for the server as it does otherwise; renewals are tried again by backoff,
/// and renewed() tells when the session should ask anew. Only the server's own no ends the sign-in.
///
/// One thread; nothing waits.
class AccountTokens : public QObject, public session::TokenSource
{
    Q_OBJECT
public:
    static constexpr std::chrono::seconds margin{60};

    /// The vault outlives this.
    AccountTokens(TokenSettings settings, SecretVault &vault, client::Surroundings surroundings = {},
                  QObject *parent = nullptr);

    /// Just signed in; stored where it is to be kept.
    void adopt(const Secret &secret);
    void ask(Why why, Answer answer) override;
    /// The network is there again, or the person wants it: a renewal that waits is tried now.
    void retryNow();
    /// Tells the server where it can be reached, forgets the secret everywhere and then calls back: with an
    /// error when something of it is still kept on this computer. Nobody is signed in from the call on.
    void signOut(SecretVault::Done done);

    /// The next token is on its way into the vault: a program that ends now had better wait a moment.
    [[nodiscard]] bool isStoring() const { return m_isStoring; }

Q_SIGNALS:
    /// There is a newer token than the one that was handed out: for AccountSession::askToken().
    void renewed();
    /// The server ended this sign-in, or a pasted token ended: the cache stays readable, the person is asked.
    void ended(const belfry::model::Error &why);
    /// The secret could not be kept: the person will have to sign in again at the next start.
    void notKept(const belfry::model::Error &why);
    void stored();

private:
    enum class State { Unknown, Loading, SignedIn, Renewing, SignedOut };

    void load();
    void loaded(const model::Result<Secret> &secret);
    void serve();
    void renew();
    void renewalEnded(const Outcome &outcome);
    void renewalDelayed(std::chrono::milliseconds atLeast);
    void store();
    void end(const model::Error &why);
    void answerAll(const model::Result<model::Text> &token);
    void armRenewal();
    [[nodiscard]] bool isDue() const;

    const TokenSettings m_settings;
    SecretVault &m_vault;
    client::Surroundings m_surroundings;
    client::Backoff m_backoff;
    Exchange m_exchange;
    QTimer m_timer; ///< for the next renewal, or the next try of one

    State m_state = State::Unknown;
    Secret m_secret;
    model::Text m_handedOut;
    bool m_isRefused = false; ///< the server did not take m_secret.access
    bool m_isDelayed = false; ///< the last renewal failed, and the next try is waited for
    bool m_isStoring = false;
    bool m_storesAgain = false; ///< it changed while it was stored
    model::Error m_whyOut;
    std::vector<Answer> m_waiting;
};
} // namespace belfry::account
