#pragma once

#include "model/result.h"
#include "model/text.h"
#include "model/uuid.h"
#include "runtime/loop.h"

#include <map>
#include <optional>

namespace belfry::ports {
/// How long what is kept (semantics 20); nothing: for ever. What a rule gives a time of its own stands with
/// that rule: answers to an Idempotency-Key, ids of ops, dedupe keys.
struct Keeping
{
    using Life = std::optional<model::Duration>;

    Life notifications = model::days(90); ///< since their arrival in the list; but never before they are over
    std::map<model::Text, Life> categories; ///< the same, where notifications of a type have another one
    Life deleted = model::days(30);         ///< by their users, since then: so long it can be undone
    Life log = model::days(30);
    Life deliveries = model::days(30);  ///< since they ended well, or were of no use any more
    Life deadLetters = model::days(90); ///< since they died
    Life audit = model::days(365);      ///< at least a year: the database holds on to it by itself
    Life outbox = model::days(7);       ///< what no relay marked as published; what one did goes at once
};

/// What is swept by itself, in the order in which it is best done.
enum class Shelf {
    Records, ///< answers, ids of ops, dedupe keys, sessions that ended, the audit log, deliveries, the outbox
    Logs,    ///< user logs: their floor rises (H80)
    Deleted,
    Notifications,
};

/// One piece of work: a read and a transaction of few rows.
struct SweepStep
{
    /// Where the last step stopped; {} = from the beginning.
    struct Place
    {
        qint64 user = 0;
        model::NotificationId item;
        friend bool operator==(const Place &, const Place &) = default;
    };

    Shelf shelf = Shelf::Records;
    Keeping keeping{};
    model::Instant now;
    int limit = 64; ///< rows of each table that it removes
    Place from{};
};

struct Swept
{
    int removed = 0;
    bool done = true; ///< the shelf holds nothing else that is over its time
    SweepStep::Place next{};
};

/// Removes what is over its time. Nobody is told of it: what goes was in no count, and the log has an entry
/// for each seq from its floor on, as before. A step is one transaction, so that it can be killed at any
/// time; several servers may sweep one database. Threads, replies and common errors as Inbox.
class Retention
{
public:
    virtual ~Retention() = default;

    virtual void sweep(runtime::Loop &home, SweepStep step, runtime::Reply<model::Result<Swept>> reply) = 0;
};
} // namespace belfry::ports
