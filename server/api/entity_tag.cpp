#include "api/entity_tag.h"

#include <QList>

namespace belfry::api {
namespace {
QByteArrayView withoutWeakness(QByteArrayView tag)
{
    return tag.startsWith("W/") ? tag.sliced(2) : tag;
}
} // namespace

QByteArray quotedTag(const QByteArray &tag)
{
    return '"' + tag + '"';
}

bool noneMatchHits(QByteArrayView header, const QByteArray &tag)
{
    if (header.trimmed() == "*")
        return true;
    const QByteArray quoted = quotedTag(tag);
    for (const QByteArray &listed : header.toByteArray().split(',')) {
        if (withoutWeakness(QByteArrayView(listed).trimmed()) == quoted)
            return true;
    }
    return false;
}

std::optional<QByteArray> ifMatchTag(QByteArrayView header)
{
    const QByteArrayView tag = header.trimmed();
    if (tag.isEmpty() || tag == "*")
        return {};
    const bool quoted = tag.size() >= 2 && tag.startsWith('"') && tag.endsWith('"');
    return quoted ? tag.sliced(1, tag.size() - 2).toByteArray() : tag.toByteArray();
}
} // namespace belfry::api
