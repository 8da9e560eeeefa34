#pragma once

#include "model/text.h"

#include <QByteArray>

namespace belfry::store {
/// Appends `text` (valid UTF-8) as a JSON string. What this module keeps as JSON is read back by QJson only;
/// written by hand, because a notification's row is on the hot path.
void appendJson(QByteArray &out, const model::Text &text);
} // namespace belfry::store
