#pragma once

#include "model/change.h"

#include <vector>

namespace belfry::gateway {
/// How many log entries to ask for, so that a page is about one frame in size (H79): a few at first, then by
/// what the last ones weighed.
class PageSize
{
public:
    [[nodiscard]] int limit() const { return m_limit; }
    void learn(const std::vector<model::Change> &page);

private:
    int m_limit = 64;
};
} // namespace belfry::gateway
