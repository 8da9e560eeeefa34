#pragma once

#include <QElapsedTimer>
#include <QTimer>

namespace belfry::program {
/// For measurements, with the log category `belfry.stall` on at debug: tells each time that the event loop,
/// which draws, did not get to it for 50 ms. Off, there is no timer.
class StallWatch
{
public:
    StallWatch();

private:
    QTimer m_timer;
    QElapsedTimer m_last;
};
} // namespace belfry::program
