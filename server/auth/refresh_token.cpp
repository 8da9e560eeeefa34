#include "auth/refresh_token.h"

#include "auth/key.h"

namespace belfry::auth {
namespace {
constexpr QByteArrayView refreshPrefix("blr_");
constexpr qsizetype familySize = 22;
constexpr qsizetype secretSize = 43;

RefreshToken withFamily(const QByteArray &family)
{
    const QByteArray secret = randomText(32);
    return {refreshPrefix.toByteArray() + family + secret, {hashKey(family), hashKey(secret)}};
}
} // namespace

RefreshToken makeRefreshToken()
{
    return withFamily(randomText(16));
}

RefreshToken nextRefreshToken(QByteArrayView text)
{
    return withFamily(text.sliced(refreshPrefix.size(), familySize).toByteArray());
}

std::optional<ports::TokenHashes> readRefreshToken(QByteArrayView text)
{
    if (text.size() != refreshPrefix.size() + familySize + secretSize || !text.startsWith(refreshPrefix))
        return std::nullopt;
    const QByteArrayView rest = text.sliced(refreshPrefix.size());
    return ports::TokenHashes{hashKey(rest.first(familySize)), hashKey(rest.sliced(familySize))};
}
} // namespace belfry::auth
