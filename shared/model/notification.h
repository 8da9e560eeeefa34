#pragma once

#include "model/engagement.h"
#include "model/strong_id.h"
#include "model/urgency.h"
#include "model/uuid.h"

#include <QList>

namespace belfry::model {
/// The next integer of a user's log, first 1, gap-free (semantics 3). 0: none yet.
using Seq = qint64;

/// Processing axis (semantics 1). Stored as the number: never renumber.
enum class State : quint8 {
    Accepted = 0,
    Held = 1,
    Queued = 2,
    Done = 3,
    Expired = 4,
    Recalled = 5,
    Cancelled = 6,
    Suppressed = 7,
    Dead = 8,
};

/// Why a notification or a delivery is held. On the notification only Scheduled (decisions H32).
enum class HoldReason : quint8 {
    None = 0,
    Scheduled = 1,
    Quiet = 2,
    Digest = 3,
    Throttled = 4,
    WaitingSeen = 5
};

/// Why nothing is shown. Stored as the number: never renumber.
enum class SuppressReason : quint8 {
    None = 0,
    Preference = 1,
    NoEndpoint = 2,
    ChannelNotConfigured = 3,
    OwnAction = 4
};

/// A button: `id` comes back with the click, `url` is opened (may be empty).
struct Action
{
    Text id;
    Text title;
    Text url;
    friend bool operator==(const Action &, const Action &) = default;
};

/// What the sender says; a collapse replaces it wholly (decisions H59), PATCH replaces some (H19).
struct Content
{
    Text type;               ///< category; "" = general
    Text title;              ///< at most 256 code points
    Text message;            ///< at most 4,096 code points
    Text data = "{}";        ///< validated JSON text, an object; kept byte for byte (H85)
    QList<Channel> channels; ///< empty: by category and preferences
    Text priority;           ///< as the sender said it; "" = not said
    Urgency urgency = Urgency::Normal;
    bool critical = false;
    bool ackRequired = false; ///< critical implies it (H61)
    Text collapseKey;
    Text dedupeKey;
    QList<Action> actions;
    std::optional<double> progress; ///< 0…1
    Text icon;
    Text link;
    Text source; ///< the app that speaks
    Text thread;
    Text actorId; ///< the user that caused it, as text
    friend bool operator==(const Content &, const Content &) = default;
};

/// The category of this type. Refers to `type`, or to a text that stays.
[[nodiscard]] const Text &categoryOf(const Text &type);

/// One per recipient. `createdSeq` places it in the list (H16), `seq` is its last change. Both 0 while it is
/// held or suppressed (H36, H86) and for a live-only one (H15).
struct Notification
{
    NotificationId id;
    std::optional<qint32> legacyId; ///< positive; only for those made or read through legacy routes (H43)
    UserId user;
    EventId event;
    Seq seq = 0;
    Seq createdSeq = 0;
    qint32 revision = 1;
    State state = State::Accepted;
    HoldReason holdReason = HoldReason::None;
    SuppressReason suppressReason = SuppressReason::None;
    bool toast = true; ///< false: alert `none` (H86)
    Instant createdAt;
    Instant updatedAt;
    MaybeInstant scheduledFor;
    MaybeInstant expiresAt;
    Content content;
    Engagement engagement;
    Text traceparent;
    friend bool operator==(const Notification &, const Notification &) = default;
};

/// Semantics 2: what the badge counts and the default list shows.
[[nodiscard]] bool isActive(const Notification &n);
/// Recalled: on the wire only `{id, gone: true}`, as for what was deleted for good or erased and has no value
/// any more (H21).
[[nodiscard]] bool isGone(const Notification &n);
} // namespace belfry::model
