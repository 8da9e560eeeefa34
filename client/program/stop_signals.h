#pragma once

#include <QObject>
#include <functional>

namespace belfry::program {
/// SIGTERM and SIGINT as an event. Made before any thread, which all leave the signals alone then.
class StopSignals
{
public:
    StopSignals();
    ~StopSignals();
    Q_DISABLE_COPY_MOVE(StopSignals)

    /// Through the event loop of `receiver`'s thread.
    void listen(QObject *receiver, std::function<void()> stop);

private:
    int m_descriptor = -1;
};
} // namespace belfry::program
