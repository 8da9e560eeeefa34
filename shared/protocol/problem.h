#pragma once

#include "model/result.h"

#include <QByteArrayView>

namespace belfry::protocol {
/// The status that REST answers for a code; the one mapping there is.
[[nodiscard]] int httpStatus(model::ErrorCode code);
/// Stable name of a code: "invalid", "rate-limited" …; `type` is "urn:belfry:problem:" + this.
[[nodiscard]] QByteArrayView problemSlug(model::ErrorCode code);
[[nodiscard]] QByteArrayView problemTitle(model::ErrorCode code);

/// RFC 9457 with the members that legacy clients read: `{type, title, status, detail, instance, errors:
/// [{pointer, detail}], error, message, details}`, and `retry_after` in seconds where trying again makes
/// sense.
struct Problem
{
    model::Error error;
    int status = 500;
    model::Text instance; ///< the request's id; empty: null
    friend bool operator==(const Problem &, const Problem &) = default;
};

[[nodiscard]] Problem makeProblem(model::Error error, model::Text instance = {});

void appendProblem(QByteArray &out, const Problem &problem);
/// The whole body of an answer. `status` other than the code's: the legacy routes that say 400 to everything
/// (H13).
[[nodiscard]] QByteArray problemJson(const model::Error &error, const model::Text &instance, int status = 0);

/// What a client reads. An unknown type falls back to the status; Malformed when it is no problem at all.
[[nodiscard]] model::Result<Problem> parseProblem(QByteArrayView json);
} // namespace belfry::protocol
