#pragma once

#include "app/config.h"
#include "app/config_loader.h"

namespace belfry::app {
/// Exit codes (docs/architecture.md): 0 well, 2 bad usage or configuration, 1 anything else.
enum ExitCode { ExitWell = 0, ExitFailure = 1, ExitUsage = 2 };

/// Runs the program's one command to its end on the main thread, where a QCoreApplication lives.
[[nodiscard]] int runCommand(const CommandLine &line);
} // namespace belfry::app
