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

    /// A one-use ticket for 30 s; what it opens ends at `endsAt`, with the credential of who asked for it.
    [[nodiscard]] QByteArray makeTicket(const model::UserId &user, model::MaybeInstant endsAt) const;
    static constexpr int ticketSeconds = 30;

    /// A token of access for the person of this session (decisions H63).
    [[nodiscard]] QByteArray makeToken(const model::UserId &user, const model::Text &session) const;
    /// So long the end of a session has to be remembered.
    static constexpr std::chrono::seconds tokenLife{900};

private:
    class Private;
    std::unique_ptr<Private> d;
};
} // namespace belfry::auth
