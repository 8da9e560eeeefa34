#pragma once

#include "model/event_filter.h"
#include "model/result.h"
#include "runtime/loop.h"

namespace belfry::ports {
struct EventPage
{
    std::vector<model::Notification> items;    ///< newest first by when they were made
    std::optional<model::NotificationId> next; ///< `before` of the next page; nothing: this was the last one
};

/// What waits somewhere.
struct Backlog
{
    qint64 depth = 0; ///< at most countedBacklog + 1: then there is more
    model::MaybeInstant oldest;
    friend bool operator==(const Backlog &, const Backlog &) = default;
};
inline constexpr qint64 countedBacklog = 10'000;

struct Backlogs
{
    Backlog deliveries;  ///< to webhooks, or under way; oldest: when it was due
    Backlog deadLetters; ///< oldest: when it died
    Backlog broadcasts;  ///< and topic sends; oldest: when it was accepted
    Backlog outbox;      ///< not marked as published; oldest: when it changed
};

/// What operators look at. Threads, replies and common errors as Inbox.
class Operations
{
public:
    virtual ~Operations() = default;

    /// Of all users, those with an id below `before` (nothing: from the newest). Looks at a bounded number of
    /// rows: a page may be short, even empty, and still have a next one.
    virtual void events(runtime::Loop &home, model::EventFilter filter,
                        std::optional<model::NotificationId> before, int limit,
                        runtime::Reply<model::Result<EventPage>> reply) = 0;
    virtual void backlogs(runtime::Loop &home, runtime::Reply<model::Result<Backlogs>> reply) = 0;
};
} // namespace belfry::ports
