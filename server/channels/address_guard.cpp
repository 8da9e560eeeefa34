#include "channels/address_guard.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cstring>
#include <netinet/in.h>

namespace belfry::channels {
namespace {
constexpr int v4Bits = 96; ///< of the IPv4-mapped prefix

AddressBytes mapped(const quint8 *four)
{
    AddressBytes address{};
    address[10] = address[11] = 0xff;
    std::memcpy(address.data() + 12, four, 4);
    return address;
}

/// IANA's registries of special addresses: what is not globally reachable, and what may only look as if it
/// were.
constexpr const char *forbidden[] = {
    "0.0.0.0/8",       // this network
    "10.0.0.0/8",      // private
    "100.64.0.0/10",   // shared (CGNAT)
    "127.0.0.0/8",     // loopback
    "169.254.0.0/16",  // link-local, cloud metadata
    "172.16.0.0/12",   // private
    "192.0.0.0/24",    // IETF protocols
    "192.0.2.0/24",    // documentation
    "192.88.99.0/24",  // 6to4 relays
    "192.168.0.0/16",  // private
    "198.18.0.0/15",   // benchmarks
    "198.51.100.0/24", // documentation
    "203.0.113.0/24",  // documentation
    "224.0.0.0/4",     // multicast
    "240.0.0.0/4",     // reserved, broadcast
    "::/96",           // unspecified, loopback, IPv4-compatible
    "::ffff:0:0:0/96", // IPv4-translated
    "64:ff9b:1::/48",  // local NAT64
    "100::/64",        // discard
    "2001::/23",       // IETF protocols, Teredo, ORCHID
    "2001:db8::/32",   // documentation
    "3fff::/20",       // documentation
    "5f00::/16",       // segment routing
    "fc00::/7",        // unique local, cloud metadata
    "fe80::/10",       // link-local
    "fec0::/10",       // site-local, deprecated
    "ff00::/8",        // multicast
};

bool beginsWith(const AddressBytes &address, std::initializer_list<quint8> prefix)
{
    return std::equal(prefix.begin(), prefix.end(), address.begin());
}
} // namespace

bool AddressGuard::Range::holds(const AddressBytes &address) const
{
    const auto whole = static_cast<std::size_t>(bits / 8);
    if (!std::equal(base.begin(), base.begin() + static_cast<std::ptrdiff_t>(whole), address.begin()))
        return false;
    const int rest = bits % 8;
    if (rest == 0)
        return true;
    const auto mask = static_cast<quint8>(0xff << (8 - rest));
    return (base.at(whole) & mask) == (address.at(whole) & mask);
}

std::optional<AddressBytes> AddressGuard::parse(const QByteArray &text)
{
    in_addr four{};
    if (inet_pton(AF_INET, text.constData(), &four) == 1)
        return mapped(reinterpret_cast<const quint8 *>(&four));
    in6_addr six{};
    if (inet_pton(AF_INET6, text.constData(), &six) != 1)
        return std::nullopt;
    AddressBytes address{};
    std::memcpy(address.data(), &six, address.size());
    return address;
}

std::optional<AddressGuard::Range> AddressGuard::parseRange(const QByteArray &text)
{
    const qsizetype slash = text.indexOf('/');
    const QByteArray name = slash < 0 ? text : text.first(slash);
    const auto base = parse(name);
    if (!base)
        return std::nullopt;
    const int offset = name.contains(':') ? 0 : v4Bits;
    if (slash < 0)
        return Range{*base, 128};
    bool isNumber = false;
    const int bits = text.mid(slash + 1).toInt(&isNumber);
    if (!isNumber || bits < 0 || bits > 128 - offset)
        return std::nullopt;
    return Range{*base, offset + bits};
}

model::Result<AddressGuard> AddressGuard::make(const QByteArrayList &allowed)
{
    AddressGuard guard;
    for (const QByteArray &text : allowed) {
        const auto range = parseRange(text);
        if (!range)
            return model::fail(model::ErrorCode::Invalid,
                               "`" + text + "` is no address range such as 10.0.0.0/8 or fd00::/8");
        guard.m_allowed.push_back(*range);
    }
    return guard;
}

bool AddressGuard::isForbidden(const AddressBytes &address)
{
    static const std::vector<Range> ranges = [] {
        std::vector<Range> all;
        for (const char *text : forbidden)
            all.push_back(*parseRange(text));
        return all;
    }();
    const auto held = [](const AddressBytes &one) {
        return std::any_of(ranges.begin(), ranges.end(),
                           [&one](const Range &range) { return range.holds(one); });
    };
    if (held(address))
        return true;
    if (beginsWith(address, {0x20, 0x02})) // 6to4: 2002:a.b.c.d::
        return held(mapped(address.data() + 2));
    if (beginsWith(address, {0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0})) // NAT64: 64:ff9b::a.b.c.d
        return held(mapped(address.data() + 12));
    return false;
}

bool AddressGuard::lets(const AddressBytes &address) const
{
    const bool allowed = std::any_of(m_allowed.begin(), m_allowed.end(),
                                     [&address](const Range &range) { return range.holds(address); });
    return allowed || !isForbidden(address);
}

bool AddressGuard::lets(const sockaddr *address) const
{
    if (address->sa_family == AF_INET) {
        sockaddr_in four{};
        std::memcpy(&four, address, sizeof four);
        return lets(mapped(reinterpret_cast<const quint8 *>(&four.sin_addr)));
    }
    if (address->sa_family != AF_INET6)
        return false;
    sockaddr_in6 six{};
    std::memcpy(&six, address, sizeof six);
    AddressBytes bytes{};
    std::memcpy(bytes.data(), &six.sin6_addr, bytes.size());
    return lets(bytes);
}
} // namespace belfry::channels
