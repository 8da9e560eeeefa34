#include "net/listen_socket.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <unistd.h>

namespace belfry::net {
namespace {
using model::ErrorCode;

constexpr int backlog = 4096;
/// Between the probe and the real bind somebody may take a port that the kernel picked.
constexpr int pickTries = 5;

/// Closes unless it is released.
class Descriptor
{
public:
    explicit Descriptor(int fd)
        : m_fd(fd)
    {
    }
    Descriptor(Descriptor &&other) noexcept
        : m_fd(std::exchange(other.m_fd, -1))
    {
    }
    Descriptor &operator=(Descriptor &&) = delete;
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    [[nodiscard]] int get() const { return m_fd; }
    [[nodiscard]] int release() { return std::exchange(m_fd, -1); }

private:
    int m_fd;
};

socklen_t fill(sockaddr_storage &to, const ListenAddress &from)
{
    to = {};
    bool isIPv4 = false;
    const quint32 v4 = from.host.toIPv4Address(&isIPv4);
    if (isIPv4 && from.host.protocol() == QAbstractSocket::IPv4Protocol) {
        auto *in = reinterpret_cast<sockaddr_in *>(&to);
        in->sin_family = AF_INET;
        in->sin_port = htons(from.port);
        in->sin_addr.s_addr = htonl(v4);
        return sizeof *in;
    }
    auto *in6 = reinterpret_cast<sockaddr_in6 *>(&to);
    in6->sin6_family = AF_INET6;
    in6->sin6_port = htons(from.port);
    const Q_IPV6ADDR v6 = from.host.toIPv6Address(); // QHostAddress::Any is ::
    std::memcpy(&in6->sin6_addr, &v6, sizeof v6);
    in6->sin6_scope_id = from.host.scopeId().toUInt();
    return sizeof *in6;
}

void enable(int fd, int level, int option, int value = 1)
{
    ::setsockopt(fd, level, option, &value, sizeof value);
}

ErrorCode codeOf(int error)
{
    switch (error) {
    case EADDRINUSE:
        return ErrorCode::Conflict;
    case EACCES:
    case EPERM:
        return ErrorCode::Forbidden;
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
        return ErrorCode::Unavailable;
    default:
        return ErrorCode::Invalid;
    }
}

tl::unexpected<model::Error> failure(const ListenAddress &address, int error)
{
    const QByteArray where = textOf(address);
    const QByteArray why = qt_error_string(error).toUtf8();
    const ErrorCode code = codeOf(error);
    switch (code) {
    case ErrorCode::Conflict:
        return model::fail(
            code, "Address " + where + " is in use by another program; `ss -ltnp 'sport = :" +
                      QByteArray::number(address.port) +
                      "'` shows which. Stop it, or choose another address (port 0 picks a free one).");
    case ErrorCode::Forbidden:
        return model::fail(code, "Address " + where + " may not be used (" + why +
                                     "): ports below 1024 need CAP_NET_BIND_SERVICE. Choose a higher port.");
    case ErrorCode::Unavailable:
        return model::fail(code, "No socket for " + where + ": " + why + ". Raise the limit (`ulimit -n`).");
    default:
        return model::fail(code, "Address " + where + " cannot be listened on: " + why +
                                     ". It must be an address of this machine.");
    }
}

model::Result<Descriptor> bindTo(const ListenAddress &address, bool shared)
{
    sockaddr_storage name;
    const socklen_t length = fill(name, address);
    Descriptor socket(::socket(name.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (socket.get() < 0)
        return failure(address, errno);
    enable(socket.get(), SOL_SOCKET, SO_REUSEADDR);
    if (shared)
        enable(socket.get(), SOL_SOCKET, SO_REUSEPORT);
    if (name.ss_family == AF_INET6)
        enable(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY,
               address.host == QHostAddress(QHostAddress::Any) ? 0 : 1);
    // Accepted sockets inherit these: no call for each connection.
    enable(socket.get(), IPPROTO_TCP, TCP_NODELAY);
    enable(socket.get(), SOL_SOCKET, SO_KEEPALIVE);
    if (::bind(socket.get(), reinterpret_cast<const sockaddr *>(&name), length) != 0)
        return failure(address, errno);
    return socket;
}

model::Result<quint16> boundPort(const ListenAddress &address, int fd)
{
    sockaddr_storage name{};
    socklen_t length = sizeof name;
    if (::getsockname(fd, reinterpret_cast<sockaddr *>(&name), &length) != 0)
        return failure(address, errno);
    return portOf(name);
}

/// SO_REUSEPORT hides a port in use by a program of the same user: without it the kernel says so. The probe
/// listens, too: bind alone succeeds beside another socket that is bound and does not listen.
model::Result<quint16> probe(const ListenAddress &address)
{
    model::Result<Descriptor> socket = bindTo(address, false);
    if (!socket)
        return tl::unexpected(socket.error());
    if (::listen(socket->get(), 1) != 0)
        return failure(address, errno);
    return boundPort(address, socket->get());
}

model::Result<ListenGroup> openOnce(const ListenAddress &address, int count)
{
    const model::Result<quint16> port = probe(address);
    if (!port)
        return tl::unexpected(port.error());
    ListenGroup group{{address.host, *port, address.tls}, {}};
    std::vector<Descriptor> sockets;
    for (int i = 0; i < count; ++i) {
        model::Result<Descriptor> socket = bindTo(group.bound, true);
        if (!socket)
            return tl::unexpected(socket.error());
        if (::listen(socket->get(), backlog) != 0)
            return failure(group.bound, errno);
        sockets.push_back(std::move(*socket));
    }
    for (Descriptor &socket : sockets)
        group.descriptors.push_back(socket.release());
    return group;
}
} // namespace

model::Result<ListenGroup> openListenGroup(const ListenAddress &address, int count)
{
    model::Result<ListenGroup> group = openOnce(address, count);
    for (int i = 1; i < pickTries && address.port == 0 && !group && group.error().code == ErrorCode::Conflict;
         ++i)
        group = openOnce(address, count);
    return group;
}

QByteArray textOf(const ListenAddress &address)
{
    const QByteArray host = address.host == QHostAddress(QHostAddress::Any)
                                ? QByteArrayLiteral("::")
                                : address.host.toString().toUtf8();
    const QByteArray port = QByteArray::number(address.port);
    return host.contains(':') ? "[" + host + "]:" + port : host + ":" + port;
}

QHostAddress hostOf(const sockaddr_storage &address)
{
    if (address.ss_family == AF_INET)
        return QHostAddress(ntohl(reinterpret_cast<const sockaddr_in *>(&address)->sin_addr.s_addr));
    const QHostAddress host(reinterpret_cast<const sockaddr *>(&address));
    bool isIPv4 = false;
    const quint32 v4 = host.toIPv4Address(&isIPv4);
    return isIPv4 ? QHostAddress(v4) : host;
}

quint16 portOf(const sockaddr_storage &address)
{
    return ntohs(address.ss_family == AF_INET ? reinterpret_cast<const sockaddr_in *>(&address)->sin_port
                                              : reinterpret_cast<const sockaddr_in6 *>(&address)->sin6_port);
}
} // namespace belfry::net
