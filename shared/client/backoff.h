#pragma once

#include "model/instant.h"

#include <chrono>
#include <functional>

namespace belfry::client {
/// A number in [0, 1).
using Random = std::function<double()>;

/// How long to wait before the next try: full jitter over a window that doubles from 0.5 s to 30 s, and
/// begins anew after a connection that stood for 30 s (api.md). Pure: time and chance come from outside.
class Backoff
{
public:
    static constexpr std::chrono::milliseconds firstWindow{500};
    static constexpr std::chrono::milliseconds lastWindow{30'000};
    static constexpr std::chrono::milliseconds stableAfter{30'000};

    explicit Backoff(Random random)
        : m_random(std::move(random))
    {
    }

    void connected(model::Instant now) { m_connectedAt = now; }
    /// The connection, or the try to make one, ended: how long to wait.
    [[nodiscard]] std::chrono::milliseconds lost(model::Instant now);
    void reset() { m_tries = 0; }

private:
    Random m_random;
    int m_tries = 0;
    model::MaybeInstant m_connectedAt;
};
} // namespace belfry::client
