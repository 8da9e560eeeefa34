#include "bench/status_tally.h"

#include "bench/report.h"

namespace belfry::bench {
std::uint64_t StatusTally::expected() const
{
    const auto found = m_counts.find(m_expected);
    return found == m_counts.end() ? 0 : found->second;
}

void StatusTally::addTo(Report &report, std::uint64_t brokenConnections) const
{
    std::map<std::string, std::uint64_t> statuses;
    std::uint64_t errors = brokenConnections;
    for (const auto &[status, count] : m_counts) {
        statuses[std::to_string(status)] = count;
        errors += status == m_expected ? 0 : count;
    }
    if (brokenConnections > 0)
        statuses["broken"] = brokenConnections;
    report.set("statuses", statuses);
    report.set("errors", errors);
    if (errors > 0)
        report.fail(std::to_string(errors) + " requests were not answered with " +
                    std::to_string(m_expected));
}
} // namespace belfry::bench
