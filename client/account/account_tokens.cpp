#include "account/account_tokens.h"

#include "protocol/answers.h"
#include "protocol/session_requests.h"

#include <QDateTime>
#include <QPointer>
#include <QRandomGenerator>
#include <algorithm>

namespace belfry::account {
using model::ErrorCode;
using model::Instant;

namespace {
constexpr std::chrono::hours longestRenewalTimer{24};
constexpr std::chrono::seconds leastBetween{30}; // however short a server makes them
const model::Error nobody{ErrorCode::Unauthenticated, "nobody is signed in", {}, {}};

client::Surroundings systemWhereUnset(client::Surroundings surroundings)
{
    if (!surroundings.now)
        surroundings.now = [] { return Instant{QDateTime::currentMSecsSinceEpoch() * 1000}; };
    if (!surroundings.random)
        surroundings.random = [] { return QRandomGenerator::global()->generateDouble(); };
    return surroundings;
}

/// The server's own word, not that of a proxy or a hotel's sign-in page.
bool isServersNo(const Outcome &outcome)
{
    if (outcome.end != Outcome::End::Answered || !outcome.problem)
        return false;
    const ErrorCode code = outcome.problem->error.code;
    return code == ErrorCode::Unauthenticated || code == ErrorCode::Forbidden || code == ErrorCode::Invalid;
}
} // namespace

AccountTokens::AccountTokens(TokenSettings settings, SecretVault &vault, client::Surroundings surroundings,
                             QObject *parent)
    : QObject(parent)
    , m_settings(std::move(settings))
    , m_vault(vault)
    , m_surroundings(systemWhereUnset(std::move(surroundings)))
    , m_backoff(m_surroundings.random)
    , m_whyOut(nobody)
{
    qRegisterMetaType<model::Error>();
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_isDelayed = false;
        if (m_state == State::SignedIn && m_secret.kind == Secret::Kind::Session)
            renew();
    });
}

void AccountTokens::adopt(const Secret &secret)
{
    m_exchange.cancel();
    m_secret = secret;
    m_state = State::SignedIn;
    m_isRefused = m_isDelayed = false;
    m_backoff.reset();
    if (m_settings.isKept)
        store();
    armRenewal();
    serve();
}

void AccountTokens::ask(Why why, Answer answer)
{
    if (why == Why::Refused && m_secret.access == m_handedOut)
        m_isRefused = true;
    m_waiting.push_back(std::move(answer));
    if (m_state == State::Unknown)
        load();
    else
        serve();
}

void AccountTokens::load()
{
    m_state = State::Loading;
    m_vault.load(m_settings.account,
                 [alive = QPointer<AccountTokens>(this)](const model::Result<Secret> &secret) {
                     if (alive && alive->m_state == State::Loading)
                         alive->loaded(secret);
                 });
}

void AccountTokens::loaded(const model::Result<Secret> &secret)
{
    if (!secret) {
        const bool isNobody = secret.error().code == ErrorCode::NotFound;
        m_whyOut = isNobody ? nobody : secret.error();
        m_state = isNobody ? State::SignedOut : State::Unknown; // the next who asks asks the vault again
        return answerAll(tl::unexpected(m_whyOut));
    }
    m_isRefused = m_isRefused && secret->access == m_handedOut;
    m_secret = *secret;
    m_state = State::SignedIn;
    armRenewal();
    serve();
}

/// Answers who waits, or begins what the answer needs.
void AccountTokens::serve()
{
    if (m_waiting.empty() || m_state == State::Loading || m_state == State::Renewing)
        return;
    if (m_state == State::SignedOut)
        return answerAll(tl::unexpected(m_whyOut));
    if (!isDue())
        return answerAll(m_secret.access);
    if (m_secret.kind != Secret::Kind::Session)
        return end({ErrorCode::Unauthenticated, "the server does not take this token any more", {}, {}});
    if (m_isDelayed)
        return answerAll(m_secret.access); // offline: see the class
    renew();
}

bool AccountTokens::isDue() const
{
    return m_isRefused || (m_secret.accessEnds && *m_secret.accessEnds - margin <= m_surroundings.now());
}

void AccountTokens::retryNow()
{
    if (!std::exchange(m_isDelayed, false))
        return;
    m_timer.stop();
    renew();
}

