#pragma once

#include "domain/state_merge.h"
#include "ports/directory.h"
#include "ports/outbox.h"

#include <vector>

namespace belfry::store {
/// A user's integer inside one database; never leaves this module, except as the opaque cursor of "all
/// users".
using UserKey = qint64;

/// What every write of a user's inbox locks and changes: the counter row.
struct UserRow
{
    UserKey key = 0; ///< 0: there is no such user
    model::UserId id;
    model::Seq head = 0;
    model::Seq floor = 1;
    model::Counts counts;
    domain::ReadUpTo allRead;
    friend bool operator==(const UserRow &, const UserRow &) = default;
};

/// A notification and, while its `createdSeq` is above 0, also the log entry of that seq. `createdSeq` is the
/// place in the list; a renotify moves it and leaves a LogRow of kind Created at the old one, so that the log
/// keeps no hole.
struct NotificationRow
{
    UserKey user = 0;
    model::Notification item; ///< item.user is always filled
    model::Text rule;         ///< the decision's matched rule, for the timeline
    bool renotify = false;    ///< held: where its release collapses, that one asks for attention anew (H59)
    bool outward = false;     ///< it has deliveries, which follow what becomes of it
    bool collapsed = false;   ///< cancelled by its release: its content went into the one that stands (H59)
    friend bool operator==(const NotificationRow &, const NotificationRow &) = default;
};

/// Which columns of a stored notification changed.
enum RowPart : quint8 {
    NoPart = 0,
    EngagementPart = 1, ///< engagement, seq, updatedAt
    EverythingPart = 3, ///< all of it; also: the search index has to look at it again
};

/// An entry of the user log that is no notification's own row. A LogRow wins over a notification row with the
/// same seq.
struct LogRow
{
    UserKey user = 0;
    model::Seq seq = 0;
    model::ChangeKind kind = model::ChangeKind::Updated;
    model::Instant at;
    model::Alert alert = model::Alert::None;
    std::optional<model::NotificationId> item; ///< Created, Updated, Expired, Recalled
    model::Text payload;                       ///< State, Preferences, Alert: see log_codec.h; else empty
    friend bool operator==(const LogRow &, const LogRow &) = default;
};

/// A kept answer (semantics 7).
struct AnswerRow
{
    ports::IdempotencyKey key;
    ports::StoredAnswer answer;
    model::Instant at;
};

/// An op that was applied; idempotent for 7 days (semantics 16).
struct OpRow
{
    UserKey user = 0;
    model::OpApplied applied;
    model::Instant at;
};

/// The item that a repeat with this dedupe key finds.
struct DedupeRow
{
    UserKey user = 0;
    model::Text key;
    model::Instant at; ///< when the key was accepted: the window counts from there
    model::NotificationId item;
};

/// The same, with the item itself.
struct DedupedRow
{
    model::Instant at;
    NotificationRow row;
};

/// A change, as the outbox keeps it.
struct OutboxRow
{
    /// Its `aggregatetype`: what a router makes a topic of.
    static constexpr char stream[] = "notifications";

    ports::OutboxMessage message;
    model::UserId user; ///< the key of its stream
    model::Instant at;
};

struct CursorRow
{
    UserKey user = 0;
    model::DeviceId device;
    model::Seq seq = 0;
    model::Instant at;
    friend bool operator==(const CursorRow &, const CursorRow &) = default;
};

/// A broadcast or topic job and how far it is.
struct JobRow
{
    qint64 key = 0;         ///< ascending: the oldest is worked on first
    model::TopicName topic; ///< empty: everybody
    model::Text payload;    ///< see job_codec.h
    qint64 last = 0;        ///< user key (everybody) or subscription key (topic) that was done last
    qint64 bound = 0;       ///< the highest such key at acceptance: later ones are no recipients (H14)
    model::Instant at;
};

/// A recipient of a job with the place at which it stands in storage order.
struct JobTarget
{
    qint64 place = 0;
    UserKey key = 0;
    model::UserId user;
};

struct KeyRow
{
    ports::ApiKey key;
    model::Text replacedBy; ///< id of the key that took its place; empty: none
};

struct PreferencesRow
{
    model::Text etag;     ///< empty: never written
    model::Text document; ///< see preferences_codec.h
};

struct DueRow
{
    ports::DueKind kind = ports::DueKind::Expire;
    model::Instant at;
    NotificationRow row;
};
} // namespace belfry::store
