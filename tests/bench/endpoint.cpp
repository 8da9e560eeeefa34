#include "bench/endpoint.h"

#include <arpa/inet.h>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace belfry::bench {
namespace {
using model::ErrorCode;

constexpr std::uint64_t sourceAddresses = 64;

sockaddr_in toNative(const Endpoint &endpoint)
{
    sockaddr_in native{};
    native.sin_family = AF_INET;
    native.sin_addr.s_addr = htonl(endpoint.address);
    native.sin_port = htons(endpoint.port);
    return native;
}

void setFlag(int fd, int level, int option)
{
    const int on = 1;
    ::setsockopt(fd, level, option, &on, sizeof on);
}

tl::unexpected<model::Error> systemFailure(const char *what)
{
    return model::fail(ErrorCode::Unavailable, QByteArray(what) + ": " + std::strerror(errno));
}

model::VoidResult bindSource(int fd, std::uint64_t number)
{
    // Without this flag the kernel would look for a port free towards all targets already now.
    setFlag(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT);
    const Endpoint source{0x7f000101U + static_cast<std::uint32_t>(number % sourceAddresses), 0};
    const sockaddr_in native = toNative(source);
    if (::bind(fd, reinterpret_cast<const sockaddr *>(&native), sizeof native) != 0)
        return systemFailure("bind of a source address");
    return {};
}
} // namespace

std::string Endpoint::addressText() const
{
    char host[INET_ADDRSTRLEN] = {};
    const in_addr native{htonl(address)};
    ::inet_ntop(AF_INET, &native, host, sizeof host);
    return host;
}

std::string Endpoint::text() const
{
    return addressText() + ":" + std::to_string(port);
}

model::Result<Endpoint> parseEndpoint(std::string_view text)
{
    const auto bad = [whole = std::string(text)] {
        return model::fail(ErrorCode::Malformed, QByteArray("'") + whole.c_str() +
                                                     "' is not an address: use http://127.0.0.1:8080 or "
                                                     "127.0.0.1:8080");
    };
    const bool secure = text.starts_with("https://");
    if (secure || text.starts_with("http://"))
        text.remove_prefix(secure ? 8 : 7);
    text = text.substr(0, text.find('/'));
    const std::size_t colon = text.find(':');
    const std::string host(text.substr(0, colon) == "localhost" ? "127.0.0.1" : text.substr(0, colon));
    in_addr native{};
    if (::inet_pton(AF_INET, host.c_str(), &native) != 1)
        return bad();
    Endpoint endpoint{ntohl(native.s_addr), static_cast<std::uint16_t>(secure ? 443 : 80), secure};
    if (colon == std::string_view::npos)
        return endpoint;
    const std::string_view port = text.substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), endpoint.port);
    if (error != std::errc() || end != port.data() + port.size())
        return bad();
    return endpoint;
}

model::Result<Fd> beginConnection(const Endpoint &target, std::uint64_t number)
{
    Fd socket(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!socket.isOpen())
        return systemFailure("socket");
    sendAtOnce(socket);
    if (target.isLoopback()) {
        if (auto bound = bindSource(socket.get(), number); !bound)
            return tl::unexpected(bound.error());
    }
    const sockaddr_in native = toNative(target);
    const int result = ::connect(socket.get(), reinterpret_cast<const sockaddr *>(&native), sizeof native);
    if (result != 0 && errno != EINPROGRESS)
        return systemFailure("connect");
    return socket;
}

void sendAtOnce(const Fd &socket)
{
    setFlag(socket.get(), IPPROTO_TCP, TCP_NODELAY);
}

model::Result<Fd> listenOn(const Endpoint &address)
{
    Fd socket(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!socket.isOpen())
        return systemFailure("socket");
    setFlag(socket.get(), SOL_SOCKET, SO_REUSEADDR);
    const sockaddr_in native = toNative(address);
    if (::bind(socket.get(), reinterpret_cast<const sockaddr *>(&native), sizeof native) != 0)
        return systemFailure("bind");
    if (::listen(socket.get(), 4096) != 0)
        return systemFailure("listen");
    return socket;
}

Endpoint localEndpoint(const Fd &socket)
{
    sockaddr_in native{};
    socklen_t size = sizeof native;
    ::getsockname(socket.get(), reinterpret_cast<sockaddr *>(&native), &size);
    return {ntohl(native.sin_addr.s_addr), ntohs(native.sin_port)};
}
} // namespace belfry::bench
