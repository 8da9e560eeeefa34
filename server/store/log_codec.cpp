#include "store/log_codec.h"

#include "store/json_text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace belfry::store {
using model::NotificationId;
using model::Op;
using model::Text;

namespace {
void appendIds(QByteArray &out, const char *name, const QList<NotificationId> &ids)
{
    out.append(",\"").append(name).append("\":[");
    bool first = true;
    for (const NotificationId &id : ids) {
        out.append(first ? "\"" : ",\"");
        id.appendTo(out);
        out.append('"');
        first = false;
    }
    out.append(']');
}

QList<NotificationId> idsOf(const QJsonObject &object, const char *name)
{
    QList<NotificationId> ids;
    for (const QJsonValue value : object.value(QLatin1String(name)).toArray()) {
        if (const auto id = NotificationId::parse(value.toString().toLatin1()))
            ids.append(*id);
    }
    return ids;
}

model::MaybeInstant instantOf(const QJsonObject &object, const char *name)
{
    const QJsonValue value = object.value(QLatin1String(name));
    return value.isDouble() ? model::MaybeInstant(model::Instant{value.toInteger()}) : std::nullopt;
}

void appendInstant(QByteArray &out, const char *name, const model::MaybeInstant &at)
{
    if (at)
        out.append(",\"").append(name).append("\":").append(QByteArray::number(at->us));
}
} // namespace

Text encodeOp(const Op &op)
{
    QByteArray out = "{\"set\":" + QByteArray::number(static_cast<int>(op.set)) + ",\"op\":";
    appendJson(out, op.id.text);
    if (const auto *upTo = std::get_if<model::UpTo>(&op.target)) {
        out.append(",\"upto\":").append(QByteArray::number(upTo->seq));
        if (!upTo->except.isEmpty())
            appendIds(out, "except", upTo->except);
    } else {
        appendIds(out, "ids", std::get<QList<NotificationId>>(op.target));
    }
    appendInstant(out, "at", op.at);
    appendInstant(out, "until", op.until);
    out.append('}');
    return out;
}

Op decodeOp(const Text &payload)
{
    const QJsonObject object = QJsonDocument::fromJson(payload).object();
    Op op;
    op.id.text = object.value(QLatin1String("op")).toString().toUtf8();
    op.set = static_cast<model::OpSet>(object.value(QLatin1String("set")).toInt());
    if (const QJsonValue upTo = object.value(QLatin1String("upto")); upTo.isDouble())
        op.target = model::UpTo{upTo.toInteger(), idsOf(object, "except")};
    else
        op.target = idsOf(object, "ids");
    op.at = instantOf(object, "at");
    op.until = instantOf(object, "until");
    return op;
}

Text encodeAlert(const model::AlertChange &alert)
{
    QByteArray out = alert.digest ? "{\"digest\":true" : "{\"digest\":false";
    appendIds(out, "ids", alert.ids);
    out.append('}');
    return out;
}

model::AlertChange decodeAlert(const Text &payload)
{
    const QJsonObject object = QJsonDocument::fromJson(payload).object();
    return {idsOf(object, "ids"), object.value(QLatin1String("digest")).toBool()};
}

QByteArray encodeIds(const QList<NotificationId> &ids)
{
    QByteArray bytes;
    bytes.reserve(ids.size() * 16);
    for (const NotificationId &id : ids)
        bytes.append(id.toBytes());
    return bytes;
}

QList<NotificationId> decodeIds(const QByteArray &bytes)
{
    QList<NotificationId> ids;
    for (qsizetype i = 0; i + 16 <= bytes.size(); i += 16)
        ids.append(*NotificationId::fromBytes(QByteArrayView(bytes).sliced(i, 16)));
    return ids;
}
} // namespace belfry::store
