#include "service/deliveries.h"

#include "service/access.h"

namespace belfry::service {
using auth::Scope;

namespace {
constexpr int redrivenAtOnce = 1'000;
}

Deliveries::Deliveries(ports::Store &store, const runtime::Clock &clock)
    : m_store(store)
    , m_clock(clock)
{
}

void Deliveries::list(runtime::Loop &home, const auth::Principal &who, ports::DeliveryFilter filter,
                      qint64 before, int limit, runtime::Reply<model::Result<ports::DeliveryPage>> reply)
{
    if (auto allowed = requireScope(who, Scope::AdminRead); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    m_store.webhooks().deliveries(home, std::move(filter), before, limit, std::move(reply));
}

void Deliveries::redrive(runtime::Loop &home, const auth::Principal &who, std::vector<ports::DeliveryId> ids,
                         ports::DeliveryFilter filter, runtime::Reply<model::Result<int>> reply)
{
    if (auto allowed = requireScope(who, Scope::AdminWrite); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    m_store.webhooks().redrive(home, std::move(ids), std::move(filter), redrivenAtOnce, m_clock.now(),
                               std::move(reply));
}
} // namespace belfry::service
