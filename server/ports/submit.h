#pragma once

#include "model/notification.h"
#include "model/result.h"

#include <functional>
#include <memory>
#include <vector>

namespace belfry::ports {
/// Whose repeat of which request (semantics 7, decisions H57). The answer is stored in the same transaction
/// as what it answers for.
struct IdempotencyKey
{
    model::Text scope;   ///< key id, or "anonymous@peer", + route
    model::Text key;     ///< 1–255 characters
    QByteArray bodyHash; ///< SHA-256 of content type and raw body
};

/// An answer as it was given.
struct StoredAnswer
{
    int status = 0;
    QByteArray contentType;
    QByteArray body;
    friend bool operator==(const StoredAnswer &, const StoredAnswer &) = default;
};

/// A way out of the house that was decided on: to a webhook (semantics 11).
struct Way
{
    model::Uuid endpoint;
    model::SuppressReason reason = model::SuppressReason::None; ///< else nothing goes there
    model::Text rule;                                           ///< the matched one
    friend bool operator==(const Way &, const Way &) = default;
};

/// One recipient of a submit, with what was decided for it (semantics 11).
struct Recipient
{
    model::UserId user;
    model::NotificationId id;
    bool inApp = true; ///< false: stored as suppressed, no seq (H86)
    bool toast = true; ///< false: alert `none`
    model::SuppressReason reason = model::SuppressReason::None;
    model::Text rule;      ///< the matched rule, kept for the timeline
    std::vector<Way> ways; ///< beside inbox and toast; nothing where no webhook is registered
};

enum class SubmitOutcome : quint8 {
    Created,
    Scheduled,    ///< held until its time: no seq yet
    Suppressed,   ///< stored (unless live only), not shown
    Collapsed,    ///< replaced an active one: same id, revision + 1
    Deduplicated, ///< an earlier one with the same dedupe key stands; nothing was done
    UnknownUser,  ///< users are not made on first use
};

struct SubmittedItem
{
    SubmitOutcome outcome = SubmitOutcome::Created;
    /// As stored; for Deduplicated the earlier one; for UnknownUser only `user` is set.
    model::Notification item;
};

struct SubmitResult
{
    model::EventId event;
    std::vector<SubmittedItem> items;     ///< in the order of Submit::recipients
    std::optional<StoredAnswer> replayed; ///< set: a repeat, nothing was done, this is the answer
};

/// One accepted request: content once, recipients many (at most 1,000). All or nothing.
struct Submit
{
    model::EventId event;
    std::shared_ptr<const model::Content> content;
    std::vector<Recipient> recipients;
    model::Instant now;
    model::MaybeInstant scheduledFor; ///< in the future: held
    model::MaybeInstant expiresAt;
    model::Duration dedupeWindow = model::days(1);
    bool renotify = false;
    bool legacyId = false; ///< give each a legacy id (H43)
    bool makeUsers = true; ///< users on first use (H05)
    model::Text traceparent;
    std::optional<IdempotencyKey> idempotency;
    /// Writes the answer that is stored with the key; pure; runs on the writer lane inside the transaction.
    /// Only used with `idempotency`.
    std::function<StoredAnswer(const SubmitResult &)> render;
};

/// What PATCH may change (H19); absent = stays.
struct Patch
{
    model::NotificationId id;
    std::optional<model::Text> title;
    std::optional<model::Text> message;
    std::optional<model::Text> data;
    std::optional<std::optional<double>> progress;
    std::optional<QList<model::Action>> actions;
    std::optional<model::Text> icon;
    std::optional<model::Text> link;
    std::optional<model::Urgency> urgency;
    std::optional<model::MaybeInstant> expiresAt; ///< null: the default, counted from its arrival
    bool renotify = false;
    model::Instant now;
};
} // namespace belfry::ports
