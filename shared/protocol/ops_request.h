#pragma once

#include "model/op.h"
#include "model/result.h"

#include <QByteArrayView>
#include <vector>

namespace belfry::protocol {
/// Ops of one request that are about everything up to a seq: each may touch all that a user has.
inline constexpr int maxUpToOps = 20;

/// Body of POST /users/:u/inbox/ops: `{"ops": [...]}`, 1–500 of them; one bad op makes the whole Invalid
/// (H24).
[[nodiscard]] model::Result<std::vector<model::Op>> parseOps(QByteArrayView json);
[[nodiscard]] QByteArray encodeOps(const std::vector<model::Op> &ops);
} // namespace belfry::protocol
