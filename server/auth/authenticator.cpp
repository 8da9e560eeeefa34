#include "auth/authenticator.h"

#include "auth/key.h"
#include "auth/token.h"

#include <QMessageAuthenticationCode>
#include <atomic>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>
#include <unordered_set>

namespace belfry::auth {
using model::ErrorCode;
using model::fail;
using model::Result;

namespace {
constexpr Scopes anonymousScopes = Scopes(Scope::NotifyWrite) | Scope::InboxRead | Scope::InboxWrite |
                                   Scope::PrefsRead | Scope::PrefsWrite | Scope::UsersWrite;

/// Owners are made by owners and by who has the machine: else an admin would become one by a key.
Principal principalOf(const ports::ApiKey &key)
{
    const Scopes scopes = Scopes::fromInt(key.scopes);
    const model::Role role =
        key.bootstrap ? model::Role::Owner : std::min(highestRoleWithin(scopes), model::Role::Admin);
    return {Principal::Kind::Key, key.id, key.name, {}, scopes, key.expiresAt, role, key.id};
}

Principal personOf(const model::UserId &user, model::MaybeInstant until, model::Role role = model::Role::User)
{
    return {Principal::Kind::User, user.text, user.text, user, scopesOf(role), until, role};
}

/// A key, and when it was used: written by the thread of each request, so as seldom as will do.
struct KnownKey
{
    explicit KnownKey(ports::ApiKey known)
        : key(std::move(known))
    {
    }
    void use(model::Instant now)
    {
        constexpr qint64 second = 1'000'000;
        if (now.us - usedAt.load(std::memory_order_relaxed) >= second)
            usedAt.store(now.us, std::memory_order_relaxed);
    }

    const ports::ApiKey key;
    std::atomic<qint64> usedAt{0}; ///< 0: not since it was taken
};

/// What is known of those who have signed in.
struct SignedIn
{
    struct Session
    {
        model::UserId user;
        model::Role role = model::Role::User;
    };
    std::unordered_map<model::Text, Session> privileged;
    std::unordered_set<model::Text> ended;

    [[nodiscard]] model::Role roleOf(const TokenClaims &claims) const
    {
        const auto found = privileged.find(claims.session);
        const bool isTheirs = found != privileged.end() && found->second.user == claims.subject;
        return isTheirs ? found->second.role : model::Role::User;
    }
};

/// Two dots and no key prefix: a JWT. A key of ours has none; BELFRY_ADMIN_KEY was compared before.
bool looksLikeToken(QByteArrayView text)
{
    return std::count(text.begin(), text.end(), '.') == 2;
}
} // namespace

class Authenticator::Private
{
public:
    Private(AuthSettings given, ports::Cache &givenCache, const runtime::Clock &givenClock)
        : settings(std::move(given))
        , adminHash(settings.adminKey.isEmpty() ? QByteArray() : hashKey(settings.adminKey))
        , cache(givenCache)
        , clock(givenClock)
        , trust(std::make_shared<TokenTrust>(TokenTrust{settings.jwtSecret, {}}))
    {
    }

    [[nodiscard]] Result<Principal> fromKey(QByteArrayView key) const;
    [[nodiscard]] std::shared_ptr<const TokenTrust> trustNow() const;
    [[nodiscard]] std::shared_ptr<const SignedIn> signedInNow() const;
    [[nodiscard]] Result<Principal> personFrom(const TokenClaims &claims) const;

    const AuthSettings settings;
    const QByteArray adminHash;
    ports::Cache &cache;
    const runtime::Clock &clock;

