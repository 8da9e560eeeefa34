#pragma once

#include <QByteArray>
#include <utility>

namespace belfry::runtime {
/// What a log line of this thread belongs to, while one of these lives: set where a request's work begins on
/// a thread. Nests; the inner one wins.
class LogContext
{
public:
    struct Values
    {
        QByteArray requestId;
        QByteArray traceparent;
    };

    LogContext(QByteArray requestId, QByteArray traceparent)
        : m_before(std::exchange(slot(), Values{std::move(requestId), std::move(traceparent)}))
    {
    }
    ~LogContext() { slot() = std::move(m_before); }
    LogContext(const LogContext &) = delete;
    LogContext &operator=(const LogContext &) = delete;

    [[nodiscard]] static const Values &current() { return slot(); }

private:
    static Values &slot()
    {
        thread_local Values values;
        return values;
    }

    Values m_before;
};
} // namespace belfry::runtime
