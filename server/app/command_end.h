#pragma once

#include "app/commands.h"

#include <functional>

namespace belfry::app {
// How a command ends: what it says, and its exit code.

[[nodiscard]] int complain(const QByteArray &what, int code);
[[nodiscard]] int complain(const model::Error &error);

/// Runs the event loop until the answer was printed.
using Printed = std::function<void(model::Result<QByteArray>)>;
[[nodiscard]] int waitFor(const std::function<void(Printed)> &ask);

/// The flag of a single command; empty when it was not given.
[[nodiscard]] QByteArray option(const CommandLine &line, const char *name);
} // namespace belfry::app
