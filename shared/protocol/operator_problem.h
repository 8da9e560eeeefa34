#pragma once

#include "protocol/problem.h"

namespace belfry::protocol {
/// problemJson() for who looks after the server. Of what is wrong with the server itself (Internal,
/// Unavailable) everybody else learns only that it is: where its database stands and what that said is for
/// its operators, and for the log (decisions H113).
[[nodiscard]] QByteArray operatorProblemJson(const model::Error &error, const model::Text &instance,
                                             int status = 0);
} // namespace belfry::protocol
