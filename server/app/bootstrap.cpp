#include "app/bootstrap.h"

#include "auth/key.h"
#include "auth/scope.h"

#include <algorithm>

namespace belfry::app {
namespace {
using model::Result;
using model::VoidResult;

bool isLiveBootstrap(const ports::ApiKey &key)
{
    return key.bootstrap && !key.revokedAt;
}

ports::ApiKey bootstrapRow(const QByteArray &key, model::Instant now)
{
    ports::ApiKey row;
    row.id = model::Uuid::makeV7(now).toText();
    row.name = "bootstrap";
    row.hash = auth::hashKey(key);
    row.scopes = static_cast<quint32>(auth::allScopes.toInt());
    row.createdAt = now;
    row.bootstrap = true;
    return row;
}
} // namespace

ports::AuditEntry operatorEntry(const model::Text &action, const model::Text &key, model::Instant now)
{
    ports::AuditEntry entry;
    entry.at = now;
    entry.actor = "operator";
    entry.action = action;
    entry.target = "key:" + key;
    return entry;
}

void Bootstrap::run(runtime::Loop &home, bool make, Finish reply)
{
    m_directory.keys(
        home, [this, &home, make, reply = std::move(reply)](Result<std::vector<ports::ApiKey>> keys) mutable {
            if (!keys)
                return reply(tl::unexpected(keys.error()));
            if (!make || std::any_of(keys->begin(), keys->end(), isLiveBootstrap))
                return reply(Outcome{std::move(*keys), {}});
            makeKey(home, std::move(*keys), std::move(reply));
        });
}

void Bootstrap::makeKey(runtime::Loop &home, std::vector<ports::ApiKey> keys, Finish finish)
{
    const QByteArray key = auth::makeKey();
    // The file first: a key in the database whose text nobody has would be of no use after a crash in
    // between.
    if (const auto kept = m_dataDir.keepBootstrapKey(key); !kept)
        return finish(tl::unexpected(kept.error()));
    const ports::ApiKey row = bootstrapRow(key, m_clock.now());
    keys.push_back(row);
    m_directory.addKey(
        home, row, operatorEntry("key.create", row.id, row.createdAt),
        [outcome = Outcome{std::move(keys), key}, finish = std::move(finish)](VoidResult added) mutable {
            if (!added)
                return finish(tl::unexpected(added.error()));
            finish(std::move(outcome));
        });
}

void Bootstrap::rotate(runtime::Loop &home, Finish reply)
{
    m_directory.keys(
        home, [this, &home, reply = std::move(reply)](Result<std::vector<ports::ApiKey>> keys) mutable {
            if (!keys)
                return reply(tl::unexpected(keys.error()));
            std::vector<model::Text> old;
            for (const ports::ApiKey &key : *keys) {
                if (isLiveBootstrap(key))
                    old.push_back(key.id);
            }
            makeKey(home, std::move(*keys),
                    [this, &home, old = std::move(old),
                     reply = std::move(reply)](Result<Outcome> outcome) mutable {
                        if (!outcome)
                            return reply(tl::unexpected(outcome.error()));
                        revokeNext(home, std::move(old), std::move(*outcome), std::move(reply));
                    });
        });
}

void Bootstrap::revokeNext(runtime::Loop &home, std::vector<model::Text> ids, Outcome outcome, Finish finish)
{
    if (ids.empty())
        return finish(std::move(outcome));
    const model::Text id = ids.back();
    ids.pop_back();
    m_directory.revokeKey(home, {id, auth::allScopes.toInt(), true},
                          operatorEntry("key.revoke", id, m_clock.now()),
                          [this, &home, ids = std::move(ids), outcome = std::move(outcome),
                           finish = std::move(finish)](VoidResult revoked) mutable {
                              if (!revoked)
                                  return finish(tl::unexpected(revoked.error()));
                              revokeNext(home, std::move(ids), std::move(outcome), std::move(finish));
                          });
}
} // namespace belfry::app
