#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <utility>

namespace belfry::runtime {
/// Whether a caller asked that its trace be recorded: the flag of a W3C traceparent (one that was checked).
/// Each step of such a notification's life is a line of the category `belfry.trace`.
[[nodiscard]] inline bool isSampled(QByteArrayView traceparent)
{
    return traceparent.endsWith("-01");
}

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
