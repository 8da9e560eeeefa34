#pragma once

#include "model/result.h"

#include "bench/histogram.h"

#include <string>

namespace belfry::bench {
/// How long this disk takes for one append of 4 KiB with fdatasync: the floor under every durable answer, by
/// which runs of different machines are compared. 300 of them in a new file in `folder`, which is removed.
/// Unavailable: why not.
[[nodiscard]] model::Result<Histogram> probeDisk(const std::string &folder);
} // namespace belfry::bench
