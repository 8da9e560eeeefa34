#pragma once

#include "auth/principal.h"
#include "ports/store.h"

namespace belfry::service {
using runtime::Loop;
using runtime::Reply;

/// The beginning of an entry: who does it, and from where.
[[nodiscard]] ports::AuditEntry auditEntry(const auth::Principal &who, const model::Text &address,
                                           const model::Text &action, model::Instant now);

/// What the audit log tells (semantics 19). There is no call that changes it. Any loop.
class Audit
{
public:
    explicit Audit(ports::Store &store)
        : m_store(store)
    {
    }

    /// Writes down what was done already; `then` runs when it is durable. An entry that can't be written is
    /// told to the server's own log, whole.
    void note(Loop &home, ports::AuditEntry entry, runtime::Task then);

    /// Newest first, those before the place `before` (0: from the newest); `limit` is kept within 1–500.
    /// Scope admin:read.
    void page(Loop &home, const auth::Principal &who, qint64 before, qint64 limit,
              Reply<model::Result<std::vector<ports::AuditEntry>>> reply);

private:
    ports::Store &m_store;
};
} // namespace belfry::service
