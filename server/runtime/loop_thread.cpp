#include "runtime/loop_thread.h"

#include "runtime/thread_name.h"

#include <QAbstractEventDispatcher>
#include <QEventLoop>
#include <QThread>

namespace belfry::runtime {
LoopThread::LoopThread(const QString &name, const DispatcherFactory &dispatcher)
    : m_name(name)
    , m_dispatcher(dispatcher ? dispatcher() : nullptr)
    , m_loop(std::make_unique<Loop>())
{
    // What belongs to no thread may be taken by any: the one that starts does.
    if (m_dispatcher)
        m_dispatcher->moveToThread(nullptr);
    m_loop->moveToThread(nullptr);
}

LoopThread::~LoopThread()
{
    stop();
}

void LoopThread::start()
{
    if (!m_thread.joinable())
        m_thread = std::thread([this] { run(); });
}

void LoopThread::stop()
{
    if (!m_thread.joinable())
        return;
    Q_ASSERT(!m_loop->isCurrent());
    m_loop->post([this] {
        m_loop->atTurnEnd([this] {
            m_loop->dropDelayed();
            QThread::currentThread()->quit();
        });
    });
    m_thread.join();
}

void LoopThread::run()
{
    nameThread(m_name);
    QThread *self = QThread::currentThread();
    self->setObjectName(m_name);
    if (m_dispatcher)
        self->setEventDispatcher(m_dispatcher.release());
    m_loop->moveToThread(self);
    QEventLoop().exec();
    m_loop->moveToThread(nullptr);
}
} // namespace belfry::runtime
