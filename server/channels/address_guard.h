#pragma once

#include "model/result.h"

#include <QByteArrayList>
#include <array>
#include <vector>

struct sockaddr;

namespace belfry::channels {
/// An IP address; IPv4 as its IPv4-mapped IPv6 form.
using AddressBytes = std::array<quint8, 16>;

/// Says which addresses a webhook may lead to (semantics 19): those of the public internet, and what the
/// operator allowed. Judged is what is dialled, never a name. Immutable, any thread.
class AddressGuard
{
public:
    /// `allowed`: CIDR such as 10.0.0.0/8 or fd00::/8, or a single address. Invalid, naming the bad one.
    [[nodiscard]] static model::Result<AddressGuard> make(const QByteArrayList &allowed);
    AddressGuard() = default;

    /// False: loopback, private, link-local (cloud metadata among them), shared (CGNAT), multicast, reserved,
    /// for documentation; also where such an IPv4 address is mapped, translated (NAT64) or tunnelled (6to4,
    /// Teredo).
    [[nodiscard]] bool lets(const AddressBytes &address) const;
    /// False for everything but IPv4 and IPv6.
    [[nodiscard]] bool lets(const sockaddr *address) const;

    [[nodiscard]] static std::optional<AddressBytes> parse(const QByteArray &text);

private:
    struct Range
    {
        AddressBytes base{};
        int bits = 0;
        [[nodiscard]] bool holds(const AddressBytes &address) const;
    };
    static std::optional<Range> parseRange(const QByteArray &text);
    static bool isForbidden(const AddressBytes &address);

    std::vector<Range> m_allowed;
};
} // namespace belfry::channels
