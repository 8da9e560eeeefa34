#include "net/epoll_dispatcher.h"

#include "runtime/log.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QThread>
#include <cerrno>
#include <chrono>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace belfry::net {
namespace {
constexpr int eventsPerTurn = 256;
constexpr int postedRounds = 4;
constexpr qint64 nsPerMs = 1'000'000;

qint64 steadyNow()
{
    return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
}

quint32 maskOf(const std::array<QSocketNotifier *, 3> &notifiers)
{
    return (notifiers[QSocketNotifier::Read] ? EPOLLIN : 0U) |
           (notifiers[QSocketNotifier::Write] ? EPOLLOUT : 0U) |
           (notifiers[QSocketNotifier::Exception] ? EPOLLPRI : 0U);
}

/// Errors and hang-ups are news for whoever watches.
constexpr std::array<quint32, 3> wakingEvents{EPOLLIN | EPOLLHUP | EPOLLERR, EPOLLOUT | EPOLLHUP | EPOLLERR,
                                              EPOLLPRI};

epoll_event eventFor(int fd, quint32 events, quint32 generation)
{
    epoll_event event{};
    event.events = events;
    event.data.u64 = quint64(generation) << 32 | quint32(fd);
    return event;
}
} // namespace

EpollDispatcher::EpollDispatcher(QObject *parent)
    : QAbstractEventDispatcher(parent)
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_wakeUp(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    // Edge-triggered: each write wakes, and the counter never needs to be read back.
    epoll_event event = eventFor(m_wakeUp, EPOLLIN | EPOLLET, 0);
    if (isValid() && epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wakeUp, &event) != 0)
        qCWarning(lcNet) << "epoll does not take the wake-up descriptor:" << qt_error_string(errno);
}

EpollDispatcher::~EpollDispatcher()
{
    if (m_epoll >= 0)
        ::close(m_epoll);
    if (m_wakeUp >= 0)
        ::close(m_wakeUp);
}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    m_thread.store(QThread::currentThreadId(), std::memory_order_relaxed);
    Q_EMIT awake();
    sendPosted();
    if (m_beforeWait)
        m_beforeWait();
    if (m_interrupted.exchange(false))
        return true;

    bool mayWait = flags.testFlag(QEventLoop::WaitForMoreEvents) && !m_woken.load();
    if (mayWait) {
        Q_EMIT aboutToBlock();
        mayWait = !m_woken.load();
    }
    const bool socketsToo = !flags.testFlag(QEventLoop::ExcludeSocketNotifiers);
    const int timeout = timeoutMs(mayWait);
    int handled = socketsToo ? waitForEvents(timeout) : waitForWakeUp(timeout);
    handled += m_timers.fire(steadyNow());
    m_interrupted.store(false);
    return handled > 0 || m_woken.load();
}

/// What posted events post themselves belongs to the same turn; only not for ever.
void EpollDispatcher::sendPosted()
{
    int rounds = postedRounds;
    do {
        // Before they are sent: whatever is posted from here on sets it again and forbids the wait.
        m_woken.store(false);
        QCoreApplication::sendPostedEvents();
    } while (--rounds > 0 && m_woken.load());
}

int EpollDispatcher::timeoutMs(bool mayWait) const
{
    if (!mayWait)
        return 0;
    const std::optional<qint64> due = m_timers.nextDue();
    if (!due)
        return -1;
    const qint64 left = std::max<qint64>(*due - steadyNow(), 0);
    return static_cast<int>(
        std::min<qint64>((left + nsPerMs - 1) / nsPerMs, std::numeric_limits<int>::max()));
}

int EpollDispatcher::waitForEvents(int timeout)
{
    applyChanges();
    std::array<epoll_event, eventsPerTurn> events;
    const int count = epoll_wait(m_epoll, events.data(), eventsPerTurn, timeout);
    int handled = 0;
    for (int i = 0; i < count; ++i)
        handled += activate(events[static_cast<std::size_t>(i)]);
    return handled;
}

int EpollDispatcher::waitForWakeUp(int timeout)
{
    pollfd waiting{m_wakeUp, POLLIN, 0};
    if (poll(&waiting, 1, timeout) <= 0)
        return 0;
    // Here the counter is what is looked at, so it must go back to zero.
    quint64 count = 0;
    return ::read(m_wakeUp, &count, sizeof count) > 0 ? 1 : 0;
}

