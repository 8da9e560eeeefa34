#pragma once

#include "model/notification.h"
#include "model/strong_id.h"

#include <optional>

namespace belfry::domain {
enum class ResumeMode : quint8 {
    Resume,   ///< replay what is above `since`, in order
    Snapshot, ///< the client named no position: live at once, it loads a snapshot by itself
    Reset,    ///< its position is of another database or outside of the log: it must load a snapshot
};

/// Semantics 4, decisions H22: `since` without an epoch is taken as given; neither is a snapshot. `floor` is
/// the first seq that is kept: `since = floor − 1` is still fine (H80).
[[nodiscard]] ResumeMode resumeMode(const model::Epoch &given, std::optional<model::Seq> since,
                                    const model::Epoch &epoch, model::Seq head, model::Seq floor);
} // namespace belfry::domain
