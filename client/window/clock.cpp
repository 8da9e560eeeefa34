#include "window/clock.h"

namespace belfry::window {
namespace {
constexpr qint64 minuteLength = 60'000; // ms
}

Clock::Clock(Now now, QObject *parent)
    : QObject(parent)
    , m_now(std::move(now))
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::CoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Clock::tick);
    tick();
    m_timer.stop();
}

void Clock::setTicking(bool isTicking)
{
    if (!isTicking)
        return m_timer.stop();
    if (!m_timer.isActive())
        tick();
}

void Clock::tick()
{
    const qint64 now = m_now().us / 1000;
    const qint64 into = now % minuteLength;
    const QDateTime minute = QDateTime::fromMSecsSinceEpoch(now - into, Qt::UTC);
    m_timer.start(int(minuteLength - into));
    if (minute == m_minute)
        return;
    m_minute = minute;
    Q_EMIT minuteChanged();
}
} // namespace belfry::window

#include "moc_clock.cpp"
