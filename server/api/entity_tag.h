#pragma once

#include <QByteArrayList>
#include <optional>

namespace belfry::api {
/// RFC 9110, section 8.8.3: a strong tag in its quotes.
[[nodiscard]] QByteArray quotedTag(const QByteArray &tag);

/// A tag for a body as a whole: two that differ have different ones.
[[nodiscard]] QByteArray tagOfBody(const QByteArray &body);

/// If-None-Match: does one of the listed tags, or `*`, name `tag`? Weak ones count (weak comparison).
[[nodiscard]] bool noneMatchHits(QByteArrayView header, const QByteArray &tag);

/// If-Match as the store wants it: nothing when any version will do (absent, `*`), else the tags one of which
/// has to be the current one. Weak ones are left out: they never match (strong comparison).
[[nodiscard]] std::optional<QByteArrayList> ifMatchTags(QByteArrayView header);
} // namespace belfry::api
