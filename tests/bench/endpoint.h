#pragma once

#include "bench/fd.h"

#include "model/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace belfry::bench {
class TlsTrust;

/// An IPv4 address and a port.
struct Endpoint
{
    std::uint32_t address = 0; ///< host byte order
    std::uint16_t port = 0;
    bool secure = false;       ///< TLS
    TlsTrust *trust = nullptr; ///< whom to believe with TLS; not owned

    [[nodiscard]] bool isLoopback() const { return (address >> 24) == 127; }
    /// "127.0.0.1:8080", also the value of the Host header.
    [[nodiscard]] std::string text() const;
    [[nodiscard]] std::string addressText() const;
    friend bool operator==(const Endpoint &, const Endpoint &) = default;
};

/// Reads `http://HOST[:PORT]`, `https://HOST[:PORT]` or `HOST:PORT`. HOST is an IPv4 address or `localhost`;
/// other names are not resolved, because the bench measures servers at hand. Malformed: says how it should
/// look.
[[nodiscard]] model::Result<Endpoint> parseEndpoint(std::string_view text);

/// Begins a connection without waiting for it (non-blocking, TCP_NODELAY). Towards loopback the socket is
/// bound to one of 64 source addresses, chosen by `number`, as one address has only about 28,000 ports.
/// Unavailable: why not.
[[nodiscard]] model::Result<Fd> beginConnection(const Endpoint &target, std::uint64_t number);

/// Small writes go out at once (TCP_NODELAY).
void sendAtOnce(const Fd &socket);

/// A non-blocking listening socket. Unavailable: why not.
[[nodiscard]] model::Result<Fd> listenOn(const Endpoint &address);
[[nodiscard]] Endpoint localEndpoint(const Fd &socket);
} // namespace belfry::bench
