#include "runtime/loop.h"

#include <QCoreApplication>
#include <QThread>
#include <QTimerEvent>
#include <iterator>
#include <utility>

namespace belfry::runtime {
namespace {
const int postedType = QEvent::registerEventType();
const int turnEndType = QEvent::registerEventType();

/// A queue that once grew past this gives its memory back.
constexpr std::size_t keptCapacity = 4096;
} // namespace

Loop::Loop(QObject *parent)
    : QObject(parent)
{
}

Loop::~Loop() = default;

void Loop::post(Task task)
{
    const std::lock_guard lock(m_mutex);
    m_posted.push_back(std::move(task));
    wake();
}

void Loop::post(std::vector<Task> tasks)
{
    if (tasks.empty())
        return;
    const std::lock_guard lock(m_mutex);
    std::move(tasks.begin(), tasks.end(), std::back_inserter(m_posted));
    wake();
}

void Loop::wake()
{
    if (m_woken)
        return;
    m_woken = true;
    QCoreApplication::postEvent(this, new QEvent(static_cast<QEvent::Type>(postedType)));
}

void Loop::atTurnEnd(Task task)
{
    Q_ASSERT(isCurrent());
    m_turnEnd.push_back(std::move(task));
    if (m_turnEndScheduled)
        return;
    m_turnEndScheduled = true;
    QCoreApplication::postEvent(this, new QEvent(static_cast<QEvent::Type>(turnEndType)),
                                Qt::LowEventPriority);
}

void Loop::after(std::chrono::milliseconds delay, Task task)
{
    Q_ASSERT(isCurrent());
    m_delayed.emplace(startTimer(delay, Qt::PreciseTimer), std::move(task));
}

void Loop::dropDelayed()
{
    Q_ASSERT(isCurrent());
    for (const auto &[timer, task] : m_delayed)
        killTimer(timer);
    m_delayed.clear();
}

void Loop::timerEvent(QTimerEvent *event)
{
    killTimer(event->timerId());
    auto delayed = m_delayed.extract(event->timerId());
    if (delayed)
        delayed.mapped()();
}

bool Loop::isCurrent() const
{
    return QThread::currentThread() == thread();
}

std::size_t Loop::backlog() const
{
    const std::lock_guard lock(m_mutex);
    return m_posted.size();
}

bool Loop::event(QEvent *event)
{
    if (event->type() == postedType) {
        runPosted();
        return true;
    }
    if (event->type() == turnEndType) {
        runTurnEnd();
        return true;
    }
    return QObject::event(event);
}

void Loop::runPosted()
{
    // A task may run a nested loop: what runs now is a local, never a member.
    std::vector<Task> tasks = std::exchange(m_spare, {});
    {
        const std::lock_guard lock(m_mutex);
        tasks.swap(m_posted);
        m_woken = false;
    }
    for (Task &task : tasks)
        std::exchange(task, nullptr)();
    tasks.clear();
    if (tasks.capacity() <= keptCapacity)
        m_spare = std::move(tasks);
}

void Loop::runTurnEnd()
{
    std::vector<Task> tasks;
    tasks.swap(m_turnEnd);
    m_turnEndScheduled = false;
    for (Task &task : tasks)
        std::exchange(task, nullptr)();
}
} // namespace belfry::runtime

#include "moc_loop.cpp"
