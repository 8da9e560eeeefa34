#pragma once

#include "model/result.h"
#include "net/server.h"

#include <sys/socket.h>
#include <vector>

namespace belfry::net {
/// One address, opened once for each loop: the kernel spreads new connections over them (SO_REUSEPORT).
struct ListenGroup
{
    ListenAddress bound; ///< with the port that was picked
    std::vector<int> descriptors;
};

/// Binds and listens `count` times. Another server on the address is seen, although it may use SO_REUSEPORT
/// as well. Error Conflict: in use; Invalid: not an address of this machine; Forbidden: a port below 1024;
/// Unavailable: no descriptors. Nothing stays open on an error.
[[nodiscard]] model::Result<ListenGroup> openListenGroup(const ListenAddress &address, int count);

/// "host:port", with brackets around IPv6.
[[nodiscard]] QByteArray textOf(const ListenAddress &address);

/// The address in a sockaddr; an IPv4 address that came through an IPv6 socket is IPv4.
[[nodiscard]] QHostAddress hostOf(const sockaddr_storage &address);
[[nodiscard]] quint16 portOf(const sockaddr_storage &address);
} // namespace belfry::net
