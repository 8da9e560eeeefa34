#pragma once

#include "model/change.h"

#include <vector>

namespace belfry::ports {
/// One durable change, as the bus gets it.
struct Committed
{
    model::UserId user;
    model::Change change;
    model::Counts counts; ///< at change.seq
};

/// Everything one commit changed, in commit order: per user ascending by seq.
using CommittedBatch = std::vector<Committed>;
} // namespace belfry::ports
