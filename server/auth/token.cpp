#include "auth/token.h"

#include "auth/base64url.h"
#include "model/user_id.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <array>
#include <cmath>
#include <sodium.h>

namespace belfry::auth {
namespace {
using model::ErrorCode;
using model::fail;
using model::Result;
using model::VoidResult;

constexpr qsizetype longestText = 8 * 1024;

struct Parts
{
    QByteArrayView header;
    QByteArrayView payload;
    QByteArrayView signature;
    QByteArrayView signedText;
};

std::optional<Parts> split(QByteArrayView token)
{
    const qsizetype first = token.indexOf('.');
    const qsizetype second = first < 0 ? -1 : token.indexOf('.', first + 1);
    if (second < 0 || token.indexOf('.', second + 1) >= 0 || token.size() > longestText)
        return std::nullopt;
    return Parts{token.first(first), token.sliced(first + 1, second - first - 1), token.sliced(second + 1),
                 token.first(second)};
}

std::optional<QJsonObject> decodeObject(QByteArrayView text)
{
    const auto bytes = decodeBase64Url(text);
    if (!bytes)
        return std::nullopt;
    const QJsonDocument document = QJsonDocument::fromJson(*bytes);
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

using Mac = std::array<unsigned char, crypto_auth_hmacsha256_BYTES>;

Mac mac(QByteArrayView text, const QByteArray &secret)
{
    Mac out;
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char *>(secret.constData()),
                                static_cast<size_t>(secret.size()));
    crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char *>(text.data()),
                                  static_cast<unsigned long long>(text.size()));
    crypto_auth_hmacsha256_final(&state, out.data());
    return out;
}

bool macFits(const Parts &parts, const QByteArray &secret)
{
    const auto given = decodeBase64Url(parts.signature);
    const Mac expected = mac(parts.signedText, secret);
    return !secret.isEmpty() && given && given->size() == static_cast<qsizetype>(expected.size()) &&
           sodium_memcmp(given->constData(), expected.data(), expected.size()) == 0;
}

bool signatureFits(QByteArrayView text, const QByteArray &signature, const VerifyKey &key)
{
    const auto bytes = [](const auto &of) { return reinterpret_cast<const unsigned char *>(of.data()); };
    return signature.size() == qsizetype(crypto_sign_BYTES) &&
           crypto_sign_verify_detached(bytes(signature), bytes(text),
                                       static_cast<unsigned long long>(text.size()),
                                       bytes(key.publicKey)) == 0;
}

/// NumericDate: seconds, maybe with a fraction (RFC 7519, section 2).
model::MaybeInstant dateClaim(const QJsonObject &claims, const QString &name)
{
    const QJsonValue value = claims.value(name);
    const double seconds = value.toDouble(-1);
    if (!value.isDouble() || !(seconds >= 0) || seconds > 1e11)
        return std::nullopt;
    return model::Instant{static_cast<qint64>(std::llround(seconds * 1e6))};
}

auto refused(const char *why)
{
    return fail(ErrorCode::Unauthenticated, QByteArray("token: ") + why);
}

/// Whether the token, by its `kid`, may be signed with this key.
bool mayBeSignedBy(const QJsonObject &header, const VerifyKey &key)
{
    const QJsonValue kid = header.value(QStringLiteral("kid"));
    return kid.isUndefined() || kid.toString().toUtf8() == key.id;
}

bool knowsKeyOf(const QJsonObject &header, const std::vector<VerifyKey> &keys)
{
    return std::any_of(keys.begin(), keys.end(),
                       [&header](const VerifyKey &key) { return mayBeSignedBy(header, key); });
}

VoidResult checkEdDsa(const Parts &parts, const QJsonObject &header, const std::vector<VerifyKey> &keys)
{
    if (!knowsKeyOf(header, keys))
        return refused("`kid` names no key of the key set");
    const auto signature = decodeBase64Url(parts.signature).value_or(QByteArray());
    const bool fits = std::any_of(keys.begin(), keys.end(), [&](const VerifyKey &key) {
        return mayBeSignedBy(header, key) && signatureFits(parts.signedText, signature, key);
    });
    if (!fits)
        return refused("the signature does not fit");
    return {};
}

VoidResult checkSignature(const Parts &parts, const QJsonObject &header, const TokenTrust &trust)
{
    const QString algorithm = header.value(QStringLiteral("alg")).toString();
    if (header.contains(QStringLiteral("crit")))
        return refused("`crit` names extensions that are not known here");
    if (algorithm == QStringLiteral("EdDSA"))
        return checkEdDsa(parts, header, trust.keys);
    if (algorithm != QStringLiteral("HS256"))
        return refused("`alg` must be HS256 or EdDSA");
    if (!macFits(parts, trust.secret))
        return refused("the signature does not fit");
    return {};
}

Result<TokenClaims> readClaims(const QJsonObject &object)
{
    const QJsonValue subject = object.value(QStringLiteral("sub"));
    if (!subject.isString())
        return refused("`sub` must be the user's id as text");
    const auto user = model::makeUserId(subject.toString().toUtf8(), "sub");
    if (!user)
        return refused("`sub` is not a valid user id");
    const auto issued = dateClaim(object, QStringLiteral("iat"));
    const auto expires = dateClaim(object, QStringLiteral("exp"));
    if (!issued || !expires)
        return refused("`iat` and `exp` are required, in seconds");
    const bool hasNotBefore = object.contains(QStringLiteral("nbf"));
    const auto notBefore = dateClaim(object, QStringLiteral("nbf"));
    if (hasNotBefore && !notBefore)
        return refused("`nbf` must be in seconds");
    return TokenClaims{*user, *issued, *expires, notBefore,
                       object.value(QStringLiteral("sid")).toString().toUtf8()};
}

Result<TokenClaims> checkTimes(TokenClaims claims, model::Instant now)
{
    if (claims.expiresAt <= claims.issuedAt || claims.expiresAt - claims.issuedAt > longestToken)
        return refused("`exp` must be at most 3600 s after `iat`");
    if (claims.expiresAt <= now)
        return refused("has expired; get a new one");
    if (claims.issuedAt > now + tokenLeeway)
        return refused("`iat` lies in the future; check the clocks");
    if (claims.notBefore && *claims.notBefore > now + tokenLeeway)
        return refused("`nbf` lies in the future");
    return claims;
}
} // namespace

