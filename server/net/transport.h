#pragma once

#include "net/out_queue.h"

#include <QSocketNotifier>
#include <memory>

namespace belfry::net {
/// What a connection is told by its transport, on its loop.
class TransportEvents
{
public:
    virtual ~TransportEvents() = default;
    virtual void onReadable() = 0;
    virtual void onWritable() = 0;
};

/// The bytes of one connection, whatever carries them: a plain descriptor here, TLS (tls_transport.h).
class Transport : public Sink
{
public:
    virtual void setEvents(TransportEvents *events) = 0;
    /// Bytes read; 0 at the end of the stream; wouldBlock or failed.
    virtual qint64 read(char *to, qint64 size) = 0;
    virtual void watchRead(bool on) = 0;
    virtual void watchWrite(bool on) = 0;
    /// No more is written: the peer sees the end of the stream, and can still be read from.
    virtual void finishWriting() = 0;
    /// Gives the descriptor away; the transport is of no further use. -1: the descriptor alone would not do
    /// (TLS), the transport goes on.
    [[nodiscard]] virtual int release() = 0;
    /// The peer speaks plain HTTP where TLS is spoken: nothing that it says counts. Known after the first
    /// read.
    [[nodiscard]] virtual bool isMisdirected() const { return false; }
};

/// Writes to a descriptor with one system call; never raises SIGPIPE, never waits.
[[nodiscard]] qint64 writeToDescriptor(int fd, const iovec *parts, int count);
/// As Transport::read().
[[nodiscard]] qint64 readFromDescriptor(int fd, char *to, qint64 size);
/// Of errno: it may go well the next time.
[[nodiscard]] bool isTemporary(int error);

/// A plain socket, non-blocking; closes it when it dies.
class PlainTransport final : public Transport
{
public:
    explicit PlainTransport(int fd);
    ~PlainTransport() override;
    PlainTransport(const PlainTransport &) = delete;
    PlainTransport &operator=(const PlainTransport &) = delete;

    void setEvents(TransportEvents *events) override;
    qint64 read(char *to, qint64 size) override;
    qint64 write(const iovec *parts, int count) override;
    void watchRead(bool on) override;
    void watchWrite(bool on) override;
    void finishWriting() override;
    [[nodiscard]] int release() override;

private:
    int m_fd;
    TransportEvents *m_events = nullptr;
    QSocketNotifier m_read;
    std::unique_ptr<QSocketNotifier> m_write; ///< only once the kernel's buffer was full
};
} // namespace belfry::net
