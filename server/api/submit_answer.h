#pragma once

#include "ports/submit.h"

namespace belfry::api {
/// Which words an accepted notification is answered with.
enum class SubmitShape : quint8 {
    One,   ///< 201 `{message, data: item}`; 200 when one stands already (S1, H14, H59)
    Many,  ///< 201 `{data: {event_id, notifications: [{id, user_id, seq}]}}` (H14)
    Job,   ///< 202 `{data: {event_id}}`
    S2,    ///< 200 `{message, id, seq}`
    S4,    ///< 200 `{message}`
    Event, ///< 202 `{data: [{id, status, notification_ids}]}` (H49)
};

/// Everything an answer needs besides the result; a value, because it travels to the writer lane.
struct SubmitAnswer
{
    SubmitShape shape = SubmitShape::One;
    QList<model::Text> ignored; ///< for meta.ignored (H13)
    model::Text requestId;
    model::Text event{}; ///< SubmitShape::Event: the CloudEvent's id
    /// SubmitShape::One: what stood there before is shown whole, not just that it stands: whoever asks may
    /// read that inbox (H98). One's own words are shown in any case.
    bool readsInbox = false;

    /// Pure; any thread. 404 when nobody whom it names is known (H05).
    [[nodiscard]] ports::StoredAnswer render(const ports::SubmitResult &result) const;
    /// The same as one element of a batch's answer: `{"status", "data"}` or `{"status", "problem"}`.
    [[nodiscard]] ports::StoredAnswer renderElement(const ports::SubmitResult &result) const;
    [[nodiscard]] QByteArray renderFailure(const model::Error &error) const;
};

/// The element of a batch's answer for what was not even tried; `event` where it was a CloudEvent.
[[nodiscard]] QByteArray failedElement(const model::Error &error, const model::Text &requestId,
                                       const std::optional<model::Text> &event);
} // namespace belfry::api
