#include "auth/key_set.h"

#include "auth/base64url.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <sodium.h>

namespace belfry::auth {
namespace {
using model::ErrorCode;
using model::fail;
using model::Result;

auto unusable(const QByteArray &why)
{
    return fail(ErrorCode::Invalid, "key set: " + why);
}

/// An absent member is as good as the wanted value.
bool isOrLacks(const QJsonObject &key, const char *member, std::initializer_list<const char *> wanted)
{
    const QJsonValue value = key.value(QLatin1String(member));
    return value.isUndefined() || std::any_of(wanted.begin(), wanted.end(), [&value](const char *one) {
               return value.toString() == QLatin1String(one);
           });
}

bool isForSignatures(const QJsonObject &key)
{
    const QJsonValue operations = key.value(QStringLiteral("key_ops"));
    return key.value(QStringLiteral("kty")).toString() == QStringLiteral("OKP") &&
           key.value(QStringLiteral("crv")).toString() == QStringLiteral("Ed25519") &&
           isOrLacks(key, "use", {"sig"}) && isOrLacks(key, "alg", {"EdDSA", "Ed25519"}) &&
           (operations.isUndefined() || operations.toArray().contains(QStringLiteral("verify")));
}

Result<VerifyKey> readKey(const QJsonObject &object)
{
    VerifyKey key{object.value(QStringLiteral("kid")).toString().toUtf8(), {}};
    if (object.contains(QStringLiteral("d")))
        return unusable("key `" + key.id + "` is a private one; publish only `x`");
    const auto point = decodeBase64Url(object.value(QStringLiteral("x")).toString().toLatin1());
    if (!point || point->size() != qsizetype(crypto_sign_PUBLICKEYBYTES))
        return unusable("`x` of key `" + key.id + "` must be 32 bytes in base64url");
    key.publicKey = *point;
    return key;
}
} // namespace

Result<std::vector<VerifyKey>> readKeySet(QByteArrayView json)
{
    if (json.size() > largestKeySet)
        return unusable("is larger than 64 KiB");
    const QJsonDocument document = QJsonDocument::fromJson(json.toByteArray());
    const QJsonValue list = document.object().value(QStringLiteral("keys"));
    if (!list.isArray())
        return unusable("must be a JSON object with an array `keys`");
    std::vector<VerifyKey> keys;
    const QJsonArray array = list.toArray();
    for (const auto &each : array) {
        const QJsonObject object = each.toObject();
        if (!isForSignatures(object))
            continue;
        auto key = readKey(object);
        if (!key)
            return tl::unexpected(key.error());
        if (std::any_of(keys.begin(), keys.end(), [&key](const VerifyKey &k) { return k.id == key->id; }))
            return unusable("`kid` `" + key->id + "` is there twice");
        keys.push_back(std::move(*key));
    }
    if (keys.empty())
        return unusable("has no Ed25519 key for signatures");
    return keys;
}
} // namespace belfry::auth
