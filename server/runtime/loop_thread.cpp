#include "runtime/loop_thread.h"

#include <QAbstractEventDispatcher>

namespace belfry::runtime {
LoopThread::LoopThread(const QString &name, const DispatcherFactory &dispatcher)
    : m_loop(std::make_unique<Loop>())
{
    m_thread.setObjectName(name);
    if (dispatcher)
        m_thread.setEventDispatcher(dispatcher());
    m_loop->moveToThread(&m_thread);
}

LoopThread::~LoopThread()
{
    stop();
}

void LoopThread::start()
{
    m_thread.start();
}

void LoopThread::stop()
{
    if (!m_thread.isRunning())
        return;
    Q_ASSERT(!m_loop->isCurrent());
    m_loop->post([this] {
        m_loop->atTurnEnd([this] {
            m_loop->dropDelayed();
            m_thread.quit();
        });
    });
    m_thread.wait();
}
} // namespace belfry::runtime
