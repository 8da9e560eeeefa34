#pragma once

#include "model/instant.h"

#include <QDateTime>

namespace belfry::program {
/// What the clock of this computer says.
[[nodiscard]] inline model::Instant systemNow()
{
    return {QDateTime::currentMSecsSinceEpoch() * 1000};
}
} // namespace belfry::program
