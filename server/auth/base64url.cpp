#include "auth/base64url.h"

namespace belfry::auth {
namespace {
constexpr auto base64Url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
} // namespace

std::optional<QByteArray> decodeBase64Url(QByteArrayView text)
{
    auto decoded = QByteArray::fromBase64Encoding(text.toByteArray(),
                                                  base64Url | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return std::nullopt;
    return std::move(decoded.decoded);
}

QByteArray encodeBase64Url(const QByteArray &bytes)
{
    return bytes.toBase64(base64Url);
}
} // namespace belfry::auth
