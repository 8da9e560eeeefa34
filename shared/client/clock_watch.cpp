#include "client/clock_watch.h"

#include <QSocketNotifier>
#include <ctime>
#include <limits>
#include <sys/timerfd.h>
#include <unistd.h>

namespace belfry::client {
/// Without a descriptor nothing is told: a dead connection is noticed by its silence, later.
ClockWatch::ClockWatch(QObject *parent)
    : QObject(parent)
    , m_descriptor(timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK))
{
    if (m_descriptor < 0)
        return;
    m_notifier = new QSocketNotifier(m_descriptor, QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &ClockWatch::read);
    arm();
}

ClockWatch::~ClockWatch()
{
    delete m_notifier; // before what it looks at
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

/// Due in some 68 years: only its cancellation is of interest.
void ClockWatch::arm()
{
    itimerspec never{};
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    never.it_value.tv_sec = now.tv_sec + std::numeric_limits<qint32>::max();
    timerfd_settime(m_descriptor, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, nullptr);
}

void ClockWatch::read()
{
    quint64 expirations = 0;
    (void)::read(m_descriptor, &expirations,
                 sizeof expirations); // ECANCELED, and with that it can be armed again
    arm();
    Q_EMIT clockSet();
}
} // namespace belfry::client

#include "moc_clock_watch.cpp"
