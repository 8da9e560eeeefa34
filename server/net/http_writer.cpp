#include "net/http_writer.h"

#include "runtime/log.h"

#include <algorithm>

namespace belfry::net {
namespace {
QByteArrayView reasonOf(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 202:
        return "Accepted";
    case 204:
        return "No Content";
    case 206:
        return "Partial Content";
    case 301:
        return "Moved Permanently";
    case 302:
        return "Found";
    case 303:
        return "See Other";
    case 304:
        return "Not Modified";
    case 307:
        return "Temporary Redirect";
    case 308:
        return "Permanent Redirect";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 406:
        return "Not Acceptable";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 410:
        return "Gone";
    case 411:
        return "Length Required";
    case 412:
        return "Precondition Failed";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 415:
        return "Unsupported Media Type";
    case 417:
        return "Expectation Failed";
    case 422:
        return "Unprocessable Content";
    case 426:
        return "Upgrade Required";
    case 428:
        return "Precondition Required";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Status";
    }
}

bool isSafe(const QByteArray &text)
{
    return std::ranges::none_of(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

void appendHeader(QByteArray &out, QByteArrayView name, QByteArrayView value)
{
    out.append(name).append(": ").append(value).append("\r\n");
}

void appendChecked(QByteArray &out, const QByteArray &name, const QByteArray &value)
{
    if (isSafe(name) && isSafe(value) && !name.isEmpty())
        appendHeader(out, name, value);
    else
        qCWarning(lcNet) << "a response header with control characters was left out:" << name;
}
} // namespace

bool statusHasBody(int status)
{
    return status >= 200 && status != 204 && status != 304;
}

QByteArray writeHead(const HttpResponse &response, const WriteRules &rules, qsizetype extraReserve)
{
    QByteArray out;
    out.reserve(256 + 64 * static_cast<qsizetype>(response.headers.size()) + extraReserve);
    out.append("HTTP/1.1 ").append(QByteArray::number(response.status)).append(' ');
    out.append(reasonOf(response.status)).append("\r\nDate: ").append(rules.date).append("\r\n");
    if (!response.contentType.isEmpty())
        appendChecked(out, QByteArrayLiteral("Content-Type"), response.contentType);
    for (const Header &header : response.headers)
        appendChecked(out, header.name, header.value);
    if (rules.chunked)
        out.append("Transfer-Encoding: chunked\r\n");
    else if (statusHasBody(response.status) && !rules.untilClose)
        appendHeader(out, "Content-Length", QByteArray::number(response.body.size()));
    if (!rules.keepAlive)
        out.append("Connection: close\r\n");
    else if (rules.minorVersion == 0)
        out.append("Connection: keep-alive\r\n");
    return out.append("\r\n");
}

QByteArray chunkLine(qint64 size)
{
    return QByteArray::number(size, 16).append("\r\n");
}
} // namespace belfry::net
