#pragma once

#include "model/text.h"

#include <QList>

namespace belfry::protocol {
class JsonWriter;
}

namespace belfry::api {
/// `"meta": {"ignored": [names]}` where a body had members that nobody knows (decisions H13); nothing where
/// it had none.
void appendIgnored(protocol::JsonWriter &json, const QList<model::Text> &ignored);
} // namespace belfry::api
