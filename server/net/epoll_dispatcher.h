#pragma once

#include "net/timer_queue.h"

#include <QAbstractEventDispatcher>
#include <array>
#include <atomic>
#include <functional>
#include <vector>

class QSocketNotifier;
struct epoll_event;

namespace belfry::net {
/// Qt's event loop on epoll: the cost of a turn follows the sockets that have news, not those that are open.
/// Changes of interest are gathered and applied just before the wait, so that switching a notifier on and off
/// in one turn is free. Public API of Qt only. Used on the thread that it was installed on; wakeUp() and
/// interrupt() on any.
class EpollDispatcher final : public QAbstractEventDispatcher
{
    Q_OBJECT
public:
    explicit EpollDispatcher(QObject *parent = nullptr);
    ~EpollDispatcher() override;

    /// False when the kernel gave no descriptors; then it must not be used.
    [[nodiscard]] bool isValid() const { return m_epoll >= 0 && m_wakeUp >= 0; }

    /// Runs once a turn, after all posted events and before the wait: the place where writes are gathered.
    /// Set before the thread starts.
    void setBeforeWait(std::function<void()> hook) { m_beforeWait = std::move(hook); }

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;
    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;
    void registerTimer(int id, qint64 intervalMs, Qt::TimerType type, QObject *object) override;
    bool unregisterTimer(int id) override;
    bool unregisterTimers(QObject *object) override;
    QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int id) override;
    void wakeUp() override;
    void interrupt() override;

private:
    /// What is wanted of one descriptor, and what the kernel was told.
    struct Watch
    {
        std::array<QSocketNotifier *, 3> notifiers{}; ///< by QSocketNotifier::Type
        quint32 applied = 0;
        /// Changes whenever nobody watches any more: an event of the descriptor's former life is told apart
        /// by it.
        quint32 generation = 0;
        bool queued = false;
        bool doubtful = false; ///< may have been closed and opened anew since `applied`
    };

    void sendPosted();
    void touch(int fd);
    void applyChanges();
    void apply(int fd, Watch &watch);
    [[nodiscard]] int timeoutMs(bool mayWait) const;
    int waitForEvents(int timeout);
    int waitForWakeUp(int timeout);
    int activate(const epoll_event &event);

    int m_epoll = -1;
    int m_wakeUp = -1;
    std::vector<Watch> m_watches; ///< by descriptor
    std::vector<int> m_changed;
    TimerQueue m_timers;
    std::function<void()> m_beforeWait;
    std::atomic<Qt::HANDLE> m_thread{nullptr};
    std::atomic<bool> m_woken{false};
    std::atomic<bool> m_interrupted{false};
};
} // namespace belfry::net
