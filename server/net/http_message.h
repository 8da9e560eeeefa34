#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <vector>

namespace belfry::net {
enum class Method { Get, Head, Post, Put, Patch, Delete, Options, Other };

struct Header
{
    QByteArray name; ///< in lower case for requests
    QByteArray value;
};

/// Who is at the other end, and on which of our addresses it came in.
struct Peer
{
    QHostAddress address;
    quint16 port = 0;
    QHostAddress localAddress;
    quint16 localPort = 0;
    /// Index into ServerOptions::listen: carries what an address is marked with, e.g. its dialect.
    int listener = 0;
    /// Both the peer and the *listener's own* address are loopback (decisions H08).
    bool loopback = false;
    bool secure = false; ///< carried by TLS
};

/// A request as it arrived, checked against the limits of semantics 18, body complete and unchunked.
struct HttpRequest
{
    Method method = Method::Get;
    QByteArray methodText;
    QByteArray path; ///< as sent, percent-encoded, without the query; begins with '/', or is `*` (of OPTIONS)
    QByteArray query; ///< as sent, without '?'
    std::vector<Header> headers;
    QByteArray body;
    Peer peer;

    /// Value of the first header with this name (given in lower case); empty when absent.
    [[nodiscard]] QByteArrayView header(QByteArrayView name) const;
    [[nodiscard]] bool has(QByteArrayView name) const;
};

/// Content-Length, Date, Connection and, for HEAD, the missing body are the connection's business.
struct HttpResponse
{
    int status = 200;
    QByteArray contentType{}; ///< empty: no Content-Type header
    QByteArray body{};
    std::vector<Header> headers{};
    bool close = false;
};
} // namespace belfry::net