void AccountTokens::renew()
{
    m_timer.stop();
    m_state = State::Renewing;
    m_exchange.ask({"POST",
                    m_settings.account.server,
                    "/api/v1/token/refresh",
                    protocol::encodeRefresh(m_secret.refresh),
                    {},
                    m_settings.trust},
                   [this](const Outcome &outcome) { renewalEnded(outcome); });
}

void AccountTokens::renewalEnded(const Outcome &outcome)
{
    m_state = State::SignedIn;
    const auto grant = protocol::parseSessionGrant(outcome.body);
    if (outcome.isGood() && grant) {
        const Instant now = m_surroundings.now();
        m_secret = {Secret::Kind::Session, grant->accessToken, now + grant->expiresIn, grant->refreshToken,
                    now};
        m_isRefused = false;
        m_backoff.reset();
        if (m_settings.isKept)
            store();
        armRenewal();
        const bool isAwaited = !m_waiting.empty();
        serve();
        if (!isAwaited)
            Q_EMIT renewed();
        return;
    }
    if (isServersNo(outcome))
        return end({ErrorCode::Unauthenticated, "this sign-in has ended: sign in again", {}, {}});
    std::chrono::milliseconds atLeast{0};
    if (outcome.problem)
        atLeast = outcome.problem->error.retryAfter.value_or(std::chrono::seconds(0));
    renewalDelayed(atLeast);
}

void AccountTokens::renewalDelayed(std::chrono::milliseconds atLeast)
{
    m_isDelayed = true;
    m_timer.start(std::max(m_backoff.lost(m_surroundings.now()), atLeast));
    serve();
}

/// In the background: who asked can work with the new token at once.
void AccountTokens::store()
{
    if (std::exchange(m_isStoring, true)) {
        m_storesAgain = true;
        return;
    }
    m_vault.store(m_settings.account, m_secret,
                  [alive = QPointer<AccountTokens>(this)](const model::VoidResult &result) {
                      if (!alive)
                          return;
                      alive->m_isStoring = false;
                      if (std::exchange(alive->m_storesAgain, false))
                          return alive->store();
                      if (!result)
                          Q_EMIT alive->notKept(result.error());
                      if (alive)
                          Q_EMIT alive->stored();
                  });
}

void AccountTokens::end(const model::Error &why)
{
    m_timer.stop();
    m_secret = {};
    m_isRefused = m_isDelayed = m_storesAgain = false;
    m_state = State::SignedOut;
    m_whyOut = why;
    m_vault.forget(m_settings.account,
                   [](const model::VoidResult &) { /* what may be left is good for nothing */ });
    Q_EMIT ended(why);
    answerAll(tl::unexpected(why));
}

void AccountTokens::signOut(SecretVault::Done done)
{
    const Secret secret = std::exchange(m_secret, {});
    m_exchange.cancel();
    m_timer.stop();
    m_isRefused = m_isDelayed = m_storesAgain = false;
    m_state = State::SignedOut;
    m_whyOut = nobody;
    answerAll(tl::unexpected(m_whyOut));
    const auto forget = [this, done = std::move(done)](const Outcome &) {
        // Not reached: the server's session ends by itself (H63), what is kept here goes now.
        m_vault.forget(m_settings.account, done);
    };
    if (secret.refresh.isEmpty())
        return forget({});
    m_exchange.ask({"POST",
                    m_settings.account.server,
                    "/api/v1/logout",
                    protocol::encodeRefresh(secret.refresh),
                    {},
                    m_settings.trust},
                   forget);
}

void AccountTokens::answerAll(const model::Result<model::Text> &token)
{
    if (token)
        m_handedOut = *token;
    const QPointer<AccountTokens> alive(this);
    for (const Answer &answer : std::exchange(m_waiting, {})) {
        answer(token);
        if (!alive)
            return;
    }
}

void AccountTokens::armRenewal()
{
    if (!m_secret.accessEnds)
        return m_timer.stop();
    const Instant due = std::max(*m_secret.accessEnds - margin, m_secret.storedAt + leastBetween);
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(due - m_surroundings.now());
    m_timer.start(
        std::clamp<std::chrono::milliseconds>(wait, std::chrono::milliseconds(0), longestRenewalTimer));
}
} // namespace belfry::account

#include "moc_account_tokens.cpp"
