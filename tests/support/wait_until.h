#pragma once

#include <QTest>
#include <chrono>

namespace belfry::test {
/// Long enough for a loaded machine under sanitizers; a test that fails may take this long, one that passes
/// does not.
inline constexpr std::chrono::milliseconds patience{15'000};

/// Runs the event loop of this thread until `condition` holds. False: the deadline passed first.
template<typename Condition>
[[nodiscard]] bool waitUntil(Condition condition, std::chrono::milliseconds deadline = patience)
{
    return QTest::qWaitFor(condition, static_cast<int>(deadline.count()));
}
} // namespace belfry::test
