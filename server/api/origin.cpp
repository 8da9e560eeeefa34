#include "api/origin.h"

namespace belfry::api {
namespace {
constexpr qsizetype longestNode = 64;

/// "192.0.2.1", "192.0.2.1:80", "2001:db8::1", "[2001:db8::1]:80"; null: anything else.
QHostAddress nodeAddress(QByteArrayView text)
{
    if (text.size() > longestNode)
        return {};
    QByteArrayView host = text;
    if (text.startsWith('['))
        host = text.sliced(1, std::max<qsizetype>(text.indexOf(']'), 1) - 1);
    else if (text.count(':') == 1)
        host = text.first(text.indexOf(':'));
    QHostAddress address(QString::fromLatin1(host));
    address.setScopeId({});
    return address;
}

/// The `for` of one element of `Forwarded`: `for="[2001:db8::1]:4711";proto=https`.
QByteArrayView forwardedFor(QByteArrayView element)
{
    for (const QByteArray &pair : element.toByteArray().split(';')) {
        const QByteArray trimmed = pair.trimmed();
        if (trimmed.first(std::min<qsizetype>(4, trimmed.size())).toLower() != "for=")
            continue;
        const qsizetype at = element.indexOf(trimmed) + 4;
        QByteArrayView value = element.sliced(at, trimmed.size() - 4);
        if (value.size() >= 2 && value.startsWith('"') && value.endsWith('"'))
            value = value.sliced(1, value.size() - 2);
        return value;
    }
    return {};
}

/// All elements of all lines of this header, in order.
std::vector<QByteArrayView> elementsOf(const net::HttpRequest &request, QByteArrayView name)
{
    std::vector<QByteArrayView> elements;
    for (const net::Header &header : request.headers) {
        if (header.name != name)
            continue;
        QByteArrayView rest = header.value;
        for (qsizetype comma = rest.indexOf(','); comma >= 0; comma = rest.indexOf(',')) {
            elements.push_back(rest.first(comma).trimmed());
            rest = rest.sliced(comma + 1);
        }
        elements.push_back(rest.trimmed());
    }
    return elements;
}

/// From the peer backwards, as long as those who tell are trusted.
QHostAddress walkBack(QHostAddress address, const std::vector<QByteArrayView> &nodes,
                      const TrustedProxies &proxies)
{
    for (auto node = nodes.rbegin(); node != nodes.rend() && proxies.contains(address); ++node) {
        const QHostAddress before = nodeAddress(*node);
        if (before.isNull())
            break;
        address = before;
    }
    return address;
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

QHostAddress clientAddress(const net::HttpRequest &request, const TrustedProxies &proxies)
{
    QHostAddress peer = request.peer.address;
    peer.setScopeId({});
    if (!proxies.contains(peer))
        return peer;
    const auto plain = elementsOf(request, "x-forwarded-for");
    auto standard = elementsOf(request, "forwarded");
    for (QByteArrayView &element : standard)
        element = forwardedFor(element);
    const QHostAddress byPlain = walkBack(peer, plain, proxies);
    const QHostAddress byStandard = walkBack(peer, standard, proxies);
    if (plain.empty() || standard.empty())
        return plain.empty() ? byStandard : byPlain;
    return byPlain == byStandard ? byPlain : peer;
}

service::Origin originOf(const net::HttpRequest &request, const TrustedProxies &proxies)
{
    const QHostAddress address = clientAddress(request, proxies);
    return {address.toString().toLatin1(), networkOf(address)};
}
} // namespace belfry::api
