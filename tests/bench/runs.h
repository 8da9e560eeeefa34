#pragma once

#include "bench/load_loop.h"
#include "bench/report.h"

namespace belfry::bench {
// The runs. Each answers its report; an error means that it could not be done at all (the server is not
// there, or refuses), and what was measured until then is worth nothing.

/// POST /notifications from `connections`, spread over `users`.
[[nodiscard]] model::Result<Report> runIngest(Bench &bench);
/// POST for one of the users online, until the frame is at that user's socket.
[[nodiscard]] model::Result<Report> runDirect(Bench &bench);
/// Broadcasts with ttl 0, each until all sockets have it.
[[nodiscard]] model::Result<Report> runFanout(Bench &bench);
/// What a signed-in socket costs in memory.
[[nodiscard]] model::Result<Report> runIdle(Bench &bench);
/// All sockets are cut and come back, with hello and resume.
[[nodiscard]] model::Result<Report> runStorm(Bench &bench);
/// GET list, counts, snapshot and search in turn, for users of a full database.
[[nodiscard]] model::Result<Report> runReads(Bench &bench);
/// Stores `count` notifications with texts that `reads` can search.
[[nodiscard]] model::Result<Report> runFill(Bench &bench);
} // namespace belfry::bench
