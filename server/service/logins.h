#pragma once

#include "auth/authenticator.h"
#include "ports/store.h"
#include "service/login_attempts.h"
#include "service/password_work.h"
#include "service/standings.h"

namespace belfry::service {
using runtime::Loop;
using runtime::Reply;

/// People sign in with mail and password, and stay signed in on that device by a refresh token that changes
/// with each use (semantics 19, decisions H63). Any loop. Nobody has to be signed in already.
class Logins
{
public:
    Logins(ports::Store &store, ports::Cache &cache, PasswordWork &passwords, Standings &standings,
           const auth::Authenticator &authenticator, const runtime::Clock &clock);

    struct Wish
    {
        model::Text email;
        model::Text password;
        model::DeviceId device;
        Origin from;
    };
    struct Granted
    {
        model::UserId user;
        QByteArray accessToken;
        QByteArray refreshToken;
        std::chrono::seconds expiresIn = auth::Authenticator::tokenLife;
    };
    /// Unauthenticated: the same answer after the same time for an unknown mail, a wrong password, and a user
    /// who has none; who has the right one and is disabled is told so. RateLimited, Overloaded.
    void login(Loop &home, Wish wish, Reply<model::Result<Granted>> reply);
    /// Unauthenticated: unknown, ended, expired, or used before (which ends the session). The token before
    /// the last one is taken for `lostAnswerGrace` after its use, for a client that never saw the answer;
    /// what that answer held is void then.
    void refresh(Loop &home, const QByteArray &token, Origin from, Reply<model::Result<Granted>> reply);
    /// Ends the session of this token. No error tells whether there was one (RFC 7009, section 2.2).
    void logout(Loop &home, const QByteArray &token, const Origin &from, Reply<model::VoidResult> reply);

    static constexpr model::Duration sessionLife = model::days(30); ///< since its token was last used
    static constexpr std::chrono::seconds lostAnswerGrace{30};

private:
    void checkPassword(Loop &home, Wish wish, std::optional<ports::Account> account,
                       Reply<model::Result<Granted>> reply);
    void refuse(Loop &home, const Wish &wish, const std::optional<ports::Account> &account, bool fits,
                Reply<model::Result<Granted>> reply);
    void tell(Loop &home, Granted grant, Reply<model::Result<Granted>> reply);
    void open(Loop &home, Wish wish, const ports::Account &account, Reply<model::Result<Granted>> reply);
    [[nodiscard]] Granted granted(const model::UserId &user, const model::Text &session,
                                  QByteArray refreshToken) const;

    ports::Store &m_store;
    PasswordWork &m_passwords;
    Standings &m_standings;
    const auth::Authenticator &m_authenticator;
    const runtime::Clock &m_clock;
    LoginAttempts m_attempts;
};
} // namespace belfry::service
