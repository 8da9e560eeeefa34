#pragma once

#include "model/op.h"
#include "model/result.h"

#include <QByteArrayView>
#include <vector>

namespace belfry::protocol {
/// Limits of one request and of one op (H24), on the socket as over HTTP.
inline constexpr qsizetype maxOps = 500;
inline constexpr qsizetype maxIdsPerOp = 500;

/// Body of POST /users/:u/inbox/ops: `{"ops": [...]}`, 1–500 of them; one bad op makes the whole Invalid
/// (H24).
[[nodiscard]] model::Result<std::vector<model::Op>> parseOps(QByteArrayView json);
[[nodiscard]] QByteArray encodeOps(const std::vector<model::Op> &ops);
} // namespace belfry::protocol
