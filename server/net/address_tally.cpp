#include "net/address_tally.h"

#include "runtime/log.h"

namespace belfry::net {
namespace {
constexpr std::chrono::minutes tellEvery{1};

/// The /64 of an IPv6 address; an IPv4 one (mapped or not) as 0:ffff:a.b.c.d, which is nobody's /64.
AddressTally::Place placeOf(const QHostAddress &address)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    if (isV4)
        return (AddressTally::Place(0xffff) << 32) | v4;
    const Q_IPV6ADDR bits = address.toIPv6Address();
    AddressTally::Place place = 0;
    for (int i = 0; i < 8; ++i)
        place = (place << 8) | bits[i];
    return place == 0 ? 1 : place; // ::/64 is no network of anybody's, 0 is "not counted"
}
} // namespace

AddressTally::AddressTally(int limit, Uncounted uncounted)
    : m_limit(limit)
    , m_uncounted(std::move(uncounted))
{
}

std::optional<AddressTally::Place> AddressTally::enter(const QHostAddress &address)
{
    if (m_limit <= 0 || (m_uncounted && m_uncounted(address)))
        return 0;
    const Place place = placeOf(address);
    const std::lock_guard lock(m_mutex);
    int &count = m_counts[place];
    if (count >= m_limit) {
        tellRefused(address);
        return std::nullopt;
    }
    ++count;
    return place;
}

void AddressTally::leave(Place place)
{
    if (place == 0)
        return;
    const std::lock_guard lock(m_mutex);
    const auto found = m_counts.find(place);
    if (found != m_counts.end() && --found->second == 0)
        m_counts.erase(found);
}

void AddressTally::tellRefused(const QHostAddress &address)
{
    const auto now = std::chrono::steady_clock::now();
    if (m_toldAt != decltype(m_toldAt){} && now - m_toldAt < tellEvery)
        return;
    m_toldAt = now;
    qCWarning(lcNet) << "more than" << m_limit << "connections from" << address.toString()
                     << ": those above are closed (max_open_per_address; a proxy belongs into "
                        "trusted_proxies)";
}
} // namespace belfry::net
