#pragma once

#include "bench/moment.h"

#include "model/result.h"

#include <sys/types.h>
#include <vector>

namespace belfry::bench {
class Report;

/// Reads what processes cost. All of them together where there are several (a server and its database), each
/// with its children (the backends of PostgreSQL).
class ProcessMeter
{
public:
    /// Malformed: one of them does not run.
    [[nodiscard]] static model::Result<ProcessMeter> of(std::vector<pid_t> pids);

    [[nodiscard]] bool isEmpty() const { return m_pids.empty(); }
    /// User and system time so far, in seconds, exact to the nanosecond; 0 for a process that has ended.
    [[nodiscard]] double cpuSeconds() const;
    /// VmRSS of /proc/PID/status.
    [[nodiscard]] double rssKiB() const;

private:
    std::vector<pid_t> m_pids;
};

/// The measured part of a run: wall time, the server's and the generator's own CPU time within it.
class LoadWindow
{
public:
    explicit LoadWindow(const ProcessMeter &server)
        : m_server(server)
    {
    }

    void open();
    void close();
    [[nodiscard]] double seconds() const { return toSeconds(m_end - m_begin); }
    [[nodiscard]] double serverCpuSeconds() const { return m_serverCpu; }
    /// Writes the times, the CPU cost of each of `operations` (members `server_cpu_s_per_million`,
    /// `server_cpu_share`), the generator's CPU share and whether it was the generator that set the limit.
    void addTo(Report &report, std::uint64_t operations) const;

private:
    const ProcessMeter &m_server;
    Moment m_begin;
    Moment m_end;
    double m_serverCpu = 0;
    double m_ownCpu = 0;
};
} // namespace belfry::bench
