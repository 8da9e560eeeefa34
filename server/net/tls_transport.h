#pragma once

#include "net/server.h"
#include "net/tls_context.h"
#include "net/transport.h"

struct ssl_st;

namespace belfry::net {
/// TLS on a descriptor: the handshake happens while the owner reads. What was encrypted and the kernel did
/// not take is held here and goes out first, at most some 64 KiB; so a write that was taken is never asked
/// for again. A peer whose first byte is a letter speaks plain HTTP: it is heard, and answered, in plain
/// (isMisdirected()). Closes the descriptor when it dies.
class TlsTransport final : public Transport
{
public:
    TlsTransport(int fd, const TlsContext &context, NetProbe &probe);
    ~TlsTransport() override;
    TlsTransport(const TlsTransport &) = delete;
    TlsTransport &operator=(const TlsTransport &) = delete;

    void setEvents(TransportEvents *events) override { m_events = events; }
    qint64 read(char *to, qint64 size) override;
    /// wouldBlock as long as the handshake lasts.
    qint64 write(const iovec *parts, int count) override;
    void watchRead(bool on) override;
    void watchWrite(bool on) override;
    void finishWriting() override;
    [[nodiscard]] int release() override { return -1; }
    [[nodiscard]] bool isMisdirected() const override { return m_plain; }

private:
    struct Bio; ///< what OpenSSL reads from and writes to

    [[nodiscard]] qint64 detect();
    [[nodiscard]] qint64 outcomeOf(int sslError);
    [[nodiscard]] qint64 encrypt(const iovec *parts, int count, qint64 skip);
    void noteHandshake();
    void flushHeld();
    void updateWriteNotifier();
    void wakeLater();
    void onWritable();

    const int m_fd;
    NetProbe &m_probe;
    TransportEvents *m_events = nullptr;
    ssl_st *m_ssl;
    QByteArray m_held; ///< encrypted, not with the kernel yet
    QSocketNotifier m_read;
    std::unique_ptr<QSocketNotifier> m_write; ///< only once the kernel's buffer was full
    bool m_began = false;                     ///< the first byte was looked at
    bool m_plain = false;
    bool m_shaken = false; ///< the handshake is over
    bool m_broken = false;
    bool m_mayHold = false; ///< OpenSSL may hold what the descriptor will not announce again
    bool m_woken = false;
    bool m_wantsRead = false;
    bool m_wantsWrite = false;
    bool m_finishing = false;
};
} // namespace belfry::net
