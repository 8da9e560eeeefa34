#pragma once

#include "bench/options.h"
#include "bench/poller.h"
#include "bench/post_pool.h"
#include "bench/process_meter.h"
#include "bench/progress.h"

#include <functional>

namespace belfry::bench {
/// What every run works with.
struct Bench
{
    const Options &options;
    const ProcessMeter &server;
    Poller poller{};
    Progress progress{options.quiet};
    LoadWindow window{server};
};

/// Drives one run: warm-up, measured window, drain. With a rate the operations start on a schedule fixed in
/// advance, else whenever there is room.
class LoadLoop
{
public:
    struct Work
    {
        /// Begins one operation.
        std::function<void(const Ticket &)> start;
        /// Closed loop: may one more begin now?
        std::function<bool()> hasRoom;
        /// Nothing is under way.
        std::function<bool()> isIdle;
        /// What to print once a second.
        std::function<std::string()> progressLine;
        /// Closed loop: how long to rest between two turns; see Options::rest.
        Span rest{};
    };

    LoadLoop(Bench &bench, Work work);

    /// Returns after `warmup` + `duration`, or after `count` operations, and at most `drain` seconds of
    /// waiting.
    void run();

    /// Answers that come now count for throughput.
    [[nodiscard]] bool isMeasuring() const { return m_measuring; }
    /// This operation counts for latency.
    [[nodiscard]] bool isMeasured(const Ticket &ticket) const { return ticket.due >= m_measureFrom; }
    [[nodiscard]] std::uint64_t started() const { return m_started; }

private:
    void issueScheduled(class Schedule &schedule);
    void issueFree();
    void openWindow();
    void turn(Moment until);
    void drain();

    Bench &m_bench;
    Work m_work;
    Moment m_measureFrom;
    bool m_measuring = false;
    std::uint64_t m_started = 0;
};

/// Waits until the server is at rest (under 1 % of a core over a tenth of a second), at most `limit`.
void settle(Bench &bench, Span limit);
/// Spreads consecutive numbers evenly and reproducibly.
[[nodiscard]] std::uint64_t mixed(std::uint64_t number);
} // namespace belfry::bench
