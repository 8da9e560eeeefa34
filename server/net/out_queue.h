#pragma once

#include <QByteArray>
#include <sys/uio.h>
#include <vector>

namespace belfry::net {
/// Where bytes go: a descriptor, or what stands before it (TLS).
class Sink
{
public:
    static constexpr qint64 wouldBlock = -1;
    static constexpr qint64 failed = -2;

    virtual ~Sink() = default;
    /// Bytes taken, from the first part on; wouldBlock or failed when none.
    virtual qint64 write(const iovec *parts, int count) = 0;
};

/// Bytes on their way to one connection, in order. Shared, never copied: a frame for a thousand receivers
/// exists once. What waits goes out in as few system calls as there are pages of 64 parts.
class OutQueue
{
public:
    enum class Flushed { All, Blocked, Failed };

    void append(const QByteArray &bytes);
    /// Bytes that no sink has taken yet.
    [[nodiscard]] qint64 waiting() const { return m_waiting; }
    /// Places held, also of parts that are gone: at most twice those that wait, and 64.
    [[nodiscard]] std::size_t places() const { return m_parts.size(); }
    /// `calls` is raised by the number of calls to the sink.
    [[nodiscard]] Flushed flush(Sink &sink, quint64 &calls);
    /// Forgets everything but the part that is on the wire already: it must be finished, or the peer would
    /// read the next bytes as its end.
    void dropUnstarted();
    void clear();

private:
    void take(qint64 bytes);
    void dropGone();

    std::vector<QByteArray> m_parts;
    std::size_t m_first = 0; ///< parts before it are gone
    qsizetype m_offset = 0;  ///< bytes of the first part that are gone
    qint64 m_waiting = 0;
};
} // namespace belfry::net
