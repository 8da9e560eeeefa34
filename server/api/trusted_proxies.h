#pragma once

#include "model/result.h"

#include <QByteArrayList>
#include <QHostAddress>
#include <vector>

namespace belfry::api {
/// Whose word is taken for where a request comes from (setting `trusted_proxies`, decisions H100).
class TrustedProxies
{
public:
    /// Programs on this machine.
    TrustedProxies();

    /// CIDR ranges and single addresses; `loopback` stands for this machine, `none` alone for nobody.
    /// Invalid: which one is none of these.
    [[nodiscard]] static model::Result<TrustedProxies> make(const QByteArrayList &ranges);

    [[nodiscard]] bool contains(const QHostAddress &address) const;

private:
    std::vector<std::pair<QHostAddress, int>> m_ranges;
};
} // namespace belfry::api
