#include "net/web_socket_handshake.h"

#include <algorithm>

namespace belfry::net {
namespace {
/// Is `token` in the comma-separated lists of all headers with this name?
bool lists(const HttpRequest &request, QByteArrayView name, QByteArrayView token)
{
    return std::ranges::any_of(request.headers, [&](const Header &header) {
        if (header.name != name)
            return false;
        const QList<QByteArray> parts = header.value.split(',');
        return std::ranges::any_of(parts, [&](const QByteArray &part) {
            return part.trimmed().compare(token, Qt::CaseInsensitive) == 0;
        });
    });
}

bool isKey(const QByteArray &key)
{
    const auto decoded = QByteArray::fromBase64Encoding(key, QByteArray::Base64Encoding |
                                                                 QByteArray::AbortOnBase64DecodingErrors);
    return key.size() == 24 && decoded && decoded.decoded.size() == 16;
}

qsizetype countOf(const HttpRequest &request, QByteArrayView name)
{
    return std::ranges::count_if(request.headers, [&](const Header &header) { return header.name == name; });
}
} // namespace

HandshakeCheck checkHandshake(const HttpRequest &request, int minorVersion, bool hasBody)
{
    HandshakeCheck check;
    if (request.method != Method::Get || !request.has("upgrade") || !lists(request, "upgrade", "websocket"))
        return check;
    if (minorVersion < 1 || hasBody || !lists(request, "connection", "upgrade")) {
        check.refusal = {400, "The WebSocket handshake is malformed."};
        return check;
    }
    if (request.header("sec-websocket-version") != QByteArrayView("13") ||
        countOf(request, "sec-websocket-version") != 1) {
        check.refusal = {426, "The WebSocket version is 13."};
        check.extraHeaders = {{"Sec-WebSocket-Version", "13"}, {"Upgrade", "websocket"}};
        return check;
    }
    const QByteArray key = request.header("sec-websocket-key").toByteArray();
    if (countOf(request, "sec-websocket-key") != 1 || !isKey(key)) {
        check.refusal = {400, "Sec-WebSocket-Key must be 16 bytes in base64."};
        return check;
    }
    check.key = key;
    return check;
}

QByteArray plainHandshake(QByteArrayView path, QByteArrayView key, QByteArrayView subprotocol)
{
    QByteArray text;
    text.reserve(256);
    text.append("GET ").append(path).append(
        " HTTP/1.1\r\nHost: belfry\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n");
    text.append("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ").append(key).append("\r\n");
    if (!subprotocol.isEmpty())
        text.append("Sec-WebSocket-Protocol: ").append(subprotocol).append("\r\n");
    return text.append("\r\n");
}
} // namespace belfry::net
