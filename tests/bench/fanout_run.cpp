#include "bench/fleet.h"
#include "bench/histogram.h"
#include "bench/json_peek.h"
#include "bench/request_template.h"
#include "bench/runs.h"
#include "bench/status_tally.h"

#include <algorithm>

namespace belfry::bench {
namespace {
/// One broadcast under way.
struct Flight
{
    Ticket ticket;
    std::size_t missing = 0;
    bool answered = true;

    [[nodiscard]] bool isDone() const { return missing == 0 && answered; }
};

class FanoutRun
{
public:
    explicit FanoutRun(Bench &bench);
    model::Result<Report> run();

private:
    // Far more than are ever under way, so that a late frame still finds its broadcast.
    static constexpr std::size_t flightSlots = 4096;

    void start(const Ticket &ticket);
    void answered(const Ticket &ticket, const HttpMessage &answer);
    void arrived(WsSession &session, std::string_view frame);
    void finishIfDone(const Flight &flight);
    Flight &flightOf(std::uint64_t number) { return m_flights[number % flightSlots]; }
    void checkComplete(Report &report) const;

    Bench &m_bench;
    Fleet m_fleet;
    RequestTemplate m_request;
    PostPool m_pool;
    LoadLoop m_loop;
    StatusTally m_statuses{202};
    std::vector<Flight> m_flights{flightSlots};
    std::vector<std::uint64_t> m_received; ///< by socket
    std::size_t m_underWay = 0;
    std::uint64_t m_deliveries = 0;
    std::uint64_t m_strays = 0;
    std::size_t m_frameBytes = 0;
    Histogram m_each;
    Histogram m_last;
};

FanoutRun::FanoutRun(Bench &bench)
    : m_bench(bench)
    , m_fleet(bench.poller, bench.options)
    , m_request("POST", bench.options.target, "/api/v1/notifications", bench.options.key, broadcastBody())
    , m_pool(
          bench.poller, bench.options.target, bench.options.inFlight,
          [this](std::uint64_t n) { return m_request.compose(n, 0); },
          [this](const Ticket &ticket, const HttpMessage &answer) { answered(ticket, answer); })
    , m_loop(bench, {[this](const Ticket &ticket) { start(ticket); },
                     [this] { return m_underWay < m_bench.options.inFlight && m_pool.freeCount() > 0; },
                     [this] { return m_underWay == 0; },
                     [this] { return "fanout: " + std::to_string(m_loop.started()) + " broadcasts"; },
                     fromSeconds(bench.options.rest)})
    , m_received(bench.options.sockets)
{
    m_fleet.onText([this](WsSession &session, std::string_view frame) { arrived(session, frame); });
}

void FanoutRun::start(const Ticket &ticket)
{
    flightOf(ticket.number) = {ticket, m_fleet.size(), false};
    ++m_underWay;
    m_pool.submit(ticket);
}

void FanoutRun::answered(const Ticket &ticket, const HttpMessage &answer)
{
    Flight &flight = flightOf(ticket.number);
    flight.answered = true;
    if (!m_statuses.count(answer.status()))
        flight.missing = 0;
    finishIfDone(flight);
}

void FanoutRun::arrived(WsSession &session, std::string_view frame)
{
    const auto number = readMarker(frame);
    if (!number)
        return;
    Flight &flight = flightOf(*number);
    if (flight.ticket.number != *number || flight.missing == 0) {
        ++m_strays;
        return;
    }
    --flight.missing;
    ++m_received[session.index()];
    m_frameBytes = frame.size();
    if (m_loop.isMeasuring())
        ++m_deliveries;
    if (m_loop.isMeasured(flight.ticket)) {
        const std::int64_t took = (now() - flight.ticket.due).count();
        m_each.record(took);
        if (flight.missing == 0)
            m_last.record(took);
    }
    finishIfDone(flight);
}

void FanoutRun::finishIfDone(const Flight &flight)
{
    if (flight.isDone())
        --m_underWay;
}

// Every socket must have got every accepted broadcast exactly once.
void FanoutRun::checkComplete(Report &report) const
{
    const auto wrong = std::count_if(m_received.begin(), m_received.end(),
                                     [this](std::uint64_t got) { return got != m_statuses.expected(); });
    report.set("strays", m_strays);
    report.set("incomplete", static_cast<std::uint64_t>(m_underWay));
    if (wrong > 0 || m_strays > 0)
        report.fail(std::to_string(wrong) + " sockets did not get each broadcast exactly once");
}

model::Result<Report> FanoutRun::run()
{
    auto opened = m_fleet.openAll(200, std::chrono::seconds(120), m_bench.progress);
    if (!opened)
        return tl::unexpected(opened.error());
    settle(m_bench, std::chrono::seconds(5));
    m_loop.run();

    Report report("fanout");
    report.set("in_flight", static_cast<std::uint64_t>(m_bench.options.inFlight));
    report.set("rate", m_bench.options.rate);
    report.set("rest_ms", m_bench.options.rate > 0 ? 0 : m_bench.options.rest * 1e3);
    report.set("deliveries", m_deliveries);
    report.set("deliveries_per_s", static_cast<double>(m_deliveries) / m_bench.window.seconds());
    report.set("frame_bytes", static_cast<std::uint64_t>(m_frameBytes));
    report.setLatency("", m_each);
    report.setLatency("last_", m_last);
    m_bench.window.addTo(report, m_deliveries);
    m_statuses.addTo(report, m_pool.broken());
    m_fleet.addTo(report);
    checkComplete(report);
    return report;
}
} // namespace

model::Result<Report> runFanout(Bench &bench)
{
    return FanoutRun(bench).run();
}
} // namespace belfry::bench
