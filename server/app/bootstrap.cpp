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

void Bootstrap::makeMissing(runtime::Loop &home, Made reply)
{
    m_directory.keys(
        home, [this, &home, reply = std::move(reply)](Result<std::vector<ports::ApiKey>> keys) mutable {
            if (!keys)
                return reply(tl::unexpected(keys.error()));
            if (std::any_of(keys->begin(), keys->end(), isLiveBootstrap))
                return reply(QByteArray());
            makeKey(home, std::move(reply));
        });
}

void Bootstrap::makeKey(runtime::Loop &home, Made reply)
{
    const QByteArray key = auth::makeKey();
    // The file first: a key in the database whose text nobody has would be of no use after a crash in
    // between.
    if (const auto kept = m_dataDir.keepBootstrapKey(key); !kept)
        return reply(tl::unexpected(kept.error()));
    const ports::ApiKey row = bootstrapRow(key, m_clock.now());
    m_directory.addKey(home, row, operatorEntry("key.create", row.id, row.createdAt),
                       [key, reply = std::move(reply)](const VoidResult &added) mutable {
                           reply(added.map([&] { return QByteArray(key); }));
                       });
}

void Bootstrap::rotate(runtime::Loop &home, Made reply)
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
            makeKey(home, [this, &home, old = std::move(old),
                           reply = std::move(reply)](Result<QByteArray> made) mutable {
                if (!made)
                    return reply(std::move(made));
                revokeNext(home, std::move(old), *std::move(made), std::move(reply));
            });
        });
}

void Bootstrap::revokeNext(runtime::Loop &home, std::vector<model::Text> ids, QByteArray made, Made reply)
{
    if (ids.empty())
        return reply(std::move(made));
    const model::Text id = ids.back();
    ids.pop_back();
    m_directory.revokeKey(home, {id, auth::allScopes.toInt(), true},
                          operatorEntry("key.revoke", id, m_clock.now()),
                          [this, &home, ids = std::move(ids), made = std::move(made),
                           reply = std::move(reply)](VoidResult revoked) mutable {
                              if (!revoked)
                                  return reply(tl::unexpected(revoked.error()));
                              revokeNext(home, std::move(ids), std::move(made), std::move(reply));
                          });
}
} // namespace belfry::app