    mutable std::shared_mutex mutex;
    std::shared_ptr<const TokenTrust> trust;
    std::function<void()> unknownTokenKey;
    std::unordered_map<QByteArray, std::unique_ptr<KnownKey>> keysByHash;
    std::unordered_map<model::Text, const KnownKey *> keysById;
    std::mutex watchersMutex;
    std::vector<KeyWatcher *> watchers;
    std::uint64_t keysRead = 0; ///< the read that they came from
    std::atomic<std::uint64_t> keyReads{0};
    std::shared_ptr<const SignedIn> signedIn = std::make_shared<SignedIn>();
    std::uint64_t standingsRead = 0;
    std::atomic<std::uint64_t> standingsReads{0};
};

std::shared_ptr<const TokenTrust> Authenticator::Private::trustNow() const
{
    const std::shared_lock lock(mutex);
    return trust;
}

std::shared_ptr<const SignedIn> Authenticator::Private::signedInNow() const
{
    const std::shared_lock lock(mutex);
    return signedIn;
}

Result<Principal> Authenticator::Private::personFrom(const TokenClaims &claims) const
{
    if (claims.session.isEmpty())
        return personOf(claims.subject, claims.expiresAt);
    const auto known = signedInNow();
    if (known->ended.contains(claims.session))
        return fail(ErrorCode::Unauthenticated, "token: its session has ended; sign in again");
    return personOf(claims.subject, claims.expiresAt, known->roleOf(claims));
}

Result<Principal> Authenticator::Private::fromKey(QByteArrayView key) const
{
    // By hash: how long the look-up takes tells nothing of the keys themselves.
    const QByteArray hash = hashKey(key);
    if (!adminHash.isEmpty() && hash == adminHash)
        return Principal{Principal::Kind::Key, "admin-key", "admin", {}, allScopes, {}, model::Role::Owner};
    const std::shared_lock lock(mutex);
    const auto found = keysByHash.find(hash);
    if (found == keysByHash.end() || found->second->key.revokedAt)
        return fail(ErrorCode::Unauthenticated,
                    "key: unknown or revoked; make one with `belfryd keys create`");
    KnownKey &known = *found->second;
    const model::Instant now = clock.now();
    if (known.key.expiresAt && *known.key.expiresAt <= now)
        return fail(ErrorCode::Unauthenticated,
                    "key: has expired; make a new one with `belfryd keys create`");
    known.use(now);
    return principalOf(known.key);
}

Authenticator::Authenticator(AuthSettings settings, ports::Cache &cache, const runtime::Clock &clock)
    : d(std::make_unique<Private>(std::move(settings), cache, clock))
{
}

Authenticator::~Authenticator() = default;

std::uint64_t Authenticator::nextKeyRead()
{
    return ++d->keyReads;
}

void Authenticator::setKeys(std::vector<ports::ApiKey> keys, std::uint64_t read)
{
    std::unordered_map<QByteArray, std::unique_ptr<KnownKey>> byHash;
    std::unordered_map<model::Text, const KnownKey *> byId;
    for (ports::ApiKey &key : keys) {
        const QByteArray hash = key.hash;
        const auto known = byHash.insert_or_assign(hash, std::make_unique<KnownKey>(std::move(key))).first;
        byId.insert_or_assign(known->second->key.id, known->second.get());
    }
    bool changed = false;
    {
        const std::unique_lock lock(d->mutex);
        if (read < d->keysRead)
            return;
        d->keysRead = read;
        for (const auto &[hash, known] : d->keysByHash) {
            const auto same = byHash.find(hash);
            if (same == byHash.end()) {
                changed = true;
                continue;
            }
            same->second->usedAt = known->usedAt.load(); // what was not taken yet
            changed |= same->second->key.revokedAt != known->key.revokedAt ||
                       same->second->key.expiresAt != known->key.expiresAt;
        }
        d->keysByHash.swap(byHash);
        d->keysById.swap(byId);
    }
    if (!changed)
        return;
    const std::lock_guard lock(d->watchersMutex);
    for (KeyWatcher *watcher : d->watchers)
        watcher->keysChanged();
}

KeyStanding Authenticator::standingOf(const model::Text &key) const
{
    if (key.isEmpty())
        return {};
    const std::shared_lock lock(d->mutex);
    const auto found = d->keysById.find(key);
    if (found == d->keysById.end() || found->second->key.revokedAt)
        return {false, {}};
    const model::MaybeInstant end = found->second->key.expiresAt;
    return {!end || *end > d->clock.now(), end};
}

void Authenticator::watchKeys(KeyWatcher &watcher) const
{
    const std::lock_guard lock(d->watchersMutex);
    d->watchers.push_back(&watcher);
}

void Authenticator::unwatchKeys(KeyWatcher &watcher) const
{
    const std::lock_guard lock(d->watchersMutex);
    std::erase(d->watchers, &watcher);
}

std::vector<ports::KeyUse> Authenticator::takeKeyUses()
{
    std::vector<ports::KeyUse> uses;
    const std::shared_lock lock(d->mutex);
    for (const auto &[hash, known] : d->keysByHash) {
        if (const qint64 at = known->usedAt.exchange(0); at != 0)
            uses.push_back({known->key.id, {at}});
    }
    return uses;
}

std::uint64_t Authenticator::nextStandingsRead()
{
    return ++d->standingsReads;
}

void Authenticator::setStandings(const ports::Standings &standings, std::uint64_t read)
{
    auto known = std::make_shared<SignedIn>();
    for (const ports::Standings::Privileged &session : standings.privileged)
        known->privileged.insert_or_assign(session.id, SignedIn::Session{session.user, session.role});
    known->ended.insert(standings.ended.begin(), standings.ended.end());
    const std::unique_lock lock(d->mutex);
    if (read < d->standingsRead)
        return;
    d->standingsRead = read;
    d->signedIn = std::move(known);
}

void Authenticator::setTokenKeys(std::vector<VerifyKey> keys)
{
    auto trust = std::make_shared<TokenTrust>(TokenTrust{d->settings.jwtSecret, std::move(keys)});
    const std::unique_lock lock(d->mutex);
    d->trust = std::move(trust);
}

void Authenticator::onUnknownTokenKey(std::function<void()> listener)
{
    d->unknownTokenKey = std::move(listener);
}

Result<Principal> Authenticator::fromHeader(QByteArrayView authorization) const
{
    constexpr QByteArrayView scheme("bearer ");
    if (authorization.size() <= scheme.size() ||
        authorization.first(scheme.size()).compare(scheme, Qt::CaseInsensitive) != 0)
        return fail(ErrorCode::Unauthenticated, "Authorization: must be `Bearer` and a key or token");
    return fromToken(authorization.sliced(scheme.size()).trimmed());
}

Result<Principal> Authenticator::fromToken(QByteArrayView token) const
{
    auto byKey = d->fromKey(token);
    if (byKey || !looksLikeToken(token))
        return byKey;
    const auto trust = d->trustNow();
    const auto claims = readToken(token, *trust, d->clock.now());
    if (!claims) {
        if (d->unknownTokenKey && namesUnknownKey(token, *trust))
            d->unknownTokenKey();
        return tl::unexpected(claims.error());
    }
    return d->personFrom(*claims);
}

Result<Principal> Authenticator::fromTicket(QByteArrayView ticket) const
{
    const model::Instant now = d->clock.now();
    const auto holder = d->cache.takeTicket(hashKey(ticket), now);
    if (!holder)
        return fail(ErrorCode::Unauthenticated, "ticket: unknown, used or older than 30 s; get a new one");
    const KeyStanding standing = standingOf(holder->key);
    const model::MaybeInstant end = holder->key.isEmpty() ? holder->endsAt : standing.expiresAt;
    if (!standing.isGood || (end && *end <= now))
        return fail(ErrorCode::Unauthenticated,
                    "ticket: what it was made with has expired or was revoked; get a new one");
    Principal who = personOf(holder->user, end);
    who.key = holder->key;
    return who;
}

Result<Principal> Authenticator::anonymous(const Surroundings &surroundings) const
{
    if (!d->settings.legacyOpenOnLoopback || !opensLegacyRoutes(surroundings))
        return fail(ErrorCode::Unauthenticated, "Authorization: a key or token is required");
    const model::Text id = "anonymous@" + surroundings.peer;
    return Principal{Principal::Kind::Anonymous, id, "anonymous", {}, anonymousScopes, {}, {}};
}

QByteArray Authenticator::makeTicket(const model::UserId &user, model::MaybeInstant endsAt,
                                     const model::Text &key) const
{
    QByteArray ticket = randomText(24);
    d->cache.keepTicket(hashKey(ticket), {user, endsAt, key},
                        d->clock.now() + std::chrono::seconds(ticketSeconds));
    return ticket;
}

QByteArray Authenticator::fingerprint(QByteArrayView text) const
{
    // A key of its own: what is signed with the secret itself is a token.
    const QByteArray key = QMessageAuthenticationCode::hash("belfry: fingerprints", d->settings.jwtSecret,
                                                            QCryptographicHash::Sha256);
    QMessageAuthenticationCode code(QCryptographicHash::Sha256, key);
    code.addData(text.data(), text.size());
    return code.result();
}

QByteArray Authenticator::makeToken(const model::UserId &user, const model::Text &session) const
{
    const model::Instant now = d->clock.now();
    return writeToken({user, now, now + tokenLife, {}, session}, d->settings.jwtSecret);
}
} // namespace belfry::auth
