#pragma once

#include "bench/moment.h"

#include <cstdio>
#include <string>

namespace belfry::bench {
/// One line a second on stderr while a run goes on; nothing when quiet.
class Progress
{
public:
    explicit Progress(bool quiet)
        : m_quiet(quiet)
    {
    }

    /// `line()` is only called when it is time to print.
    template<typename Line>
    void tick(Moment moment, Line &&line)
    {
        if (m_quiet || moment < m_next)
            return;
        m_next = moment + std::chrono::seconds(1);
        std::fprintf(stderr, "%s\n", std::string(line()).c_str());
    }

private:
    bool m_quiet;
    Moment m_next = now() + std::chrono::seconds(1);
};
} // namespace belfry::bench
