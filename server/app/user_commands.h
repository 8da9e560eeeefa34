#pragma once

#include "app/config_loader.h"

namespace belfry::app {
/// `belfryd users create|list|role|password`. Answers the exit code.
[[nodiscard]] int users(const CommandLine &line, const Config &config);
/// How many words such a command line has at most.
[[nodiscard]] qsizetype mostUserWords(const CommandLine &line);
} // namespace belfry::app