Result<TokenClaims> readToken(QByteArrayView token, const TokenTrust &trust, model::Instant now)
{
    const auto parts = split(token);
    const auto header = parts ? decodeObject(parts->header) : std::nullopt;
    if (!header)
        return refused("is not a JSON Web Token");
    if (const auto fits = checkSignature(*parts, *header, trust); !fits)
        return tl::unexpected(fits.error());
    const auto payload = decodeObject(parts->payload);
    if (!payload)
        return refused("the payload is not a JSON object");
    // Of others' tokens a `sid` is their own business.
    const bool isOurs = header->value(QStringLiteral("alg")).toString() == QStringLiteral("HS256");
    return readClaims(*payload).and_then([now, isOurs](TokenClaims claims) {
        if (!isOurs)
            claims.session.clear();
        return checkTimes(std::move(claims), now);
    });
}

bool namesUnknownKey(QByteArrayView token, const TokenTrust &trust)
{
    const auto parts = split(token);
    const auto header = parts ? decodeObject(parts->header) : std::nullopt;
    return header && header->value(QStringLiteral("alg")).toString() == QStringLiteral("EdDSA") &&
           !knowsKeyOf(*header, trust.keys);
}

QByteArray writeToken(const TokenClaims &claims, const QByteArray &secret)
{
    QJsonObject payload{{QStringLiteral("sub"), QString::fromUtf8(claims.subject.text)},
                        {QStringLiteral("iat"), claims.issuedAt.us / 1'000'000},
                        {QStringLiteral("exp"), claims.expiresAt.us / 1'000'000}};
    if (claims.notBefore)
        payload.insert(QStringLiteral("nbf"), claims.notBefore->us / 1'000'000);
    if (!claims.session.isEmpty())
        payload.insert(QStringLiteral("sid"), QString::fromUtf8(claims.session));
    const QByteArray header = R"({"alg":"HS256","typ":"JWT"})";
    const QByteArray text = encodeBase64Url(header) + '.' +
                            encodeBase64Url(QJsonDocument(payload).toJson(QJsonDocument::Compact));
    const Mac signature = mac(text, secret);
    return text + '.' +
           encodeBase64Url(
               {reinterpret_cast<const char *>(signature.data()), static_cast<qsizetype>(signature.size())});
}
} // namespace belfry::auth
