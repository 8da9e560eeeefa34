#pragma once

#include <QByteArray>
#include <optional>

namespace belfry::api {
/// What `+` means: a space in queries and forms, itself in paths.
enum class Plus { Itself, Space };

/// Percent-decoded text (RFC 3986, section 2.1). Nothing when a `%` has no two hex digits, or when the bytes
/// are not UTF-8 or hold a NUL (decisions H55).
[[nodiscard]] std::optional<QByteArray> decodePercent(QByteArrayView text, Plus plus);

/// Everything but unreserved characters escaped, for links in answers.
void appendPercentEncoded(QByteArray &out, QByteArrayView text);
} // namespace belfry::api
