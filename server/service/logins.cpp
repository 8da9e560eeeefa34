#include "service/logins.h"

#include "auth/refresh_token.h"
#include "model/uuid.h"
#include "service/users.h"

namespace belfry::service {
using model::ErrorCode;
using Grant = model::Result<Logins::Granted>;

namespace {
auto wrongPassword()
{
    return model::fail(ErrorCode::Unauthenticated, "email or password is wrong");
}

auto isDisabled()
{
    return model::fail(ErrorCode::Unauthenticated, "this account is disabled; ask your administrator");
}

ports::AuditEntry loginEntry(const Logins::Wish &wish, model::Instant now)
{
    ports::AuditEntry entry;
    entry.at = now;
    entry.actor = "nobody";
    entry.action = "login";
    entry.address = wish.from.address;
    return entry;
}
} // namespace

Logins::Logins(ports::Store &store, ports::Cache &cache, PasswordWork &passwords, Standings &standings,
               const auth::Authenticator &authenticator, const runtime::Clock &clock)
    : m_store(store)
    , m_passwords(passwords)
    , m_standings(standings)
    , m_authenticator(authenticator)
    , m_clock(clock)
    , m_attempts(cache)
{
}

void Logins::login(Loop &home, Wish wish, Reply<Grant> reply)
{
    wish.email = foldedEmail(wish.email);
    if (auto allowed = m_attempts.begin(wish.email, wish.from); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    const model::Text email = wish.email;
    m_store.sessions().account(home, email,
                               [this, &home, wish = std::move(wish), reply = std::move(reply)](
                                   model::Result<std::optional<ports::Account>> account) mutable {
                                   if (!account) {
                                       m_attempts.forgive(wish.email, wish.from);
                                       return reply(tl::unexpected(std::move(account.error())));
                                   }
                                   checkPassword(home, std::move(wish), std::move(*account),
                                                 std::move(reply));
                               });
}

void Logins::checkPassword(Loop &home, Wish wish, std::optional<ports::Account> account, Reply<Grant> reply)
{
    QByteArray hash = account ? account->passwordHash : QByteArray();
    model::Text password = std::move(wish.password);
    m_passwords.check(home, std::move(hash), std::move(password),
                      [this, &home, wish = std::move(wish), account = std::move(account),
                       reply = std::move(reply)](model::Result<bool> fits) mutable {
                          if (fits && (!*fits || account->disabled))
                              return refuse(home, wish, account, *fits, std::move(reply));
                          m_attempts.forgive(wish.email, wish.from);
                          if (!fits)
                              return reply(tl::unexpected(std::move(fits.error())));
                          open(home, std::move(wish), *account, std::move(reply));
                      });
}

void Logins::refuse(Loop &home, const Wish &wish, const std::optional<ports::Account> &account, bool fits,
                    Reply<Grant> reply)
{
    ports::AuditEntry entry = loginEntry(wish, m_clock.now());
    entry.done = false;
    // Not what was typed: some type their password into the wrong field.
    entry.detail = fits ? "disabled" : account ? "wrong password" : "unknown account";
    if (account)
        entry.target = "user:" + account->user.text;
    m_store.sessions().note(home, std::move(entry),
                            [fits, reply = std::move(reply)](const model::VoidResult &noted) mutable {
                                if (!noted)
                                    return reply(tl::unexpected(noted.error()));
                                reply(fits ? isDisabled() : wrongPassword());
                            });
}

void Logins::open(Loop &home, Wish wish, const ports::Account &account, Reply<Grant> reply)
{
    const model::UserId &user = account.user;
    const model::Instant now = m_clock.now();
    auth::RefreshToken token = auth::makeRefreshToken();
    ports::Session session;
    session.id = model::Uuid::makeV7(now).toText();
    session.user = user;
    session.device = std::move(wish.device);
    session.address = wish.from.address;
    session.createdAt = session.usedAt = now;
    session.expiresAt = now + sessionLife;
    ports::AuditEntry entry = loginEntry(wish, now);
    entry.actor = "user:" + user.text;
    entry.target = "session:" + session.id;
    Granted grant = granted(user, session.id, std::move(token.text));
    m_store.sessions().open(home, std::move(session), std::move(token.hashes), std::move(entry),
                            [this, &home, role = account.role, grant = std::move(grant),
                             reply = std::move(reply)](model::VoidResult opened) mutable {
                                if (!opened && opened.error().code == ErrorCode::NotFound)
                                    return reply(wrongPassword()); // gone since the password was looked at
                                if (!opened)
                                    return reply(tl::unexpected(std::move(opened.error())));
                                if (role == model::Role::User)
                                    return reply(std::move(grant));
                                tell(home, std::move(grant), std::move(reply));
                            });
}

/// The first request with the new token shall have the rights of its role.
void Logins::tell(Loop &home, Granted grant, Reply<Grant> reply)
{
    m_standings.load(home,
                     [grant = std::move(grant), reply = std::move(reply)](model::VoidResult loaded) mutable {
                         if (!loaded)
                             return reply(tl::unexpected(std::move(loaded.error())));
                         reply(std::move(grant));
                     });
}

void Logins::refresh(Loop &home, const QByteArray &token, Origin from, Reply<Grant> reply)
{
    if (auto allowed = m_attempts.look(from); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    const auto shown = auth::readRefreshToken(token);
    if (!shown) {
        m_attempts.failed(from);
        return reply(model::fail(ErrorCode::Unauthenticated, "refresh_token: is none; sign in again"));
    }
    auth::RefreshToken next = auth::nextRefreshToken(token);
    const model::Instant now = m_clock.now();
    ports::Rotation rotation{*shown,          next.hashes.secret, now, now + sessionLife,
                             lostAnswerGrace, from.address};
    m_store.sessions().rotate(home, std::move(rotation),
                              [this, from = std::move(from), text = std::move(next.text),
                               reply = std::move(reply)](model::Result<ports::Session> session) mutable {
                                  if (!session && session.error().code == ErrorCode::Unauthenticated)
                                      m_attempts.failed(from);
                                  if (!session)
                                      return reply(tl::unexpected(std::move(session.error())));
                                  reply(granted(session->user, session->id, std::move(text)));
                              });
}

void Logins::logout(Loop &home, const QByteArray &token, const Origin &from, Reply<model::VoidResult> reply)
{
    const auto shown = auth::readRefreshToken(token);
    if (!shown)
        return reply({});
    ports::AuditEntry entry;
    entry.at = m_clock.now();
    entry.action = "logout";
    entry.address = from.address;
    m_store.sessions().close(home, *shown, std::move(entry), std::move(reply));
}

Logins::Granted Logins::granted(const model::UserId &user, const model::Text &session,
                                QByteArray refreshToken) const
{
    return {user, m_authenticator.makeToken(user, session), std::move(refreshToken)};
}
} // namespace belfry::service
