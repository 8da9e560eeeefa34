#include "program/stall_watch.h"

#include <QLoggingCategory>

namespace belfry::program {
namespace {
Q_LOGGING_CATEGORY(logStall, "belfry.stall", QtInfoMsg)

constexpr std::chrono::milliseconds every{5};
constexpr qint64 notable = 50; // ms
} // namespace

StallWatch::StallWatch()
{
    if (!logStall().isDebugEnabled())
        return;
    m_timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
        const qint64 passed = m_last.restart();
        if (passed >= notable)
            qCDebug(logStall, "%lld ms", passed);
    });
    m_last.start();
    m_timer.start(every);
}
} // namespace belfry::program
