#pragma once

#include <QByteArray>

namespace belfry::runtime {
/// 16 lower-case hex digits, never all zero: random, from any thread.
void appendRandomHex(QByteArray &out);

/// What a refusal is found by in the log, where nobody named the request.
[[nodiscard]] QByteArray newRequestId();
} // namespace belfry::runtime
