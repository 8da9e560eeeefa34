#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace belfry::bench {
class Report;

/// Which answers came, by HTTP status.
class StatusTally
{
public:
    explicit StatusTally(int expected)
        : m_expected(expected)
    {
    }

    /// True: it is the expected one.
    bool count(int status)
    {
        ++m_counts[status];
        return status == m_expected;
    }
    [[nodiscard]] std::uint64_t expected() const;
    /// Adds `statuses` and `errors`; the report fails when there was anything else, or a broken connection.
    void addTo(Report &report, std::uint64_t brokenConnections) const;

private:
    int m_expected;
    std::map<int, std::uint64_t> m_counts;
};
} // namespace belfry::bench
