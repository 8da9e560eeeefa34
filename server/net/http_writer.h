#pragma once

#include "net/http_message.h"

namespace belfry::net {
/// What the connection adds to a handler's answer.
struct WriteRules
{
    QByteArray date{};
    int minorVersion = 1; ///< of the request
    bool keepAlive = true;
    bool headOnly = false;   ///< the request was HEAD
    bool chunked = false;    ///< the body follows in chunks
    bool untilClose = false; ///< the body follows and ends with the connection
};

/// The head of an answer with its empty line, ready for the wire; the body follows it unless headOnly or the
/// status has none. Header lines that could forge others (CR, LF, NUL) are left out and logged.
[[nodiscard]] QByteArray writeHead(const HttpResponse &response, const WriteRules &rules,
                                   qsizetype extraReserve = 0);
/// 1xx, 204 and 304 have no body, whatever the handler said (RFC 9110 section 6.4.1).
[[nodiscard]] bool statusHasBody(int status);
/// One chunk's first line.
[[nodiscard]] QByteArray chunkLine(qint64 size);
} // namespace belfry::net
