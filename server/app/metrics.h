#pragma once

#include <QByteArray>

namespace belfry::net {
struct NetProbe;
}
namespace belfry::ports {
struct StoreProbe;
}
namespace belfry::gateway {
struct GatewayProbe;
}
namespace belfry::schedule {
struct ScheduleProbe;
}
namespace belfry::channels {
struct ChannelProbe;
}

namespace belfry::app {
/// The probes that /metrics shows; all outlive the call.
struct MetricSources
{
    const net::NetProbe &net;
    const ports::StoreProbe &store;
    const gateway::GatewayProbe &gateway;
    const schedule::ScheduleProbe &schedule;
    const channels::ChannelProbe &channels;
    qint64 connectedSessions = 0;
    quint64 traceLinesLeftOut = 0;
};

/// Prometheus text format 0.0.4; names are listed in docs/metrics.md, which a test compares. Any thread.
[[nodiscard]] QByteArray metricsText(const MetricSources &sources);
} // namespace belfry::app
