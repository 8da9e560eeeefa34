#include "app/test_clock.h"

#include "runtime/log.h"

#include <QFile>

namespace belfry::app {
TestClock::TestClock(QString file)
    : m_file(std::move(file))
{
    if (m_file.isEmpty())
        return;
    read();
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { read(); });
    m_timer.start(std::chrono::seconds(1));
}

model::Instant TestClock::now() const
{
    return {m_system.now().us + m_offsetUs.load(std::memory_order_relaxed)};
}

void TestClock::read()
{
    QFile file(m_file);
    bool ok = false;
    const qint64 seconds = file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toLongLong(&ok) : 0;
    if (!ok)
        qCWarning(lcApp, "%s holds no number of seconds", qPrintable(m_file));
    else
        m_offsetUs.store(seconds * 1'000'000, std::memory_order_relaxed);
}
} // namespace belfry::app
