#pragma once

#include <QByteArrayView>

namespace belfry::protocol {
/// RFC 6455, section 7.4, and api.md's own codes; decisions H26.
enum class CloseCode : quint16 {
    Normal = 1000,
    GoingAway = 1001,
    ProtocolError = 1002,
    UnsupportedData = 1003,
    BadUtf8 = 1007,
    PolicyViolation = 1008, ///< three messages that could not be read
    TooBig = 1009,          ///< a client message over 64 KiB
    InternalError = 1011,
    ServiceRestart = 1012, ///< drain
    Replaced = 4000,       ///< by the same device: the client does not reconnect by itself
    Unauthenticated = 4001,
    Forbidden = 4003,
    TooSlow = 4008,
    TooManyConnections = 4009,
    RateLimited = 4029,
};

/// For the close frame: short, for people, at most 123 bytes.
[[nodiscard]] QByteArrayView closeReason(CloseCode code);
} // namespace belfry::protocol
