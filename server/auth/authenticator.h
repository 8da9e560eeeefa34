#pragma once

#include "auth/key_set.h"
#include "auth/principal.h"
#include "auth/surroundings.h"
#include "model/result.h"
#include "ports/cache.h"
#include "ports/directory.h"
#include "ports/people.h"
#include "runtime/clock.h"

#include <QByteArrayView>
#include <cstdint>
#include <functional>
#include <memory>

namespace belfry::auth {
struct AuthSettings
{
    /// BELFRY_ADMIN_KEY: valid only while it is set, never stored (H90). Empty: none.
    QByteArray adminKey;
    /// HS256 secret (H02).
    QByteArray jwtSecret;
    /// `legacy_open = loopback|never`.
    bool legacyOpenOnLoopback = true;
};

/// How an API key stands by now.
struct KeyStanding
{
    bool isGood = true; ///< neither revoked nor gone nor over
    model::MaybeInstant expiresAt;
};

/// Hears that keys stand otherwise: some are good no more, or end at another time.
class KeyWatcher
{
public:
    virtual ~KeyWatcher() = default;
    /// Any thread, under a lock: hand over and return.
    virtual void keysChanged() = 0;
};

/// Turns credentials into principals. Any thread; never blocks: keys are held in memory (few), verified by
/// their hash.
class Authenticator
{
public:
    Authenticator(AuthSettings settings, ports::Cache &cache, const runtime::Clock &clock);
    ~Authenticator();

    /// The number of a read of the keys; to be taken before it begins.
    [[nodiscard]] std::uint64_t nextKeyRead();
    /// Replaces the keys it knows: at start, and after each change of them. What an older read brings late is
    /// ignored: else a revoked key would live again.
    void setKeys(std::vector<ports::ApiKey> keys, std::uint64_t read);
    void setKeys(std::vector<ports::ApiKey> keys) { setKeys(std::move(keys), nextKeyRead()); }

    /// Of Principal::key; empty: there is none, so it is good.
    [[nodiscard]] KeyStanding standingOf(const model::Text &key) const;
    /// From now on until it is told no more; not from within keysChanged(). A read that changes nothing for
    /// the keys that were there tells nobody.
    void watchKeys(KeyWatcher &watcher) const;
    void unwatchKeys(KeyWatcher &watcher) const;

    /// When keys were used, about to the second, since this was asked last.
    [[nodiscard]] std::vector<ports::KeyUse> takeKeyUses();

    /// The same of who has signed in: sessions with a role, and sessions that have ended lately.
    [[nodiscard]] std::uint64_t nextStandingsRead();
    void setStandings(const ports::Standings &standings, std::uint64_t read);

    /// Replaces the public keys whose tokens are believed beside those of the secret.
    void setTokenKeys(std::vector<VerifyKey> keys);
    /// Called on the thread of a request whose token names a key that is not there. Set before requests come.
    void onUnknownTokenKey(std::function<void()> listener);

    /// From the value of an Authorization header. Unauthenticated: no, bad, expired or revoked credential.
    [[nodiscard]] model::Result<Principal> fromHeader(QByteArrayView authorization) const;
    /// From a bare token: a `hello`, a `refresh`. One of a session that has ended is good no more; one of a
    /// session with a role has that one's rights.
    [[nodiscard]] model::Result<Principal> fromToken(QByteArrayView token) const;
    /// Uses a ticket up (H27).
    [[nodiscard]] model::Result<Principal> fromTicket(QByteArrayView ticket) const;
    /// The built-in principal of the legacy routes, where these surroundings open them; Unauthenticated
    /// elsewhere.
    [[nodiscard]] model::Result<Principal> anonymous(const Surroundings &surroundings) const;

    /// A one-use ticket for 30 s; what it opens ends at `endsAt`, with the credential of who asked for it, or
    /// with that one's `key`.
    [[nodiscard]] QByteArray makeTicket(const model::UserId &user, model::MaybeInstant endsAt,
                                        const model::Text &key = {}) const;
    static constexpr int ticketSeconds = 30;

    /// HMAC-SHA256 of something that may hold a password, under a secret that is not in the database: who has
    /// only that cannot try passwords against it (decisions H57). The same for as long as jwtSecret is.
    [[nodiscard]] QByteArray fingerprint(QByteArrayView text) const;

    /// A token of access for the person of this session (decisions H63).
    [[nodiscard]] QByteArray makeToken(const model::UserId &user, const model::Text &session) const;
    /// So long the end of a session has to be remembered.
    static constexpr std::chrono::seconds tokenLife{900};

private:
    class Private;
    std::unique_ptr<Private> d;
};
} // namespace belfry::auth
