#include "bench/histogram.h"
#include "bench/request_template.h"
#include "bench/runs.h"
#include "bench/status_tally.h"
#include "bench/vocabulary.h"

namespace belfry::bench {
namespace {
class FillRun
{
public:
    explicit FillRun(Bench &bench);
    Report run();

private:
    std::string_view compose(std::uint64_t number);
    void answered(const HttpMessage &answer) { m_statuses.count(answer.status()); }

    Bench &m_bench;
    std::string m_head;
    std::string m_request;
    PostPool m_pool;
    LoadLoop m_loop;
    StatusTally m_statuses{201};
};

FillRun::FillRun(Bench &bench)
    : m_bench(bench)
    , m_head("POST /api/v1/notifications HTTP/1.1\r\nHost: " + bench.options.target.text() +
             "\r\nContent-Type: application/json\r\n")
    , m_pool(
          bench.poller, bench.options.target, bench.options.connections,
          [this](std::uint64_t n) { return compose(n); },
          [this](const Ticket &, const HttpMessage &answer) { answered(answer); })
    , m_loop(bench, {[this](const Ticket &ticket) { m_pool.submit(ticket); },
                     [this] { return m_pool.freeCount() > 0; }, [this] { return m_pool.inFlight() == 0; },
                     [this] { return "fill: " + std::to_string(m_statuses.expected()) + " stored"; }})
{
    if (!bench.options.key.empty())
        m_head += "Authorization: Bearer " + bench.options.key + "\r\n";
}

std::string_view FillRun::compose(std::uint64_t number)
{
    const std::string body = storedBody(number, userName(number % m_bench.options.users));
    m_request = m_head;
    m_request.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n\r\n").append(body);
    return m_request;
}

Report FillRun::run()
{
    m_loop.run();
    Report report("fill");
    report.set("stored", m_statuses.expected());
    report.set("users", m_bench.options.users);
    report.set("stored_per_s", static_cast<double>(m_statuses.expected()) / m_bench.window.seconds());
    m_bench.window.addTo(report, m_statuses.expected());
    m_statuses.addTo(report, m_pool.broken());
    return report;
}
} // namespace

model::Result<Report> runFill(Bench &bench)
{
    return FillRun(bench).run();
}
} // namespace belfry::bench
