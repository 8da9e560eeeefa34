#include "auth/key.h"

#include <sodium.h>

namespace belfry::auth {
QByteArray randomText(int bytes)
{
    QByteArray random(bytes, Qt::Uninitialized);
    randombytes_buf(random.data(), static_cast<size_t>(random.size()));
    return random.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray makeKey()
{
    return "blf_" + randomText(32);
}

QByteArray hashKey(QByteArrayView key)
{
    QByteArray hash(crypto_hash_sha256_BYTES, Qt::Uninitialized);
    crypto_hash_sha256(reinterpret_cast<unsigned char *>(hash.data()),
                       reinterpret_cast<const unsigned char *>(key.data()),
                       static_cast<unsigned long long>(key.size()));
    return hash;
}
} // namespace belfry::auth
