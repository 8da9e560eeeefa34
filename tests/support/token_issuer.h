#pragma once

#include <QByteArray>
#include <array>
#include <sodium.h>

namespace belfry::test {
/// An issuer of EdDSA user tokens with a key pair of its own, the same one for the same id.
class TokenIssuer
{
public:
    explicit TokenIssuer(QByteArray id)
        : m_id(std::move(id))
    {
        std::array<unsigned char, crypto_sign_SEEDBYTES> seed{};
        std::copy_n(m_id.constData(), std::min(std::size_t(m_id.size()), seed.size()), seed.begin());
        if (sodium_init() < 0 || crypto_sign_seed_keypair(m_public.data(), m_secret.data(), seed.data()) != 0)
            qFatal("cannot make a key pair");
    }

    [[nodiscard]] QByteArray id() const { return m_id; }
    [[nodiscard]] QByteArray publicKey() const
    {
        return {reinterpret_cast<const char *>(m_public.data()), qsizetype(m_public.size())};
    }
    /// Its public key as a JSON Web Key.
    [[nodiscard]] QByteArray key() const
    {
        return R"({"kty":"OKP","crv":"Ed25519","use":"sig","kid":")" + m_id + R"(","x":")" +
               encode(publicKey()) + R"("})";
    }
    [[nodiscard]] QByteArray keySet() const { return R"({"keys":[)" + key() + "]}"; }

    [[nodiscard]] QByteArray token(const QByteArray &claims) const
    {
        return token(claims, R"({"alg":"EdDSA","kid":")" + m_id + R"("})");
    }
    [[nodiscard]] QByteArray token(const QByteArray &claims, const QByteArray &header) const
    {
        const QByteArray text = encode(header) + '.' + encode(claims);
        QByteArray signature(crypto_sign_BYTES, '\0');
        crypto_sign_detached(reinterpret_cast<unsigned char *>(signature.data()), nullptr,
                             reinterpret_cast<const unsigned char *>(text.constData()),
                             static_cast<unsigned long long>(text.size()), m_secret.data());
        return text + '.' + encode(signature);
    }
    /// For ten minutes from `now`, in seconds.
    [[nodiscard]] QByteArray tokenFor(const QByteArray &user, qint64 now) const
    {
        return token(R"({"sub":")" + user + R"(","iat":)" + QByteArray::number(now) + R"(,"exp":)" +
                     QByteArray::number(now + 600) + '}');
    }

private:
    static QByteArray encode(const QByteArray &bytes)
    {
        return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    }

    QByteArray m_id;
    std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> m_public{};
    std::array<unsigned char, crypto_sign_SECRETKEYBYTES> m_secret{};
};
} // namespace belfry::test
