#pragma once

#include <QByteArray>
#include <optional>

namespace belfry::api {
/// RFC 9110, section 8.8.3: a strong tag in its quotes.
[[nodiscard]] QByteArray quotedTag(const QByteArray &tag);

/// If-None-Match: does one of the listed tags, or `*`, name `tag`? Weak ones count (weak comparison).
[[nodiscard]] bool noneMatchHits(QByteArrayView header, const QByteArray &tag);

/// If-Match as the store wants it: nothing when any version will do (absent, `*`), else the one tag that it
/// names. A weak tag or a list names what never matches: strong comparison, and one PUT has one version.
[[nodiscard]] std::optional<QByteArray> ifMatchTag(QByteArrayView header);
} // namespace belfry::api
