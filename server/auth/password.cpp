#include "auth/password.h"

#include <sodium.h>

namespace belfry::auth {
namespace {
bool isReady()
{
    static const bool ready = sodium_init() >= 0;
    return ready;
}
} // namespace

model::Result<QByteArray> hashPassword(const model::Text &password)
{
    QByteArray out(crypto_pwhash_STRBYTES, '\0');
    if (!isReady() ||
        crypto_pwhash_str(out.data(), password.constData(), static_cast<quint64>(password.size()),
                          crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        return model::fail(model::ErrorCode::Unavailable, "not enough memory to hash a password; try again");
    out.truncate(static_cast<qsizetype>(qstrlen(out.constData())));
    return out;
}

bool fitsPassword(const QByteArray &hash, const model::Text &password)
{
    if (!isReady() || hash.isEmpty() || hash.size() >= qsizetype(crypto_pwhash_STRBYTES))
        return false;
    return crypto_pwhash_str_verify(hash.constData(), password.constData(),
                                    static_cast<quint64>(password.size())) == 0;
}

QByteArray nobodysHash()
{
    static_assert(crypto_pwhash_OPSLIMIT_INTERACTIVE == 2 &&
                  crypto_pwhash_MEMLIMIT_INTERACTIVE == 65536 * 1024);
    return "$argon2id$v=19$m=65536,t=2,p=1$" + QByteArray(22, 'A') + '$' + QByteArray(43, 'A');
}
} // namespace belfry::auth
