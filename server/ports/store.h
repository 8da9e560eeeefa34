#pragma once

#include "ports/directory.h"
#include "ports/inbox.h"
#include "ports/operations.h"
#include "ports/outbox.h"
#include "ports/people.h"
#include "ports/registry.h"
#include "ports/retention.h"
#include "ports/sessions.h"
#include "ports/webhooks.h"
#include "runtime/probe.h"

namespace belfry::ports {
/// Hears of every commit of this process after it is durable, before its replies are posted. Called on the
/// writer lane: hand over and return.
class CommitListener
{
public:
    virtual ~CommitListener() = default;
    virtual void committed(std::shared_ptr<const CommittedBatch> batch) = 0;
    /// The connection was lost while something of these users was being committed: whether it was, the store
    /// can't say. It answers again now, so whoever tells or keeps what commits brought has to read.
    virtual void doubted(const std::vector<model::UserId> &users) = 0;
};

struct StoreProbe
{
    runtime::Counter commits, writes, refusedFull, rowRetries, readerRuns;
    runtime::Histogram commitTime, queueTime, batchSize, readTime;
    runtime::Histogram publishToCommit; ///< of each write: from its arrival to its durable commit
    runtime::Histogram publishToSeen;   ///< in seconds: from a notification's creation to its first `seen`
    runtime::Gauge queueDepth, searchLag;
};

/// The truth: all tables, the user log. Made and stopped on the main thread.
class Store
{
public:
    virtual ~Store() = default;

    /// Opens, locks, migrates when told so, and loads what is needed. Errors: Conflict (another process has
    /// the data, with its pid; or a newer schema), Unavailable (cannot be opened, corrupt, read-only), each
    /// saying what to do.
    [[nodiscard]] virtual model::VoidResult start() = 0;
    /// Refuses new writes, finishes what is queued, ends its threads. Idempotent.
    virtual void stop() = 0;

    [[nodiscard]] virtual Inbox &inbox() = 0;
    [[nodiscard]] virtual Directory &directory() = 0;
    [[nodiscard]] virtual Webhooks &webhooks() = 0;
    [[nodiscard]] virtual Sessions &sessions() = 0;
    [[nodiscard]] virtual People &people() = 0;
    [[nodiscard]] virtual Operations &operations() = 0;
    [[nodiscard]] virtual Registry &registry() = 0;
    [[nodiscard]] virtual Retention &retention() = 0;

    /// At most one; set before start().
    virtual void setCommitListener(CommitListener *listener) = 0;
    /// From then on each change is a row of the outbox too, in its own transaction; without, nothing is
    /// written there. Set before start(); outlives the store.
    virtual void setOutboxEncoder(const OutboxEncoder *encoder) = 0;

    /// Only this process writes here, so that what is cached from commits is the truth (SQLite; PostgreSQL is
    /// shared).
    [[nodiscard]] virtual bool isExclusive() const = 0;
    /// Can it answer now? Kept up to date by its own threads; any thread.
    struct Health
    {
        bool ok = false;
        model::Text detail;
    };
    [[nodiscard]] virtual Health health() const = 0;
    [[nodiscard]] virtual StoreProbe &probe() = 0;
};
} // namespace belfry::ports
