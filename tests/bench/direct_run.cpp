#include "bench/fleet.h"
#include "bench/histogram.h"
#include "bench/json_peek.h"
#include "bench/request_template.h"
#include "bench/runs.h"
#include "bench/status_tally.h"

namespace belfry::bench {
namespace {
/// One notification under way: done when it was answered and its frame was there.
struct Parcel
{
    Ticket ticket;
    bool answered = true;
    bool arrived = true;

    [[nodiscard]] bool isDone() const { return answered && arrived; }
};

class DirectRun
{
public:
    explicit DirectRun(Bench &bench);
    model::Result<Report> run();

private:
    // At 2,000 a second a frame may be 30 s late and is still found.
    static constexpr std::size_t parcelSlots = 65'536;

    void start(const Ticket &ticket);
    void answered(const Ticket &ticket, const HttpMessage &answer);
    void arrived(WsSession &session, std::string_view frame);
    void finishIfDone(const Parcel &parcel);
    [[nodiscard]] std::uint64_t receiverOf(std::uint64_t number) const
    {
        return mixed(number) % m_fleet.size();
    }
    Parcel &parcelOf(std::uint64_t number) { return m_parcels[number % parcelSlots]; }
    void addFaultsTo(Report &report) const;

    Bench &m_bench;
    Fleet m_fleet;
    RequestTemplate m_request;
    PostPool m_pool;
    LoadLoop m_loop;
    StatusTally m_statuses{201};
    std::vector<Parcel> m_parcels{parcelSlots};
    std::size_t m_underWay = 0;
    std::uint64_t m_delivered = 0;
    std::uint64_t m_misrouted = 0;
    std::uint64_t m_repeated = 0;
    Histogram m_latency;
    Histogram m_answerLatency;
};

DirectRun::DirectRun(Bench &bench)
    : m_bench(bench)
    , m_fleet(bench.poller, bench.options)
    , m_request("POST", bench.options.target, "/api/v1/notifications", bench.options.key, notificationBody())
    , m_pool(
          bench.poller, bench.options.target, bench.options.connections,
          [this](std::uint64_t n) { return m_request.compose(n, receiverOf(n)); },
          [this](const Ticket &ticket, const HttpMessage &answer) { answered(ticket, answer); })
    , m_loop(bench, {[this](const Ticket &ticket) { start(ticket); },
                     [this] { return m_underWay < m_bench.options.connections && m_pool.freeCount() > 0; },
                     [this] { return m_underWay == 0; },
                     [this] { return "direct: " + std::to_string(m_delivered) + " delivered"; }})
{
    m_fleet.onText([this](WsSession &session, std::string_view frame) { arrived(session, frame); });
}

void DirectRun::start(const Ticket &ticket)
{
    Parcel &parcel = parcelOf(ticket.number);
    if (!parcel.isDone())
        --m_underWay; // lost: it stays away from the sums, and the report tells
    parcel = {ticket, false, false};
    ++m_underWay;
    m_pool.submit(ticket);
}

void DirectRun::answered(const Ticket &ticket, const HttpMessage &answer)
{
    Parcel &parcel = parcelOf(ticket.number);
    if (parcel.ticket.number != ticket.number || parcel.answered)
        return;
    parcel.answered = true;
    if (!m_statuses.count(answer.status()))
        parcel.arrived = true;
    else if (m_loop.isMeasured(ticket))
        m_answerLatency.record((now() - ticket.due).count());
    finishIfDone(parcel);
}

void DirectRun::arrived(WsSession &session, std::string_view frame)
{
    const auto number = readMarker(frame);
    if (!number)
        return;
    Parcel &parcel = parcelOf(*number);
    if (receiverOf(*number) != session.index()) {
        ++m_misrouted;
        return;
    }
    if (parcel.ticket.number != *number || parcel.arrived) {
        ++m_repeated;
        return;
    }
    parcel.arrived = true;
    ++m_delivered;
    if (m_loop.isMeasured(parcel.ticket))
        m_latency.record((now() - parcel.ticket.due).count());
    if (m_bench.options.acks)
        session.say(std::string(R"({"type":"ack","seq":)").append(peekNumber(frame, "seq")).append("}"));
    finishIfDone(parcel);
}

void DirectRun::finishIfDone(const Parcel &parcel)
{
    if (parcel.isDone())
        --m_underWay;
}

void DirectRun::addFaultsTo(Report &report) const
{
    const std::uint64_t accepted = m_statuses.expected();
    const std::uint64_t lost = accepted > m_delivered ? accepted - m_delivered : 0;
    report.set("lost", lost);
    report.set("misrouted", m_misrouted);
    report.set("repeated", m_repeated);
    if (lost + m_misrouted + m_repeated > 0)
        report.fail("not every accepted notification came exactly once to its user");
}

model::Result<Report> DirectRun::run()
{
    auto opened = m_fleet.openAll(200, std::chrono::seconds(120), m_bench.progress);
    if (!opened)
        return tl::unexpected(opened.error());
    settle(m_bench, std::chrono::seconds(5));
    m_loop.run();

    Report report("direct");
    report.set("connections", static_cast<std::uint64_t>(m_bench.options.connections));
    report.set("rate", m_bench.options.rate);
    report.set("acks", m_bench.options.acks);
    report.set("delivered", m_latency.count());
    report.set("delivered_per_s", static_cast<double>(m_latency.count()) / m_bench.window.seconds());
    report.setLatency("", m_latency);
    report.setLatency("answer_", m_answerLatency);
    m_bench.window.addTo(report, m_latency.count());
    m_statuses.addTo(report, m_pool.broken());
    m_fleet.addTo(report);
    addFaultsTo(report);
    return report;
}
} // namespace

model::Result<Report> runDirect(Bench &bench)
{
    return DirectRun(bench).run();
}
} // namespace belfry::bench
