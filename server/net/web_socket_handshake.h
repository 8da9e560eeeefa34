#pragma once

#include "net/head_scanner.h"
#include "net/http_message.h"

namespace belfry::net {
/// Is this request the opening of a WebSocket (RFC 6455 section 4.2.1)?
struct HandshakeCheck
{
    QByteArray key;  ///< Sec-WebSocket-Key of a well-formed handshake; empty: none was asked for
    Refusal refusal; ///< status 0: nothing to object to
    std::vector<Header> extraHeaders;
};

[[nodiscard]] HandshakeCheck checkHandshake(const HttpRequest &request, int minorVersion, bool hasBody);

/// The smallest handshake that asks for the same: what was checked already is not checked again by another
/// reader with other ideas. `path` is ours, too.
[[nodiscard]] QByteArray plainHandshake(QByteArrayView path, QByteArrayView key, QByteArrayView subprotocol);
} // namespace belfry::net
