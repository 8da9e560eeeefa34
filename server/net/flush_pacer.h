#pragma once

#include <QtGlobal>
#include <cstddef>

namespace belfry::net {
/// When what many connections gathered goes out. Each send is a system call whatever its size, so while
/// broadcasts pour in, those of a moment go out together: after a flush of many connections the next such
/// flush is put off by as long as the last one took, at most 10 ms. A loop that is not pressed, and
/// frames for a few connections, never wait. Times are nanoseconds of a steady clock.
class FlushPacer
{
public:
    /// Below this a flush is over before a pause would gather anything.
    static constexpr std::size_t manyConnections = 128;
    static constexpr qint64 longestPause = 10'000'000;

    /// 0: now; else when.
    [[nodiscard]] qint64 putOffUntil(std::size_t connections, qint64 now) const;
    void flushed(std::size_t connections, qint64 begin, qint64 end);

private:
    qint64 m_notBefore = 0;
};
} // namespace belfry::net
