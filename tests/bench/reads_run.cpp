#include "bench/histogram.h"
#include "bench/request_template.h"
#include "bench/runs.h"
#include "bench/status_tally.h"
#include "bench/vocabulary.h"

#include <array>

namespace belfry::bench {
namespace {
constexpr std::array<const char *, 4> kinds = {"list", "counts", "snapshot", "search"};

class ReadsRun
{
public:
    explicit ReadsRun(Bench &bench);
    Report run();

private:
    std::string_view compose(std::uint64_t number);
    [[nodiscard]] std::string pathOf(std::uint64_t number) const;
    void answered(const Ticket &ticket, const HttpMessage &answer);

    Bench &m_bench;
    std::string m_tail;
    std::string m_request;
    PostPool m_pool;
    LoadLoop m_loop;
    StatusTally m_statuses{200};
    std::array<Histogram, kinds.size()> m_latency;
    std::array<std::uint64_t, kinds.size()> m_bytes{};
    std::uint64_t m_answers = 0;
};

ReadsRun::ReadsRun(Bench &bench)
    : m_bench(bench)
    , m_tail(" HTTP/1.1\r\nHost: " + bench.options.target.text() + "\r\n")
    , m_pool(
          bench.poller, bench.options.target, bench.options.connections,
          [this](std::uint64_t n) { return compose(n); },
          [this](const Ticket &ticket, const HttpMessage &answer) { answered(ticket, answer); })
    , m_loop(bench, {[this](const Ticket &ticket) { m_pool.submit(ticket); },
                     [this] { return m_pool.freeCount() > 0; }, [this] { return m_pool.inFlight() == 0; },
                     [this] { return "reads: " + std::to_string(m_answers) + " answers"; }})
{
    if (!bench.options.key.empty())
        m_tail += "Authorization: Bearer " + bench.options.key + "\r\n";
    m_tail += "\r\n";
}

std::string ReadsRun::pathOf(std::uint64_t number) const
{
    const std::string user = userName(mixed(number) % m_bench.options.users);
    switch (number % kinds.size()) {
    case 0:
        return "/api/v1/notifications/" + user + "?limit=50";
    case 1:
        return "/api/v1/users/" + user + "/inbox/counts";
    case 2:
        return "/api/v1/users/" + user + "/inbox/snapshot";
    default:
        return "/api/v1/notifications/" + user + "?q=" + word(mixed(~number) % vocabularySize);
    }
}

std::string_view ReadsRun::compose(std::uint64_t number)
{
    m_request = "GET " + pathOf(number) + m_tail;
    return m_request;
}

void ReadsRun::answered(const Ticket &ticket, const HttpMessage &answer)
{
    if (!m_statuses.count(answer.status()) || !m_loop.isMeasured(ticket))
        return;
    const std::size_t kind = ticket.number % kinds.size();
    m_latency[kind].record((now() - ticket.due).count());
    m_bytes[kind] += answer.body.size();
    ++m_answers;
}

Report ReadsRun::run()
{
    m_loop.run();
    Report report("reads");
    report.set("connections", static_cast<std::uint64_t>(m_bench.options.connections));
    report.set("users", m_bench.options.users);
    report.set("answers_per_s", static_cast<double>(m_answers) / m_bench.window.seconds());
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        const std::string prefix = std::string(kinds[i]) + "_";
        const std::uint64_t count = m_latency[i].count();
        report.setLatency(prefix, m_latency[i]);
        report.set((prefix + "bytes").c_str(), count == 0 ? 0 : m_bytes[i] / count);
    }
    m_bench.window.addTo(report, m_answers);
    m_statuses.addTo(report, m_pool.broken());
    return report;
}
} // namespace

model::Result<Report> runReads(Bench &bench)
{
    return ReadsRun(bench).run();
}
} // namespace belfry::bench
