#pragma once

#include <QByteArray>
#include <optional>

namespace belfry::auth {
/// base64url without padding (RFC 7515, section 2). Nothing: another letter, or padding.
[[nodiscard]] std::optional<QByteArray> decodeBase64Url(QByteArrayView text);
[[nodiscard]] QByteArray encodeBase64Url(const QByteArray &bytes);
} // namespace belfry::auth
