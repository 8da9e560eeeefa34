#include "api/trusted_proxies.h"

#include <algorithm>

namespace belfry::api {
namespace {
using Range = std::pair<QHostAddress, int>;

std::vector<Range> loopback()
{
    return {{QHostAddress(QStringLiteral("127.0.0.0")), 8}, {QHostAddress(QHostAddress::LocalHostIPv6), 128}};
}

/// ::ffff:a.b.c.d is a.b.c.d.
QHostAddress unmapped(const QHostAddress &address)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    return isV4 ? QHostAddress(v4) : address;
}

bool isRange(const Range &range)
{
    return !range.first.isNull() && range.second >= 0;
}
} // namespace

TrustedProxies::TrustedProxies()
    : m_ranges(loopback())
{
}

model::Result<TrustedProxies> TrustedProxies::make(const QByteArrayList &ranges)
{
    TrustedProxies proxies;
    proxies.m_ranges.clear();
    for (const QByteArray &text : ranges) {
        if (text == "loopback") {
            const auto own = loopback();
            proxies.m_ranges.insert(proxies.m_ranges.end(), own.begin(), own.end());
            continue;
        }
        if (text == "none" && ranges.size() == 1)
            return proxies;
        const Range range = QHostAddress::parseSubnet(QString::fromLatin1(text));
        if (!isRange(range))
            return model::fail(model::ErrorCode::Invalid,
                               '`' + text +
                                   "` must be an address or a range such as 10.1.0.0/16, `loopback`, "
                                   "or `none` alone");
        proxies.m_ranges.push_back(range);
    }
    return proxies;
}

bool TrustedProxies::contains(const QHostAddress &address) const
{
    const QHostAddress plain = unmapped(address);
    return std::any_of(m_ranges.begin(), m_ranges.end(),
                       [&plain](const Range &range) { return plain.isInSubnet(range); });
}
} // namespace belfry::api
