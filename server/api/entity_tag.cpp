#include "api/entity_tag.h"

#include <QHashFunctions>

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

/// Twice 64 bits and the length. Not against somebody who seeks collisions: it is their own answer that they
/// would not see.
QByteArray tagOfBody(const QByteArray &body)
{
    constexpr std::size_t seeds[] = {0x62656c66, 0x7279};
    QByteArray tag = QByteArray::number(body.size(), 36);
    for (const std::size_t seed : seeds)
        tag.append('-').append(QByteArray::number(
            static_cast<quint64>(qHashBits(body.constData(), static_cast<std::size_t>(body.size()), seed)),
            36));
    return tag;
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

std::optional<QByteArrayList> ifMatchTags(QByteArrayView header)
{
    const QByteArrayView trimmed = header.trimmed();
    if (trimmed.isEmpty() || trimmed == "*")
        return {};
    QByteArrayList tags;
    for (const QByteArray &listed : trimmed.toByteArray().split(',')) {
        const QByteArrayView tag = QByteArrayView(listed).trimmed();
        if (tag.size() >= 2 && tag.startsWith('"') && tag.endsWith('"'))
            tags.append(tag.sliced(1, tag.size() - 2).toByteArray());
    }
    return tags;
}
} // namespace belfry::api
