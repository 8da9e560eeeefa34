#include "domain/retry.h"

#include <algorithm>
#include <array>

namespace belfry::domain {
using model::Duration;
using namespace std::chrono_literals;

namespace {
/// Before the n-th try; the first is made at once.
constexpr std::array<Duration, webhookTries> pauses{0s, 5s, 5min, 30min, 2h, 5h, 10h, 14h, 20h, 24h};
constexpr Duration longestWish = 24h;
constexpr double jitterShare = 0.2;
} // namespace

AttemptVerdict judgeAttempt(int status)
{
    if (status >= 200 && status < 300)
        return AttemptVerdict::Sent;
    if (status == 410)
        return AttemptVerdict::Gone;
    const bool transient = status == 408 || status == 425 || status == 429;
    return status >= 400 && status < 500 && !transient ? AttemptVerdict::Final : AttemptVerdict::Retry;
}

std::optional<Duration> retryDelay(int made, double jitter, std::optional<std::chrono::seconds> retryAfter)
{
    if (made < 0 || made >= webhookTries)
        return std::nullopt;
    const Duration pause = pauses[static_cast<std::size_t>(made)];
    const double share = jitterShare * std::clamp(jitter, -1.0, 1.0);
    const auto moved =
        Duration(pause.count() + static_cast<qint64>(static_cast<double>(pause.count()) * share));
    const Duration asked = std::clamp<Duration>(retryAfter.value_or(0s), 0s, longestWish);
    return std::max(moved, asked);
}
} // namespace belfry::domain
