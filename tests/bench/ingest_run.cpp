#include "bench/histogram.h"
#include "bench/request_template.h"
#include "bench/runs.h"
#include "bench/status_tally.h"

namespace belfry::bench {
namespace {
class IngestRun
{
public:
    explicit IngestRun(Bench &bench);
    Report run();

private:
    void answered(const Ticket &ticket, const HttpMessage &answer);

    Bench &m_bench;
    RequestTemplate m_request;
    PostPool m_pool;
    LoadLoop m_loop;
    StatusTally m_statuses{201};
    Histogram m_latency;
    std::uint64_t m_answers = 0;
};

IngestRun::IngestRun(Bench &bench)
    : m_bench(bench)
    , m_request("POST", bench.options.target, "/api/v1/notifications", bench.options.key, notificationBody())
    , m_pool(
          bench.poller, bench.options.target, bench.options.connections,
          [this](std::uint64_t n) { return m_request.compose(n, mixed(n) % m_bench.options.users); },
          [this](const Ticket &ticket, const HttpMessage &answer) { answered(ticket, answer); })
    , m_loop(bench, {[this](const Ticket &ticket) { m_pool.submit(ticket); },
                     [this] { return m_pool.freeCount() > 0; },
                     [this] { return m_pool.inFlight() == 0 && m_pool.waiting() == 0; },
                     [this] { return "ingest: " + std::to_string(m_statuses.expected()) + " answers"; }})
{
}

void IngestRun::answered(const Ticket &ticket, const HttpMessage &answer)
{
    if (!m_statuses.count(answer.status()))
        return;
    if (m_loop.isMeasuring())
        ++m_answers;
    if (m_loop.isMeasured(ticket))
        m_latency.record((now() - ticket.due).count());
}

Report IngestRun::run()
{
    m_loop.run();
    Report report("ingest");
    report.set("connections", static_cast<std::uint64_t>(m_bench.options.connections));
    report.set("users", m_bench.options.users);
    report.set("rate", m_bench.options.rate);
    report.set("answers", m_answers);
    report.set("answers_per_s", static_cast<double>(m_answers) / m_bench.window.seconds());
    report.setLatency("", m_latency);
    m_bench.window.addTo(report, m_answers);
    m_statuses.addTo(report, m_pool.broken());
    const std::uint64_t unanswered = m_pool.inFlight() + m_pool.waiting();
    if (unanswered > 0)
        report.fail(std::to_string(unanswered) + " requests had no answer at the end");
    return report;
}
} // namespace

model::Result<Report> runIngest(Bench &bench)
{
    return IngestRun(bench).run();
}
} // namespace belfry::bench
