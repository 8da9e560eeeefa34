#include "api/query.h"

namespace belfry::api {
model::Result<Query> Query::parse(QByteArrayView raw)
{
    Query query;
    if (raw.isEmpty())
        return query;
    auto form = protocol::parseForm(raw);
    if (!form) {
        form.error().code = model::ErrorCode::Malformed;
        return tl::unexpected(form.error());
    }
    query.m_form = *std::move(form);
    return query;
}

model::Result<qint64> Query::integer(QByteArrayView name, qint64 fallback) const
{
    const QByteArray value = text(name);
    if (value.isEmpty())
        return fallback;
    bool ok = false;
    const qint64 number = value.toLongLong(&ok);
    if (!ok)
        return model::failField(model::ErrorCode::Malformed, name.toByteArray(), "must be a whole number");
    return number;
}

model::Result<qint64> Query::natural(QByteArrayView name, qint64 fallback) const
{
    auto number = integer(name, fallback);
    if (number && *number < 0)
        return model::failField(model::ErrorCode::Malformed, name.toByteArray(), "must not be negative");
    return number;
}
} // namespace belfry::api
