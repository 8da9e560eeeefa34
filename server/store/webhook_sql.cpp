#include "store/webhook_sql.h"

#include "store/json_text.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace belfry::store {
model::Text encodeTypes(const QList<model::Text> &types)
{
    QByteArray out("[");
    for (const model::Text &type : types) {
        if (out.size() > 1)
            out.append(',');
        appendJson(out, type);
    }
    out.append(']');
    return out;
}

QList<model::Text> decodeTypes(const model::Text &text)
{
    QList<model::Text> types;
    for (const QJsonValue type : QJsonDocument::fromJson(text).array())
        types.append(type.toString().toUtf8());
    return types;
}
} // namespace belfry::store
