#pragma once

#include "model/change.h"
#include "ports/submit.h"
#include "runtime/loop.h"

namespace belfry::ports {
using model::Result;
using runtime::Loop;
using runtime::Reply;

/// Which items a list shows (decisions H16). What is over its time leaves it with its `expired` entry, in one
/// step with the counts and the log, not before (semantics 2 and 4): so a list asks no clock.
enum class ListState { Active, Unread, Read, Archived, Snoozed, Scheduled, Deleted, All };

/// Where one stands among the scheduled ones, which have no seq before their release.
struct DuePlace
{
    model::Instant at;
    model::NotificationId id;
    friend auto operator<=>(const DuePlace &, const DuePlace &) = default;
};

struct InboxQuery
{
    model::UserId user;
    ListState state = ListState::Active;
    model::Text type;   ///< empty: every category
    model::Text search; ///< empty: no search; words as typed (H87)
    int limit = 50;     ///< 1–500
    int offset = 0;
    model::Seq before = 0; ///< cursor: only createdSeq < before; 0 = from the newest
    DuePlace after; ///< cursor of the scheduled ones: only what stands behind it; {} = from the soonest
};

struct InboxPage
{
    std::vector<model::Notification> items; ///< newest first by createdSeq (scheduled ones: soonest first)
    model::Seq nextBefore = 0;              ///< 0: this was the last page
    std::optional<DuePlace> nextAfter;      ///< of the scheduled ones; nothing: this was the last page
    model::Seq head = 0;                    ///< the user's seq for which the page holds
    model::Counts counts;                   ///< at `head`
};

/// Where a user's log stands.
struct LogState
{
    model::Seq head = 0;  ///< 0: a user without changes, or unknown
    model::Seq floor = 1; ///< first seq that is kept (H80)
    model::Counts counts;
};

struct LogPage
{
    LogState state;
    std::vector<model::Change> changes; ///< ascending, one for each seq, no hole
};

struct OpsResult
{
    std::vector<model::OpApplied> applied; ///< in the order of the ops
    model::Seq head = 0;
    model::Counts counts;
};

/// What the due-queue has to do to one notification now (server/schedule).
enum class DueKind : quint8 { Release, Expire, Unsnooze };

struct DueItem
{
    DueKind kind = DueKind::Expire;
    model::Instant at;
    model::Notification item;
};

struct DueBatch
{
    std::vector<DueItem> items; ///< ascending by `at`, all <= now
    bool hasMore = false;       ///< others may be due now: the batch was full, by number or by bytes (H114)
    model::MaybeInstant next;   ///< the earliest that is later than now
};

/// A due item with the decision for its release; anything that changed meanwhile (cancelled, recalled,
/// settled by another node) is left alone.
struct Settle
{
    DueKind kind = DueKind::Expire;
    model::NotificationId id;
    model::UserId user;
    Recipient decision; ///< Release only
};

/// One step of what happened to a notification (H35).
struct TraceStep
{
    model::Instant at;
    model::Text
        step; ///< accepted, decided, held, released, committed, collapsed, updated, seen, read, expired …
    model::Text channel;
    model::Text rule;
    model::Text detail;
};

/// One try to deliver.
struct Attempt
{
    model::Instant at;
    model::Text outcome; ///< for people: "HTTP 204", "HTTP 503", "connection refused"
    friend bool operator==(const Attempt &, const Attempt &) = default;
};

/// A way to one endpoint (delivery axis, semantics 1).
struct Delivery
{
    model::Text id; ///< empty: the channel has no endpoint
    model::Channel channel = model::Channel::InApp;
    model::Text endpoint;
    model::Text state;
    model::Text rule;
    model::Text reason;
    std::vector<Attempt> attempts; ///< the last 20
    model::MaybeInstant nextAt;    ///< of the next one
};

struct Timeline
{
    model::Notification item;
    std::vector<TraceStep> trace;
    std::vector<Delivery> deliveries;
};

/// Notifications, the user log, ops. Calls may come from any loop; replies come on `home`. Writes answer
/// after the commit (accepted means durable) and in the order in which one loop made them. Errors: Overloaded
/// (full queue, with retryAfter), Unavailable (the database is away, full or read-only), and those named at
/// the call.
class Inbox
{
public:
    virtual ~Inbox() = default;

    // Writes, through the writer lane.
    /// Conflict/IdempotencyReuse by the idempotency key.
    virtual void submit(Loop &home, Submit submit, Reply<Result<SubmitResult>> reply) = 0;
    /// NotFound; Conflict when recalled, expired or cancelled; Invalid when it would leave no text, or an end
    /// that is over or comes before the release.
    virtual void patch(Loop &home, Patch patch, Reply<Result<model::Notification>> reply) = 0;
    /// NotFound. A repeat answers the same without a change.
    virtual void recall(Loop &home, model::NotificationId id, model::Instant now,
                        Reply<Result<model::Notification>> reply) = 0;
    /// NotFound; Conflict when it is not held. A repeat answers the same without a change.
    virtual void cancel(Loop &home, model::NotificationId id, model::Instant now,
                        Reply<Result<model::Notification>> reply) = 0;
    /// NotFound when all of them name ids and none of these is known. All ops or none.
    virtual void applyOps(Loop &home, model::UserId user, std::vector<model::Op> ops, model::Instant now,
                          Reply<Result<OpsResult>> reply) = 0;
    /// Moves a device's delivered cursor forward (contiguous ack; never back). Batched and not awaited by
    /// anyone: a cursor that is lost in a crash costs a repeat, nothing else.
    virtual void moveCursor(model::UserId user, model::DeviceId device, model::Seq seq,
                            model::Instant now) = 0;
    virtual void settle(Loop &home, std::vector<Settle> items, model::Instant now,
                        Reply<Result<int>> reply) = 0;

    // Reads, on the readers.
    virtual void list(Loop &home, InboxQuery query, Reply<Result<InboxPage>> reply) = 0;
    /// NotFound.
    virtual void item(Loop &home, model::NotificationId id, Reply<Result<model::Notification>> reply) = 0;
    /// The item of this user with this legacy id. NotFound.
    virtual void itemByLegacyId(Loop &home, model::UserId user, qint32 legacyId,
                                Reply<Result<model::Notification>> reply) = 0;
    /// Gives legacy ids to those of `ids` that have none (H43); answers all, in order.
    virtual void assignLegacyIds(Loop &home, std::vector<model::NotificationId> ids,
                                 Reply<Result<std::vector<qint32>>> reply) = 0;
    /// Where the logs of these users stand, in order; unknown users have head 0.
    virtual void logStates(Loop &home, std::vector<model::UserId> users,
                           Reply<Result<std::vector<LogState>>> reply) = 0;
    /// Changes with seq > since, at most `limit`. LogReset when since > head or since < floor − 1.
    virtual void log(Loop &home, model::UserId user, model::Seq since, int limit,
                     Reply<Result<LogPage>> reply) = 0;
    virtual void due(Loop &home, model::Instant now, int limit, Reply<Result<DueBatch>> reply) = 0;
    /// NotFound.
    virtual void timeline(Loop &home, model::NotificationId id, Reply<Result<Timeline>> reply) = 0;
};
} // namespace belfry::ports