int EpollDispatcher::activate(const epoll_event &event)
{
    const auto fd = static_cast<std::size_t>(event.data.u64 & 0xffffffffU);
    const auto generation = static_cast<quint32>(event.data.u64 >> 32);
    if (static_cast<int>(fd) == m_wakeUp)
        return 0;
    int handled = 0;
    for (std::size_t type = 0; type < wakingEvents.size(); ++type) {
        if ((event.events & wakingEvents[type]) == 0)
            continue;
        // Looked up anew for each: the handler before may have changed anything.
        const Watch &watch = m_watches[fd];
        if (watch.generation != generation || !watch.notifiers[type])
            continue;
        QEvent activation(QEvent::SockAct);
        QCoreApplication::sendEvent(watch.notifiers[type], &activation);
        ++handled;
    }
    return handled;
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    const auto fd = static_cast<std::size_t>(notifier->socket());
    if (fd >= m_watches.size())
        m_watches.resize(std::max(fd + 1, m_watches.size() * 2));
    QSocketNotifier *&slot = m_watches[fd].notifiers[notifier->type()];
    if (slot && slot != notifier)
        qCWarning(lcNet) << "two notifiers of one type watch descriptor" << fd;
    slot = notifier;
    touch(static_cast<int>(fd));
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    const auto fd = static_cast<std::size_t>(notifier->socket());
    if (fd >= m_watches.size() || m_watches[fd].notifiers[notifier->type()] != notifier)
        return;
    Watch &watch = m_watches[fd];
    watch.notifiers[notifier->type()] = nullptr;
    if (maskOf(watch.notifiers) == 0) {
        ++watch.generation;
        watch.doubtful = true;
    }
    touch(static_cast<int>(fd));
}

void EpollDispatcher::touch(int fd)
{
    Watch &watch = m_watches[static_cast<std::size_t>(fd)];
    if (watch.queued)
        return;
    watch.queued = true;
    m_changed.push_back(fd);
}

void EpollDispatcher::applyChanges()
{
    for (const int fd : m_changed) {
        Watch &watch = m_watches[static_cast<std::size_t>(fd)];
        watch.queued = false;
        const quint32 wanted = maskOf(watch.notifiers);
        if (wanted != watch.applied || (watch.doubtful && wanted != 0))
            apply(fd, watch);
        watch.doubtful = false;
    }
    m_changed.clear();
}

void EpollDispatcher::apply(int fd, Watch &watch)
{
    const quint32 wanted = maskOf(watch.notifiers);
    epoll_event event = eventFor(fd, wanted, watch.generation);
    const bool known = watch.applied != 0;
    watch.applied = wanted;
    if (wanted == 0) {
        // Fails when the descriptor is closed already, even if its number is another thread's by now: then
        // the kernel has forgotten it by itself, and this set never knew the new one.
        epoll_ctl(m_epoll, EPOLL_CTL_DEL, fd, &event);
        return;
    }
    int failed = epoll_ctl(m_epoll, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd, &event);
    if (failed != 0 && (errno == ENOENT || errno == EEXIST))
        failed = epoll_ctl(m_epoll, errno == ENOENT ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, fd, &event);
    if (failed != 0) {
        qCWarning(lcNet) << "descriptor" << fd << "cannot be watched:" << qt_error_string(errno);
        watch.applied = 0;
    }
}

void EpollDispatcher::registerTimer(int id, qint64 intervalMs, Qt::TimerType type, QObject *object)
{
    m_timers.add(id, intervalMs, type, object, steadyNow());
}

bool EpollDispatcher::unregisterTimer(int id)
{
    return m_timers.remove(id);
}

bool EpollDispatcher::unregisterTimers(QObject *object)
{
    return m_timers.removeAll(object);
}

QList<QAbstractEventDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject *object) const
{
    return m_timers.of(object);
}

int EpollDispatcher::remainingTime(int id)
{
    return m_timers.remainingMs(id, steadyNow());
}

void EpollDispatcher::wakeUp()
{
    if (m_woken.exchange(true))
        return;
    // From the own thread the flag is enough: it is looked at before every wait.
    if (m_thread.load(std::memory_order_relaxed) == QThread::currentThreadId())
        return;
    const quint64 one = 1;
    if (::write(m_wakeUp, &one, sizeof one) < 0 && errno == EAGAIN) {
        // The counter is full after 2^64 - 2 wake-ups: make room, or the edge would be lost.
        quint64 count = 0;
        if (::read(m_wakeUp, &count, sizeof count) > 0 && ::write(m_wakeUp, &one, sizeof one) < 0)
            qCWarning(lcNet) << "an event loop cannot be woken:" << qt_error_string(errno);
    }
}

void EpollDispatcher::interrupt()
{
    m_interrupted.store(true);
    wakeUp();
}
} // namespace belfry::net

#include "moc_epoll_dispatcher.cpp"
