#include "bench/load_loop.h"

#include "bench/schedule.h"

#include <thread>

namespace belfry::bench {
namespace {
constexpr std::chrono::milliseconds tick{10};
} // namespace

LoadLoop::LoadLoop(Bench &bench, Work work)
    : m_bench(bench)
    , m_work(std::move(work))
{
}

void LoadLoop::run()
{
    const Options &options = m_bench.options;
    const Moment begin = now();
    m_measureFrom = begin + fromSeconds(options.warmup);
    const Moment end = m_measureFrom + fromSeconds(options.duration);
    const bool isOpenLoop = options.rate > 0;
    Schedule schedule(begin, isOpenLoop ? options.rate : 1);
    while (now() < end && m_started < options.count) {
        openWindow();
        if (isOpenLoop)
            issueScheduled(schedule);
        else
            issueFree();
        turn(std::min(end, isOpenLoop ? schedule.nextDue() : now() + tick));
        if (!isOpenLoop && m_work.rest > Span::zero())
            std::this_thread::sleep_for(m_work.rest);
    }
    openWindow();
    // A run that ends by its count is over when the last one is done.
    if (m_started >= options.count)
        drain();
    m_measuring = false;
    m_bench.window.close();
    drain();
}

void LoadLoop::openWindow()
{
    if (m_measuring || now() < m_measureFrom)
        return;
    m_measuring = true;
    m_bench.window.open();
}

void LoadLoop::issueScheduled(Schedule &schedule)
{
    const Moment moment = now();
    while (schedule.isDue(moment) && m_started < m_bench.options.count)
        m_work.start({m_started++, schedule.take()});
}

void LoadLoop::issueFree()
{
    while (m_work.hasRoom() && m_started < m_bench.options.count)
        m_work.start({m_started++, now()});
}

void LoadLoop::turn(Moment until)
{
    m_bench.poller.turn(until);
    m_bench.progress.tick(m_bench.poller.turnBegan(), m_work.progressLine);
}

void LoadLoop::drain()
{
    const Moment deadline = now() + fromSeconds(m_bench.options.drain);
    while (!m_work.isIdle() && now() < deadline)
        turn(now() + tick);
}

void settle(Bench &bench, Span limit)
{
    const Moment deadline = now() + limit;
    double before = bench.server.cpuSeconds();
    while (now() < deadline) {
        const Moment until = now() + std::chrono::milliseconds(100);
        while (now() < until)
            bench.poller.turn(until);
        const double after = bench.server.cpuSeconds();
        if (after - before < 0.001)
            return;
        before = after;
    }
}

// splitmix64's finaliser, a public domain mixing function by Sebastiano Vigna.
std::uint64_t mixed(std::uint64_t number)
{
    number += 0x9e3779b97f4a7c15U;
    number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9U;
    number = (number ^ (number >> 27)) * 0x94d049bb133111ebU;
    return number ^ (number >> 31);
}
} // namespace belfry::bench
