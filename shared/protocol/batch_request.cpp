#include "protocol/batch_request.h"

#include "protocol/field_reading.h"
#include "protocol/json_scan.h"

namespace belfry::protocol {
namespace {
using model::ErrorCode;
using model::Text;

struct Items
{
    std::vector<QByteArrayView> values;
    Text pointer; ///< to the array
};

model::Result<QByteArrayView> findArray(QByteArrayView json)
{
    const auto members = splitObject(json);
    if (!members)
        return model::fail(ErrorCode::Malformed, "not valid JSON: send an array of notifications");
    QByteArrayView found;
    for (const auto &[name, value] : *members) {
        if (name == "\"notifications\"")
            found = value;
    }
    if (!found.startsWith('['))
        return model::failField(ErrorCode::Invalid, "/notifications", "must be an array of notifications");
    return found;
}

model::Result<Items> findItems(QByteArrayView json)
{
    Items items;
    const QByteArrayView body = json.trimmed();
    model::Result<QByteArrayView> array = body;
    if (!body.startsWith('[')) {
        array = findArray(body);
        items.pointer = "/notifications";
    }
    if (!array)
        return tl::unexpected(array.error());
    auto values = splitArray(*array);
    if (!values)
        return model::fail(ErrorCode::Malformed, "not valid JSON: brackets, quotes or commas do not fit");
    items.values = std::move(*values);
    return items;
}
} // namespace

model::Result<BatchRequest> parseBatch(QByteArrayView json, model::Instant now)
{
    const auto items = findItems(json);
    if (!items)
        return tl::unexpected(items.error());
    if (items->values.empty() || items->values.size() > maxBatch)
        return model::failField(ErrorCode::Invalid, items->pointer, "must have 1-1000 notifications");
    BatchRequest batch;
    batch.reserve(items->values.size());
    for (const QByteArrayView value : items->values) {
        auto request = parseNotification(value, now);
        const Text at = items->pointer + '/' + Text::number(qsizetype(batch.size()));
        batch.push_back(request ? std::move(request) : tl::unexpected(below(at, request.error())));
    }
    return batch;
}
} // namespace belfry::protocol
