#include "service/keys.h"

#include "auth/key.h"
#include "service/access.h"

namespace belfry::service {
using model::ErrorCode;
using model::failField;

namespace {
QByteArray notYours(auth::Scopes scopes)
{
    return "a key gets only what its maker may give, and inboxes and preferences of others are no person's: "
           "leave out " +
           auth::scopeNames(scopes).join(", ");
}
} // namespace

Keys::Keys(ports::Store &store, auth::Authenticator &authenticator, const runtime::Clock &clock)
    : m_store(store)
    , m_authenticator(authenticator)
    , m_clock(clock)
{
}

void Keys::load(Loop &home, Reply<model::VoidResult> reply)
{
    m_store.directory().keys(home, [this, read = m_authenticator.nextKeyRead(), reply = std::move(reply)](
                                       model::Result<std::vector<ports::ApiKey>> keys) mutable {
        if (!keys)
            return reply(tl::unexpected(std::move(keys.error())));
        m_authenticator.setKeys(std::move(*keys), read);
        reply({});
    });
}

void Keys::follow(Loop &home, std::chrono::milliseconds every)
{
    if (m_store.isExclusive())
        return;
    home.after(every, [this, &home, every] {
        // A read that fails leaves what is known; the store itself tells why.
        load(home, [this, &home, every](const model::VoidResult &) { follow(home, every); });
    });
}

void Keys::followUses(Loop &home, std::chrono::milliseconds every)
{
    home.after(every, [this, &home, every] {
        noteUses(home);
        followUses(home, every);
    });
}

void Keys::noteUses(Loop &home)
{
    std::vector<ports::KeyUse> uses = m_authenticator.takeKeyUses();
    if (uses.empty())
        return;
    // A write that fails is no loss: the next use says more. The store itself tells why.
    m_store.directory().noteKeyUses(home, std::move(uses), m_clock.now(), [](const model::VoidResult &) {});
}

void Keys::list(Loop &home, const auth::Principal &who,
                Reply<model::Result<std::vector<ports::ApiKey>>> reply)
{
    if (auto allowed = requireScope(who, auth::Scope::AdminRead); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    m_store.directory().keys(home, std::move(reply));
}

void Keys::create(Loop &home, const auth::Principal &who, const model::Text &address, NewKey wish,
                  Reply<model::Result<Made>> reply)
{
    if (auto allowed = requireScope(who, auth::Scope::AdminWrite); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    const model::Instant now = m_clock.now();
    if (wish.name.isEmpty())
        return reply(failField(ErrorCode::Invalid, "/name", "must not be empty"));
    if (!wish.scopes)
        return reply(failField(ErrorCode::Invalid, "/scopes", "must name at least one scope"));
    if (const auth::Scopes above = wish.scopes & ~who.mayGrant())
        return reply(model::failField(ErrorCode::Forbidden, "/scopes", notYours(above)));
    if (wish.expiresAt && *wish.expiresAt <= now)
        return reply(failField(ErrorCode::Invalid, "/expires_at", "must be in the future"));

    Made made;
    made.key = auth::makeKey();
    made.record = {model::Uuid::makeV7(now).toText(),
                   std::move(wish.name),
                   auth::hashKey(made.key),
                   wish.scopes.toInt(),
                   now,
                   wish.expiresAt,
                   {},
                   wish.bootstrap};
    ports::ApiKey record = made.record;
    ports::AuditEntry entry = auditEntry(who, address, "key.create", now);
    entry.target = "key:" + record.id;
    entry.detail = auth::scopeNames(wish.scopes).join(' ');
    m_store.directory().addKey(
        home, std::move(record), std::move(entry),
        [this, &home, made = std::move(made), reply = std::move(reply)](model::VoidResult added) mutable {
            if (!added)
                return reply(tl::unexpected(std::move(added.error())));
            tell(home, std::move(made), std::move(reply));
        });
}

void Keys::tell(Loop &home, Made made, Reply<model::Result<Made>> reply)
{
    load(home, [made = std::move(made), reply = std::move(reply)](model::VoidResult loaded) mutable {
        if (!loaded)
            return reply(tl::unexpected(std::move(loaded.error())));
        reply(std::move(made));
    });
}

void Keys::rotate(Loop &home, const auth::Principal &who, const model::Text &address, const model::Text &id,
                  std::chrono::seconds overlap, Reply<model::Result<Made>> reply)
{
    if (auto allowed = requireScope(who, auth::Scope::AdminWrite); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    const model::Instant now = m_clock.now();
    const QByteArray key = auth::makeKey();
    ports::KeyRotation rotation{
        id, model::Uuid::makeV7(now).toText(), auth::hashKey(key), who.mayGrant().toInt(), overlap, now};
    ports::AuditEntry entry = auditEntry(who, address, "key.rotate", now);
    entry.target = "key:" + id;
    entry.detail = "replaced by key:" + rotation.nextId;
    m_store.directory().rotateKey(
        home, std::move(rotation), std::move(entry),
        [this, &home, key, reply = std::move(reply)](model::Result<ports::ApiKey> next) mutable {
            if (!next)
                return reply(tl::unexpected(std::move(next.error())));
            tell(home, Made{*std::move(next), key}, std::move(reply));
        });
}

void Keys::revoke(Loop &home, const auth::Principal &who, const model::Text &address, model::Text id,
                  Reply<model::VoidResult> reply)
{
    if (auto allowed = requireScope(who, auth::Scope::AdminWrite); !allowed)
        return reply(std::move(allowed));
    ports::AuditEntry entry = auditEntry(who, address, "key.revoke", m_clock.now());
    entry.target = "key:" + id;
    ports::KeyRevocation what{std::move(id), who.scopes.toInt(), who.role == model::Role::Owner};
    m_store.directory().revokeKey(home, std::move(what), std::move(entry),
                                  [this, &home, reply = std::move(reply)](model::VoidResult revoked) mutable {
                                      if (!revoked)
                                          return reply(std::move(revoked));
                                      load(home, std::move(reply));
                                  });
}
} // namespace belfry::service
