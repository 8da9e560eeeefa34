#include "bench/fleet.h"
#include "bench/runs.h"

namespace belfry::bench {
model::Result<Report> runStorm(Bench &bench)
{
    constexpr std::chrono::seconds openLimit{120};
    Fleet fleet(bench.poller, bench.options);
    if (auto opened = fleet.openAll(bench.options.inFlight, openLimit, bench.progress); !opened)
        return tl::unexpected(opened.error());
    settle(bench, std::chrono::seconds(10));
    const double rssBefore = bench.server.rssKiB();

    // The cut costs the server something too, but not at the moment that matters: told on its own.
    const double beforeCut = bench.server.cpuSeconds();
    fleet.cutAll();
    settle(bench, std::chrono::seconds(10));
    const double cutCpu = bench.server.cpuSeconds() - beforeCut;

    fleet.clearOpenLatency();
    bench.window.open();
    auto back = fleet.openAll(bench.options.inFlight, openLimit, bench.progress);
    bench.window.close();
    if (!back)
        return tl::unexpected(back.error());
    settle(bench, std::chrono::seconds(10));

    const auto each = 1e6 / static_cast<double>(fleet.size());
    Report report("storm");
    report.set("in_flight", static_cast<std::uint64_t>(bench.options.inFlight));
    report.set("cpu_us_each", bench.window.serverCpuSeconds() * each);
    report.set("cut_cpu_us_each", cutCpu * each);
    report.set("reconnects_per_s", static_cast<double>(fleet.size()) / bench.window.seconds());
    report.set("rss_before_kib", rssBefore);
    report.set("modes", fleet.modes());
    report.setLatency("", fleet.openLatency());
    bench.window.addTo(report, fleet.size());
    fleet.addTo(report);
    if (const auto modes = fleet.modes(); !modes.contains("resume") || modes.size() != 1)
        report.fail("not every socket could resume");
    return report;
}
} // namespace belfry::bench
