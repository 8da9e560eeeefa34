#include "bench/fleet.h"
#include "bench/runs.h"

namespace belfry::bench {
model::Result<Report> runIdle(Bench &bench)
{
    if (bench.server.isEmpty())
        return model::fail(model::ErrorCode::Malformed,
                           "idle needs --server-pid: it measures that process's memory");
    Fleet fleet(bench.poller, bench.options);
    settle(bench, std::chrono::seconds(10));
    const double before = bench.server.rssKiB();
    auto opened = fleet.openAll(bench.options.inFlight, std::chrono::seconds(120), bench.progress);
    if (!opened)
        return tl::unexpected(opened.error());
    settle(bench, std::chrono::seconds(10));

    // At rest pings go on; with a duration of over `ping_s` their cost in memory is counted, too.
    bench.window.open();
    const Moment until = now() + fromSeconds(bench.options.duration);
    while (now() < until) {
        bench.poller.turn(until);
        bench.progress.tick(now(),
                            [&fleet] { return std::to_string(fleet.liveCount()) + " sockets at rest"; });
    }
    bench.window.close();
    const double after = bench.server.rssKiB();

    Report report("idle");
    report.set("rss_before_kib", before);
    report.set("rss_after_kib", after);
    report.set("rss_kib_each", (after - before) / static_cast<double>(fleet.size()));
    report.set("pings_answered", fleet.pingsAnswered());
    bench.window.addTo(report, 0);
    fleet.addTo(report);
    return report;
}
} // namespace belfry::bench
