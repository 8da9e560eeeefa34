#pragma once

#include "api/route.h"

#include <QByteArrayView>

namespace belfry::api {
enum class BodyFormat { Empty, Json, Form, Unsupported };

/// How a body is to be read (decisions H44). A missing Content-Type counts as JSON on native routes, as a
/// form on lenient ones, where a body that begins with `{` is JSON whatever the header says.
[[nodiscard]] BodyFormat bodyFormat(BodyKind kind, QByteArrayView contentType, QByteArrayView body);
} // namespace belfry::api
