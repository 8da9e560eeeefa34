#include "bench/process_meter.h"

#include "bench/report.h"

#include <cstdio>
#include <ctime>
#include <fstream>
#include <string>

namespace belfry::bench {
namespace {
// Above this share of a core it is the generator that sets the pace, not the server.
constexpr double generatorBound = 0.95;

double clockSeconds(clockid_t clock)
{
    timespec time{};
    if (::clock_gettime(clock, &time) != 0)
        return 0;
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

// /proc/PID/stat tells the same in ticks of 10 ms; this clock tells it in nanoseconds.
double cpuSecondsOf(pid_t pid)
{
    clockid_t clock{};
    return ::clock_getcpuclockid(pid, &clock) == 0 ? clockSeconds(clock) : 0;
}

// The process and what descends from it now. A child that ended before the reading is not seen.
void collect(pid_t pid, std::vector<pid_t> &family)
{
    family.push_back(pid);
    const std::string text = std::to_string(pid);
    std::ifstream children("/proc/" + text + "/task/" + text + "/children");
    pid_t child = 0;
    while (children >> child)
        collect(child, family);
}

std::vector<pid_t> familyOf(const std::vector<pid_t> &pids)
{
    std::vector<pid_t> family;
    for (const pid_t pid : pids)
        collect(pid, family);
    return family;
}

double rssKiBOf(pid_t pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/status");
    std::string line;
    while (std::getline(file, line)) {
        if (line.starts_with("VmRSS:"))
            return std::stod(line.substr(6));
    }
    return 0;
}
} // namespace

model::Result<ProcessMeter> ProcessMeter::of(std::vector<pid_t> pids)
{
    for (const pid_t pid : pids) {
        clockid_t clock{};
        if (::clock_getcpuclockid(pid, &clock) != 0)
            return model::fail(model::ErrorCode::Malformed,
                               "--server-pid " + QByteArray::number(pid) + ": no such process");
    }
    ProcessMeter meter;
    meter.m_pids = std::move(pids);
    return meter;
}

double ProcessMeter::cpuSeconds() const
{
    double sum = 0;
    for (const pid_t pid : familyOf(m_pids))
        sum += cpuSecondsOf(pid);
    return sum;
}

double ProcessMeter::rssKiB() const
{
    double sum = 0;
    for (const pid_t pid : familyOf(m_pids))
        sum += rssKiBOf(pid);
    return sum;
}

void LoadWindow::open()
{
    m_begin = now();
    m_serverCpu = -m_server.cpuSeconds();
    m_ownCpu = -clockSeconds(CLOCK_PROCESS_CPUTIME_ID);
}

void LoadWindow::close()
{
    m_end = now();
    m_serverCpu += m_server.cpuSeconds();
    m_ownCpu += clockSeconds(CLOCK_PROCESS_CPUTIME_ID);
}

void LoadWindow::addTo(Report &report, std::uint64_t operations) const
{
    const double wall = seconds();
    const double share = wall > 0 ? m_ownCpu / wall : 0;
    report.set("seconds", wall);
    report.set("generator_cpu_share", share);
    report.set("generator_bound", share > generatorBound);
    if (m_server.isEmpty())
        return;
    report.set("server_cpu_s", m_serverCpu);
    report.set("server_cpu_share", wall > 0 ? m_serverCpu / wall : 0);
    report.set("server_rss_kib", m_server.rssKiB());
    if (operations > 0)
        report.set("server_cpu_s_per_million", m_serverCpu * 1e6 / static_cast<double>(operations));
}
} // namespace belfry::bench
