#include "app/metrics.h"

#include "channels/channel_probe.h"
#include "gateway/gateway_probe.h"
#include "net/server.h"
#include "ports/store.h"
#include "schedule/due_queue.h"

#include <limits>
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>
#include <sstream>

namespace belfry::app {
namespace {
using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

class Families
{
public:
    void add(const char *name, const char *help, const runtime::Counter &counter)
    {
        counterValue(name, help, static_cast<double>(counter.value()));
    }
    void counterValue(const char *name, const char *help, double value)
    {
        ClientMetric metric;
        metric.counter.value = value;
        push(name, help, MetricType::Counter, metric);
    }
    void add(const char *name, const char *help, const runtime::Gauge &gauge)
    {
        gaugeValue(name, help, static_cast<double>(gauge.value()));
    }
    void gaugeValue(const char *name, const char *help, double value)
    {
        ClientMetric metric;
        metric.gauge.value = value;
        push(name, help, MetricType::Gauge, metric);
    }
    /// `unit`: what one observation counts for, 1e-6 for microseconds shown in seconds.
    void add(const char *name, const char *help, const runtime::Histogram &histogram, double unit);

    [[nodiscard]] QByteArray text() const
    {
        std::ostringstream out;
        prometheus::TextSerializer().Serialize(out, m_families);
        return QByteArray::fromStdString(out.str());
    }

private:
    void push(const char *name, const char *help, MetricType type, ClientMetric metric)
    {
        m_families.push_back({std::string("belfry_") + name, help, type, {std::move(metric)}});
    }
    std::vector<MetricFamily> m_families;
};

void Families::add(const char *name, const char *help, const runtime::Histogram &histogram, double unit)
{
    ClientMetric metric;
    std::uint64_t below = 0;
    for (int i = 0; i < runtime::Histogram::buckets; ++i) {
        below += histogram.count(i);
        const bool last = i == runtime::Histogram::buckets - 1;
        const double bound =
            last ? std::numeric_limits<double>::infinity() : static_cast<double>(1ULL << i) * unit;
        metric.histogram.bucket.push_back({below, bound});
    }
    metric.histogram.sample_count = below;
    metric.histogram.sample_sum = static_cast<double>(histogram.sum()) * unit;
    push(name, help, MetricType::Histogram, std::move(metric));
}

void addNet(Families &out, const net::NetProbe &probe)
{
    out.add("connections_accepted_total", "Connections accepted.", probe.accepted);
    out.add("connections_refused_total", "Connections refused at a limit, of all or of one address.",
            probe.refused);
    out.add("http_requests_total", "HTTP requests read.", probe.requests);
    out.add("http_bad_requests_total", "Requests refused before they reached a route.", probe.badRequests);
    out.add("websocket_upgrades_total", "Connections that became WebSockets.", probe.upgrades);
    out.add("websocket_frames_in_total", "Messages read from WebSockets.", probe.framesIn);
    out.add("socket_bytes_out_total", "Bytes handed to the kernel.", probe.bytesOut);
    out.add("socket_send_calls_total",
            "Calls of sendmsg: lower than frames where a turn's frames were gathered.", probe.sendCalls);
    out.add("slow_consumers_total", "Connections closed with 4008.", probe.slowCut);
    out.add("tls_handshakes_total", "TLS handshakes that went well.", probe.tlsHandshakes);
    out.add("tls_handshake_failures_total", "TLS handshakes that failed.", probe.tlsFailures);
    out.add("connections", "Open connections.", probe.connections);
    out.add("websockets", "Open WebSockets.", probe.webSockets);
    out.add("event_streams", "Open event streams.", probe.eventStreams);
    out.add("loop_lag_seconds", "How late the timers of the gateway loops are.", probe.loopLag, 1e-6);
    out.add("accept_paused", "Loops that do not accept for want of descriptors.", probe.acceptPaused);
}

void addStore(Families &out, const ports::StoreProbe &probe)
{
    constexpr double seconds = 1e-6;
    out.add("store_commits_total", "Commits of the writer.", probe.commits);
    out.add("store_writes_total", "Writes that were answered.", probe.writes);
    out.add("store_refused_total", "Writes refused because the queue was full.", probe.refusedFull);
    out.add("store_row_retries_total", "Batches that were repeated row by row.", probe.rowRetries);
    out.add("store_reads_total", "Reads that were answered.", probe.readerRuns);
    out.add("store_commit_seconds", "From the begin of a batch to its durable commit.", probe.commitTime,
            seconds);
    out.add("store_queue_seconds", "How long a write waited for its batch.", probe.queueTime, seconds);
    out.add("store_batch_size", "Writes in one commit.", probe.batchSize, 1);
    out.add("publish_to_commit_seconds", "From a write's arrival to its durable commit.",
            probe.publishToCommit, seconds);
    out.add("publish_to_seen_seconds", "From a notification's creation to the first time that it is seen.",
            probe.publishToSeen, 1);
    out.add("store_read_seconds", "Duration of a read.", probe.readTime, seconds);
    out.add("store_queue_depth", "Writes waiting.", probe.queueDepth);
    out.add("search_lag", "Notifications that the search index does not have yet.", probe.searchLag);
}

void addGateway(Families &out, const gateway::GatewayProbe &probe)
{
    constexpr double seconds = 1e-6;
    out.add("sessions", "Sessions on belfry.v1.", probe.sockets);
    out.add("sessions_replaying", "Sessions behind their user's head.", probe.replaying);
    out.add("hellos_total", "Sessions that said hello.", probe.hellos);
    out.add("hellos_from_memory_total", "Hellos that needed no read.", probe.resumedFromMemory);
    out.add("session_resets_total", "Sessions told to load a snapshot.", probe.resets);
    out.add("replayed_total", "Log entries sent while catching up.", probe.replayed);
    out.add("events_sent_total", "Live events queued on sockets.", probe.evSent);
    out.add("counts_sent_total", "Counts queued on sockets.", probe.countsSent);
    out.add("live_only_sent_total", "Live-only events queued on sockets.", probe.liveOnlySent);
    out.add("ops_in_total", "Ops from sockets.", probe.opsIn);
    out.add("acks_in_total", "Acks from sockets.", probe.acksIn);
    out.add("session_errors_total", "Error frames sent.", probe.errorsSent);
    out.add("session_gaps_total", "Live sessions that read the log again.", probe.gaps);
    out.add("hello_seconds", "From hello to welcome.", probe.helloTime, seconds);
    out.add("publish_to_sent_seconds", "From a change to its frame on the socket.", probe.publishToSent,
            seconds);
    out.add("publish_to_delivered_seconds", "From a change that was sent live to the device's ack.",
            probe.publishToDelivered, seconds);
}

void addSchedule(Families &out, const schedule::ScheduleProbe &probe)
{
    out.add("due_released_total", "Scheduled notifications that were released.", probe.released);
    out.add("due_expired_total", "Notifications that expired.", probe.expired);
    out.add("due_unsnoozed_total", "Snoozes that ended.", probe.unsnoozed);
    out.add("due_failures_total",
            "Rounds of the due-queue, of broadcasts and of erasures that failed and were tried again.",
            probe.failures);
    out.add("job_steps_total", "Steps of broadcasts and topic sends.", probe.jobSteps);
    out.add("job_recipients_total", "Recipients written by those steps.", probe.jobRecipients);
    out.add("deliveries_waiting", "Deliveries to webhooks that wait or are under way; at most 10001.",
            probe.deliveriesWaiting);
    out.add("dead_letters", "Dead letters that stand; at most 10001.", probe.deadLetters);
    out.add("broadcasts_waiting", "Broadcasts and topic sends that are not finished; at most 10001.",
            probe.broadcastsWaiting);
    out.add("retention_removed_total", "Rows removed because their time was over.", probe.retentionRemoved);
    out.add("retention_failures_total", "Rounds of retention that failed and were tried again.",
            probe.retentionFailures);
    out.gaugeValue("retention_lag_seconds", "Since nothing was left that is over its time.",
                   static_cast<double>(probe.retentionLag.value()) * 1e-6);
    out.gaugeValue("due_lag_seconds", "From due to settled, of the last batch.",
                   static_cast<double>(probe.dueLag.value()) * 1e-6);
}

void addChannels(Families &out, const channels::ChannelProbe &probe)
{
    out.add("webhook_attempts_total", "Tries to deliver to a webhook.", probe.attempts);
    out.add("webhook_sent_total", "Deliveries that a webhook took.", probe.sent);
    out.add("webhook_retries_total", "Tries that are repeated later.", probe.retried);
    out.add("webhook_dead_total", "Deliveries that became dead letters.", probe.dead);
    out.add("webhook_expired_total", "Deliveries whose time was over before a try.", probe.expired);
    out.add("webhook_blocked_total", "Tries that the address guard stopped.", probe.blocked);
    out.add("webhook_disabled_total", "Webhooks that were disabled by their answer.", probe.disabled);
    out.add("webhook_failures_total", "Rounds of the webhooks that failed at the store and were repeated.",
            probe.failures);
    out.add("webhook_under_way", "Tries that wait for their answer.", probe.underWay);
    out.add("webhook_attempt_seconds", "From the begin of a try to its answer.", probe.attemptTime, 1e-6);
}
} // namespace

QByteArray metricsText(const MetricSources &sources)
{
    Families out;
    out.gaugeValue("up", "1 while the process answers.", 1);
    out.gaugeValue("connected_sessions", "Live sessions of all kinds.",
                   static_cast<double>(sources.connectedSessions));
    out.counterValue("trace_lines_left_out_total", "Lines of traces beyond what the log takes of them.",
                     static_cast<double>(sources.traceLinesLeftOut));
    addNet(out, sources.net);
    addStore(out, sources.store);
    addGateway(out, sources.gateway);
    addSchedule(out, sources.schedule);
    addChannels(out, sources.channels);
    return out.text();
}
} // namespace belfry::app
