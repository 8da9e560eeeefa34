#pragma once

#include "model/text.h"

#include <QList>
#include <chrono>
#include <optional>

namespace belfry::model {
/// Why something was not done; closed, so that the mappings to problem+json, WebSocket errors and people's
/// words are complete by the compiler's check. The HTTP status in the comment is what server/api answers.
enum class ErrorCode {
    Malformed,        ///< 400 not parsable, or a missing or ill-typed query parameter
    Unauthenticated,  ///< 401 no or bad credential
    Forbidden,        ///< 403 the credential does not reach this
    NotFound,         ///< 404
    MethodNotAllowed, ///< 405
    Timeout,          ///< 408
    Conflict,         ///< 409 the state of the thing forbids it
    InProgress,       ///< 409 + Retry-After: 1, the same Idempotency-Key is still running
    LogReset,         ///< 410 `since` is beyond the head or below the floor
    Precondition,     ///< 412 If-Match
    TooLarge,         ///< 413
    UnsupportedMedia, ///< 415
    Invalid,          ///< 422 a member is missing or bad
    IdempotencyReuse, ///< 422 the same Idempotency-Key with another body
    RateLimited,      ///< 429 the caller's limit
    Overloaded,       ///< 503 a full queue of the server
    Unavailable,      ///< 503 the database is away or full
    Draining,         ///< 503 the server stops
    Internal,         ///< 500 a defect of Belfry
};

/// One bad member: a JSON pointer (RFC 6901; "" = the whole) or the name of a query parameter, and how to
/// mend it.
struct FieldError
{
    Text pointer;
    Text detail;

    /// Both, as an error's detail tells them.
    [[nodiscard]] Text toText() const { return pointer.isEmpty() ? detail : pointer + ": " + detail; }
    friend bool operator==(const FieldError &, const FieldError &) = default;
};

struct Error
{
    ErrorCode code = ErrorCode::Internal;
    /// For people: names what is wrong and how to mend it. Never a secret.
    Text detail;
    QList<FieldError> fields;
    /// When trying again makes sense; for RateLimited, Overloaded, Unavailable, InProgress.
    std::optional<std::chrono::seconds> retryAfter;
    /// At a client: what the server's admin finds the refused request by (X-Request-Id); empty: no server
    /// said.
    Text requestId{};

    friend bool operator==(const Error &, const Error &) = default;
};
} // namespace belfry::model
