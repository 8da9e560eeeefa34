#pragma once

#include "model/instant.h"

namespace belfry::domain {
/// What an answer of a webhook means (semantics 17). Status 0: there was none.
enum class AttemptVerdict : quint8 {
    Sent,  ///< 2xx
    Retry, ///< no answer, a redirect, 408, 425, 429, 5xx
    Final, ///< every other 4xx
    Gone,  ///< 410: the webhook is disabled
};
[[nodiscard]] AttemptVerdict judgeAttempt(int status);

/// Tries of one delivery to a webhook: now, after 5 s, 5 m, 30 m, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h (semantics
/// 17).
inline constexpr int webhookTries = 10;

/// How long to wait after `made` tries; nothing: that was the last. `jitter` from −1 to 1 is a random number
/// that moves it by up to a fifth; what the endpoint asked for (Retry-After, at most a day) is honoured on
/// top.
[[nodiscard]] std::optional<model::Duration> retryDelay(int made, double jitter,
                                                        std::optional<std::chrono::seconds> retryAfter = {});
} // namespace belfry::domain
