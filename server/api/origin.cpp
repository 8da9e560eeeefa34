#include "api/origin.h"

namespace belfry::api {
namespace {
QHostAddress forwardedBy(const net::HttpRequest &request)
{
    QByteArrayView last;
    for (const net::Header &header : request.headers) {
        if (header.name == "x-forwarded-for")
            last = header.value;
    }
    last = last.sliced(last.lastIndexOf(',') + 1).trimmed();
    return last.size() > 64 ? QHostAddress() : QHostAddress(QString::fromLatin1(last));
}

/// Whoever has an IPv6 network has 2^64 addresses.
QByteArray networkOf(const QHostAddress &address)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4); // also of ::ffff:a.b.c.d
    if (isV4)
        return QHostAddress(v4).toString().toLatin1();
    Q_IPV6ADDR bits = address.toIPv6Address();
    std::fill(bits.c + 8, bits.c + 16, quint8(0));
    return QHostAddress(bits).toString().toLatin1() + "/64";
}
} // namespace

service::Origin originOf(const net::HttpRequest &request)
{
    QHostAddress address = request.peer.address;
    if (request.peer.loopback) {
        if (const QHostAddress named = forwardedBy(request); !named.isNull())
            address = named;
    }
    address.setScopeId({});
    return {address.toString().toLatin1(), networkOf(address)};
}
} // namespace belfry::api
