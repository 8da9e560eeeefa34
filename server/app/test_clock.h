#pragma once

#include "runtime/clock.h"

#include <QString>
#include <QTimer>
#include <atomic>

namespace belfry::app {
/// The system's clock, moved by the seconds in a file that is read each second (decisions H65, tests only);
/// without a file just the system's clock. Made on the main thread; now() on any.
class TestClock final : public runtime::Clock
{
public:
    explicit TestClock(QString file);
    [[nodiscard]] model::Instant now() const override;
    [[nodiscard]] runtime::SteadyTime steady() const override { return m_system.steady(); }

private:
    void read();

    const QString m_file;
    runtime::SystemClock m_system;
    std::atomic<qint64> m_offsetUs{0};
    QTimer m_timer;
};
} // namespace belfry::app
