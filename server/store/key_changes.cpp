#include "store/key_changes.h"

#include <algorithm>

namespace belfry::store {
using model::ErrorCode;

namespace {
Result<KeyRow> lockedKey(WriteTx &tx, const model::Text &id)
{
    auto found = tx.lockKey(id);
    if (!found)
        return tl::unexpected(found.error());
    if (!*found)
        return model::fail(ErrorCode::NotFound, "there is no such key");
    return **std::move(found);
}

VoidResult checkRotation(const KeyRow &row, const ports::KeyRotation &wish)
{
    if ((row.key.scopes & ~wish.mayGrant) != 0)
        return model::fail(ErrorCode::Forbidden, "a key grants only scopes that it has itself");
    if (row.key.bootstrap)
        return model::fail(ErrorCode::Conflict,
                           "this is the bootstrap key: `belfryd keys rotate-bootstrap` replaces it");
    if (row.key.revokedAt || (row.key.expiresAt && *row.key.expiresAt <= wish.now))
        return model::fail(ErrorCode::Conflict, "this key is no longer good: make a new one");
    if (!row.replacedBy.isEmpty())
        return model::fail(ErrorCode::Conflict, "this key was rotated before: rotate " + row.replacedBy);
    return {};
}
} // namespace

VoidResult revokeStored(WriteTx &tx, const ports::KeyRevocation &what, const ports::AuditEntry &entry)
{
    const auto row = lockedKey(tx, what.id);
    if (!row)
        return tl::unexpected(row.error());
    if ((row->key.scopes & ~what.mayEnd) != 0)
        return model::fail(ErrorCode::Forbidden,
                           "this key has scopes that you lack: who has them all may revoke it");
    if (row->key.bootstrap && !what.mayEndBootstrap)
        return model::fail(
            ErrorCode::Forbidden,
            "this is the bootstrap key: an owner, itself, or a command on the machine revokes it");
    if (row->key.revokedAt)
        return {};
    if (auto done = tx.revokeKey(what.id, entry.at); !done)
        return done;
    return tx.sessions().note(entry);
}

Result<ports::ApiKey> rotateStored(WriteTx &tx, const ports::KeyRotation &wish,
                                   const ports::AuditEntry &entry)
{
    auto row = lockedKey(tx, wish.id);
    if (!row)
        return tl::unexpected(row.error());
    if (auto allowed = checkRotation(*row, wish); !allowed)
        return tl::unexpected(allowed.error());
    ports::ApiKey next = row->key;
    next.id = wish.nextId;
    next.hash = wish.nextHash;
    next.createdAt = wish.now;
    if (next.expiresAt)
        next.expiresAt = wish.now + (*row->key.expiresAt - row->key.createdAt);
    const model::Instant end = wish.now + wish.overlap;
    row->key.expiresAt = std::min(end, row->key.expiresAt.value_or(end));
    row->replacedBy = next.id;
    if (auto done = tx.insertKey(next); !done)
        return tl::unexpected(done.error());
    if (auto done = tx.replaceKey(*row); !done)
        return tl::unexpected(done.error());
    if (auto done = tx.sessions().note(entry); !done)
        return tl::unexpected(done.error());
    return next;
}
} // namespace belfry::store
