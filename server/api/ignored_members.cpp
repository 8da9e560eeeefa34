#include "api/ignored_members.h"

#include "protocol/json_writer.h"

namespace belfry::api {
void appendIgnored(protocol::JsonWriter &json, const QList<model::Text> &ignored)
{
    if (ignored.isEmpty())
        return;
    json.key("meta").beginObject().key("ignored").beginArray();
    for (const model::Text &name : ignored)
        json.text(name);
    json.endArray().endObject();
}
} // namespace belfry::api
