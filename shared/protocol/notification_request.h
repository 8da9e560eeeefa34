#pragma once

#include "model/notification.h"
#include "model/result.h"
#include "protocol/form.h"

#include <QByteArrayView>
#include <chrono>
#include <vector>

namespace belfry::protocol {
/// Body of POST /notifications, checked: lengths, scales, exactly one kind of recipient, times that fit each
/// other (semantics 8–10, 18; decisions H13–H15, H36, H55, H58, H61, H85). Whether users, topic and template
/// exist, and who may say what, is decided later.
struct NotificationRequest
{
    std::vector<model::UserId> users; ///< without repeats, in the order of the body
    bool many = false;                ///< it was `user_ids`: the answer is a list
    model::TopicName topic;
    bool broadcast = false;

    model::Content content; ///< type "general" when none was given; critical ⇒ ackRequired and urgency high
    bool urgencyGiven = false; ///< else the category's
    bool ackGiven = false;
    model::MaybeInstant scheduledFor; ///< may lie in the past: now
    model::MaybeInstant expiresAt;
    std::optional<std::chrono::seconds> ttl;
    bool renotify = false;
    model::Duration dedupeWindow = model::days(1);
    model::Text templateName;
    model::Text params = "{}"; ///< validated JSON text, an object

    /// Only members that S1 knows: all that an anonymous caller may use (H08).
    bool legacyFieldsOnly = true;
    QList<model::Text> ignored; ///< unknown members, for meta.ignored (H13); at most 20

    /// ttl 0: to who is connected now, not stored (H15).
    [[nodiscard]] bool isLiveOnly() const { return ttl == std::chrono::seconds(0); }
    /// When it ends by the sender's word: ttl counts from the due time (H36). Nothing: the category's or the
    /// default.
    [[nodiscard]] model::MaybeInstant expiry(model::Instant now) const;

    friend bool operator==(const NotificationRequest &, const NotificationRequest &) = default;
};

inline constexpr std::size_t maxRecipients = 1000;

/// What a wrapping says of the body in it.
struct NotificationDefaults
{
    std::optional<model::UserId> user; ///< where the body names no recipient of any kind
    model::Text type;                  ///< not empty: instead of the body's
    model::Text dedupeKey;             ///< where the body gives none
    model::Text source;                ///< where the body gives none
};

/// Malformed: not JSON. Invalid: every bad member with its pointer and how to mend it. `now` bounds
/// scheduled_for (at most a year ahead).
[[nodiscard]] model::Result<NotificationRequest> parseNotification(QByteArrayView json, model::Instant now,
                                                                   const NotificationDefaults &defaults = {});

/// The same from a form: numbers, true/false and JSON members as text; `user_ids` and `channels` may repeat.
[[nodiscard]] model::Result<NotificationRequest> parseNotification(const Form &form, model::Instant now);
} // namespace belfry::protocol
