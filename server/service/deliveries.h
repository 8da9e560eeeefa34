#pragma once

#include "auth/principal.h"
#include "ports/store.h"
#include "runtime/clock.h"

namespace belfry::service {
/// What administrators see of deliveries, and dead letters that they drive again (semantics 17). Any loop.
class Deliveries
{
public:
    Deliveries(ports::Store &store, const runtime::Clock &clock);

    /// Scope admin:read.
    void list(runtime::Loop &home, const auth::Principal &who, ports::DeliveryFilter filter, qint64 before,
              int limit, runtime::Reply<model::Result<ports::DeliveryPage>> reply);
    /// Those of `ids`, or, without any, the newest 1,000 that the filter accepts. Answers how many are due
    /// now. Scope admin:write.
    void redrive(runtime::Loop &home, const auth::Principal &who, std::vector<ports::DeliveryId> ids,
                 ports::DeliveryFilter filter, runtime::Reply<model::Result<int>> reply);

private:
    ports::Store &m_store;
    const runtime::Clock &m_clock;
};
} // namespace belfry::service
