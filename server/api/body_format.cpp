#include "api/body_format.h"

namespace belfry::api {
namespace {
/// type/subtype without parameters.
QByteArrayView essence(QByteArrayView contentType)
{
    const qsizetype end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.first(end)).trimmed();
}

bool isSame(QByteArrayView a, QByteArrayView b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

bool isJson(QByteArrayView type)
{
    constexpr QByteArrayView suffix = "+json";
    const bool suffixed = type.size() > suffix.size() && isSame(type.last(suffix.size()), suffix) &&
                          isSame(type.first(qMin<qsizetype>(12, type.size())), "application/");
    return isSame(type, "application/json") || suffixed;
}

bool looksLikeObject(QByteArrayView body)
{
    const QByteArrayView text = body.trimmed();
    return !text.isEmpty() && text.front() == '{';
}
} // namespace

BodyFormat bodyFormat(BodyKind kind, QByteArrayView contentType, QByteArrayView body)
{
    if (kind == BodyKind::None || body.isEmpty())
        return BodyFormat::Empty;
    const QByteArrayView type = essence(contentType);
    if (kind == BodyKind::Lenient) {
        if (isJson(type) || looksLikeObject(body))
            return BodyFormat::Json;
        return BodyFormat::Form;
    }
    return type.isEmpty() || isJson(type) ? BodyFormat::Json : BodyFormat::Unsupported;
}
} // namespace belfry::api
