#pragma once

#include <QByteArray>
#include <QList>
#include <chrono>
#include <optional>

namespace belfry::net::test {
using namespace std::chrono_literals;

/// An answer as it came.
struct RawAnswer
{
    int status = 0;
    QByteArray head;
    QByteArray body;
    [[nodiscard]] QByteArray header(const QByteArray &lowerName) const;
};

struct RawFrame
{
    int opcode = -1;
    QByteArray payload;
    /// Of a close frame; 1005 when it has none.
    [[nodiscard]] int closeCode() const;
};

/// A blocking socket that sends any bytes and reads with a deadline.
class RawClient
{
public:
    /// `from`: its own address, in the host's byte order; 0: as the system likes.
    explicit RawClient(quint16 port, int receiveBuffer = 0, quint32 from = 0);
    virtual ~RawClient();
    RawClient(const RawClient &) = delete;
    RawClient &operator=(const RawClient &) = delete;

    [[nodiscard]] bool isOpen() const { return m_fd >= 0; }
    /// False when the peer has closed.
    virtual bool send(const QByteArray &bytes);
    void finishSending();
    void close();

    /// One whole HTTP answer (by Content-Length or chunks, or without a body); empty when none came in time.
    std::optional<RawAnswer> answer(std::chrono::milliseconds limit = 5s, bool toHead = false);
    /// Everything until the peer closes; nullopt when it did not in time.
    std::optional<QByteArray> untilClosed(std::chrono::milliseconds limit = 5s);
    /// Whatever has come, until `size` bytes are there or the time is up.
    QByteArray read(qsizetype size, std::chrono::milliseconds limit = 5s);

    /// Opens a WebSocket; true on 101.
    bool upgrade(const QByteArray &path = "/ws", const QByteArray &subprotocol = "belfry.v1");
    bool sendFrame(int opcode, const QByteArray &payload, bool fin = true, bool masked = true);
    std::optional<RawFrame> frame(std::chrono::milliseconds limit = 5s);

protected:
    using Until = std::chrono::steady_clock::time_point;

    /// Bytes that came; 0 at the end of the stream, -1 when none came in time.
    virtual qint64 receive(char *to, qsizetype size, Until until);
    /// Waits until the socket can be read (POLLIN) or written (POLLOUT).
    [[nodiscard]] bool waitFor(short event, Until until) const;
    [[nodiscard]] int fd() const { return m_fd; }

private:
    bool fill(Until until);

    int m_fd = -1;
    bool m_ended = false;
    QByteArray m_in;
};

/// A whole request to the host x; `more`: header lines, each with its end.
QByteArray get(const QByteArray &path = "/", const QByteArray &more = {});
QByteArray post(const QByteArray &path, const QByteArray &body = {}, const QByteArray &more = {});

/// Bytes of a client's frame.
QByteArray clientFrame(int opcode, const QByteArray &payload, bool fin = true, bool masked = true);
} // namespace belfry::net::test
