#include "protocol/ops_request.h"

#include "protocol/item_reading.h"
#include "protocol/json_writer.h"
#include "protocol/op_codec.h"

namespace belfry::protocol {
model::Result<std::vector<model::Op>> parseOps(QByteArrayView json)
{
    const auto root = JsonReader::local().parseObject(json);
    if (!root)
        return tl::unexpected(root.error());
    simdjson::dom::array array;
    if ((*root)["ops"].get_array().get(array) != simdjson::SUCCESS || array.size() == 0 ||
        qsizetype(array.size()) > model::maxOps)
        return model::failField(model::ErrorCode::Invalid, "/ops", "must be an array of 1-500 ops");
    std::vector<model::Op> ops;
    FieldErrors errors;
    int onEverything = 0;
    for (const Json element : array) {
        const model::Text at = "/ops/" + model::Text::number(qsizetype(ops.size()));
        simdjson::dom::object object;
        if (element.get_object().get(object) != simdjson::SUCCESS) {
            errors.add(at, "must be an object {op_id, set, ids | upto_seq}");
            break;
        }
        ops.push_back(readRequestedOp(object, at, errors));
        onEverything += std::holds_alternative<model::UpTo>(ops.back().target) ? 1 : 0;
        if (onEverything > maxUpToOps) {
            errors.add(at + "/upto_seq", "is one too many: at most 20 ops of a request are about everything");
            break;
        }
    }
    if (!errors.isEmpty())
        return errors.toError();
    return ops;
}

QByteArray encodeOps(const std::vector<model::Op> &ops)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject().key("ops").beginArray();
    for (const model::Op &op : ops)
        appendOp(json, op);
    json.endArray().endObject();
    json.finish();
    return out;
}
} // namespace belfry::protocol
