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

model::Text encodeHistory(const std::vector<ports::Attempt> &history)
{
    QByteArray out("[");
    for (const ports::Attempt &attempt : history) {
        if (out.size() > 1)
            out.append(',');
        out.append('[').append(QByteArray::number(attempt.at.us)).append(',');
        appendJson(out, attempt.outcome);
        out.append(']');
    }
    out.append(']');
    return out;
}

std::vector<ports::Attempt> decodeHistory(const model::Text &text)
{
    std::vector<ports::Attempt> history;
    for (const QJsonValue value : QJsonDocument::fromJson(text).array()) {
        const QJsonArray attempt = value.toArray();
        history.push_back({{attempt.at(0).toInteger()}, attempt.at(1).toString().toUtf8()});
    }
    return history;
}
} // namespace belfry::store
