#pragma once

#include <QByteArray>
#include <QRect>

/// Where a window was, to be kept from one start to the next.
namespace belfry::program {
[[nodiscard]] QByteArray geometryBytes(const QRect &geometry);
/// Invalid: these bytes are none.
[[nodiscard]] QRect geometryFrom(const QByteArray &bytes);
/// Enough of it lies on a screen that is there to get hold of it.
[[nodiscard]] bool isInSight(const QRect &geometry);
} // namespace belfry::program
