#pragma once

#include "ports/submit.h"

namespace belfry::api {
/// Which words an accepted notification is answered with.
enum class SubmitShape : quint8 {
    One,  ///< 201 `{message, data: item}`; 200 when one stands already (S1, H14, H59)
    Many, ///< 201 `{data: {event_id, notifications: [{id, user_id, seq}]}}` (H14)
    Job,  ///< 202 `{data: {event_id}}`
    S2,   ///< 200 `{message, id, seq}`
    S4,   ///< 200 `{message}`
};

/// Everything an answer needs besides the result; a value, because it travels to the writer lane.
struct SubmitAnswer
{
    SubmitShape shape = SubmitShape::One;
    QList<model::Text> ignored; ///< for meta.ignored (H13)
    model::Text requestId;

    /// Pure; any thread. 404 when nobody whom it names is known (H05).
    [[nodiscard]] ports::StoredAnswer render(const ports::SubmitResult &result) const;
    /// The same as one element of a batch's answer: `{"status", "data"}` or `{"status", "problem"}`.
    [[nodiscard]] ports::StoredAnswer renderElement(const ports::SubmitResult &result) const;
};

/// The element of a batch's answer for what was not even tried.
[[nodiscard]] QByteArray failedElement(const model::Error &error, const model::Text &requestId);
} // namespace belfry::api
