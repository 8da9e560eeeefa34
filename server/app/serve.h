#pragma once

#include "app/config.h"

namespace belfry::app {
/// Runs the server until it is told to stop; answers the exit code. Main thread.
[[nodiscard]] int serve(const Config &config);
} // namespace belfry::app
