#include "raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace belfry::net::test {
QByteArray RawAnswer::header(const QByteArray &lowerName) const
{
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).toLower() == lowerName)
            return line.sliced(colon + 1).trimmed();
    }
    return {};
}

int RawFrame::closeCode() const
{
    if (opcode != 8 || payload.size() < 2)
        return 1005;
    return static_cast<unsigned char>(payload[0]) << 8 | static_cast<unsigned char>(payload[1]);
}

RawClient::RawClient(quint16 port, int receiveBuffer, quint32 from)
    : m_fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    if (receiveBuffer > 0)
        ::setsockopt(m_fd, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
    sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_addr.s_addr = htonl(from);
    if (from != 0 && ::bind(m_fd, reinterpret_cast<const sockaddr *>(&own), sizeof own) != 0)
        close();
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_port = htons(port);
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (m_fd >= 0 && ::connect(m_fd, reinterpret_cast<const sockaddr *>(&name), sizeof name) != 0)
        close();
}

RawClient::~RawClient()
{
    close();
}

void RawClient::close()
{
    if (m_fd >= 0)
        ::close(m_fd);
    m_fd = -1;
}

bool RawClient::send(const QByteArray &bytes)
{
    qsizetype sent = 0;
    while (sent < bytes.size()) {
        const ssize_t n = ::send(m_fd, bytes.constData() + sent,
                                 static_cast<std::size_t>(bytes.size() - sent), MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        sent += n;
    }
    return true;
}

void RawClient::finishSending()
{
    ::shutdown(m_fd, SHUT_WR);
}

bool RawClient::waitFor(short event, Until until) const
{
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    pollfd waiting{m_fd, event, 0};
    return left.count() >= 0 && ::poll(&waiting, 1, static_cast<int>(left.count())) > 0;
}

qint64 RawClient::receive(char *to, qsizetype size, Until until)
{
    if (!waitFor(POLLIN, until))
        return -1;
    return std::max<qint64>(::recv(m_fd, to, static_cast<std::size_t>(size), 0), 0);
}

bool RawClient::fill(Until until)
{
    if (m_ended || m_fd < 0)
        return false;
    char buffer[65536];
    const qint64 n = receive(buffer, sizeof buffer, until);
    m_ended = n == 0;
    if (n <= 0)
        return false;
    m_in.append(buffer, n);
    return true;
}

QByteArray RawClient::read(qsizetype size, std::chrono::milliseconds limit)
{
    const auto until = std::chrono::steady_clock::now() + limit;
    while (m_in.size() < size && fill(until)) {
    }
    const QByteArray taken = m_in.left(size);
    m_in.remove(0, taken.size());
    return taken;
}

std::optional<QByteArray> RawClient::untilClosed(std::chrono::milliseconds limit)
{
    const auto until = std::chrono::steady_clock::now() + limit;
    while (fill(until)) {
    }
    if (!m_ended)
        return std::nullopt;
    return std::exchange(m_in, {});
}

std::optional<RawAnswer> RawClient::answer(std::chrono::milliseconds limit, bool toHead)
{
    const auto until = std::chrono::steady_clock::now() + limit;
    while (!m_in.contains("\r\n\r\n") && fill(until)) {
    }
    const qsizetype end = m_in.indexOf("\r\n\r\n");
    if (end < 0)
        return std::nullopt;
    RawAnswer answer;
    answer.head = m_in.left(end + 2);
    m_in.remove(0, end + 4);
    answer.status = answer.head.mid(9, 3).toInt();
    const qsizetype length =
        toHead || answer.status == 101 ? 0 : answer.header("content-length").toLongLong();
    while (m_in.size() < length && fill(until)) {
    }
    if (m_in.size() < length)
        return std::nullopt;
    answer.body = m_in.left(length);
    m_in.remove(0, length);
    return answer;
}

bool RawClient::upgrade(const QByteArray &path, const QByteArray &subprotocol)
{
    QByteArray request = "GET " + path +
                         " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                         "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    if (!subprotocol.isEmpty())
        request += "Sec-WebSocket-Protocol: " + subprotocol + "\r\n";
    send(request + "\r\n");
    const std::optional<RawAnswer> got = answer();
    return got && got->status == 101 &&
           got->header("sec-websocket-accept") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" &&
           got->header("sec-websocket-protocol") == subprotocol;
}

QByteArray get(const QByteArray &path, const QByteArray &more)
{
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + more + "\r\n";
}

QByteArray post(const QByteArray &path, const QByteArray &body, const QByteArray &more)
{
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + QByteArray::number(body.size()) +
           "\r\n" + more + "\r\n" + body;
}

QByteArray clientFrame(int opcode, const QByteArray &payload, bool fin, bool masked)
{
    QByteArray frame;
    frame.append(static_cast<char>((fin ? 0x80 : 0) | opcode));
    const int mask = masked ? 0x80 : 0;
    if (payload.size() < 126) {
        frame.append(static_cast<char>(mask | static_cast<int>(payload.size())));
    } else if (payload.size() <= 0xffff) {
        frame.append(static_cast<char>(mask | 126));
        frame.append(static_cast<char>(payload.size() >> 8)).append(static_cast<char>(payload.size()));
    } else {
        frame.append(static_cast<char>(mask | 127));
        for (int shift = 56; shift >= 0; shift -= 8)
            frame.append(static_cast<char>(static_cast<quint64>(payload.size()) >> shift));
    }
    if (!masked)
        return frame + payload;
    const QByteArray key("\x11\x22\x33\x44", 4);
    frame += key;
    for (qsizetype i = 0; i < payload.size(); ++i)
        frame.append(static_cast<char>(payload[i] ^ key[i % 4]));
    return frame;
}

bool RawClient::sendFrame(int opcode, const QByteArray &payload, bool fin, bool masked)
{
    return send(clientFrame(opcode, payload, fin, masked));
}

std::optional<RawFrame> RawClient::frame(std::chrono::milliseconds limit)
{
    const auto until = std::chrono::steady_clock::now() + limit;
    const auto need = [&](qsizetype size) {
        while (m_in.size() < size && fill(until)) {
        }
        return m_in.size() >= size;
    };
    if (!need(2))
        return std::nullopt;
    qsizetype head = 2;
    quint64 size = static_cast<unsigned char>(m_in[1]) & 0x7f;
    const int extra = size == 126 ? 2 : size == 127 ? 8 : 0;
    if (extra > 0) {
        if (!need(2 + extra))
            return std::nullopt;
        size = 0;
        for (int i = 0; i < extra; ++i)
            size = size << 8 | static_cast<unsigned char>(m_in[2 + i]);
        head += extra;
    }
    if (!need(head + static_cast<qsizetype>(size)))
        return std::nullopt;
    const RawFrame frame{m_in[0] & 0x0f, m_in.mid(head, static_cast<qsizetype>(size))};
    m_in.remove(0, head + static_cast<qsizetype>(size));
    return frame;
}
} // namespace belfry::net::test
