#include "net/tls_context.h"

#include <QHostAddress>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

namespace belfry::net {
namespace {
constexpr long secondsOfDay = 86'400;
/// Clocks of clients may be a little behind.
constexpr long startsEarlier = 3600;

QByteArray alternativeNames(const QList<QByteArray> &names)
{
    QByteArrayList entries;
    for (const QByteArray &name : names)
        entries.append((QHostAddress(QString::fromLatin1(name)).isNull() ? "DNS:" : "IP:") + name);
    return entries.join(',');
}

bool addExtension(X509 *certificate, int id, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *const extension = X509V3_EXT_conf_nid(nullptr, &context, id, value.constData());
    const bool added = extension && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return added;
}

bool setSerial(X509 *certificate)
{
    quint64 number = 0;
    if (RAND_bytes(reinterpret_cast<unsigned char *>(&number), sizeof number) != 1)
        return false;
    return ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), (number >> 1) | 1) == 1;
}

bool setSubject(X509 *certificate, const QByteArray &name)
{
    X509_NAME *const subject = X509_get_subject_name(certificate);
    return X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char *>(name.constData()),
                                      static_cast<int>(name.size()), -1, 0) == 1 &&
           X509_set_issuer_name(certificate, subject) == 1;
}

/// May sign nothing but itself, so that who trusts it trusts this server and no more.
bool fill(X509 *certificate, EVP_PKEY *key, const QList<QByteArray> &names, int days)
{
    return X509_set_version(certificate, X509_VERSION_3) == 1 && setSerial(certificate) &&
           X509_gmtime_adj(X509_getm_notBefore(certificate), -startsEarlier) &&
           X509_gmtime_adj(X509_getm_notAfter(certificate), secondsOfDay * days) &&
           setSubject(certificate, names.first()) && X509_set_pubkey(certificate, key) == 1 &&
           addExtension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
           addExtension(certificate, NID_key_usage, "critical,digitalSignature") &&
           addExtension(certificate, NID_ext_key_usage, "serverAuth") &&
           addExtension(certificate, NID_subject_alt_name, alternativeNames(names)) &&
           X509_sign(certificate, key, EVP_sha256()) > 0;
}

QByteArray contentOf(BIO *out)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(out, &data);
    return QByteArray(data, static_cast<qsizetype>(size));
}
} // namespace

model::Result<CertificatePair> makeSelfSigned(const QList<QByteArray> &names, int days)
{
    EVP_PKEY *const key = EVP_EC_gen("P-256");
    X509 *const certificate = X509_new();
    BIO *const certificateOut = BIO_new(BIO_s_mem());
    BIO *const keyOut = BIO_new(BIO_s_mem());
    const bool made = key && certificate && certificateOut && keyOut && !names.isEmpty() &&
                      fill(certificate, key, names, days) &&
                      PEM_write_bio_X509(certificateOut, certificate) == 1 &&
                      PEM_write_bio_PrivateKey(keyOut, key, nullptr, nullptr, 0, nullptr, nullptr) == 1;
    model::Result<CertificatePair> pair = CertificatePair();
    if (made)
        pair = CertificatePair{contentOf(certificateOut), contentOf(keyOut)};
    else
        pair = model::fail(model::ErrorCode::Invalid,
                           "no certificate can be made for " + names.join(", ") +
                               ": give host names and addresses such as notify.example or 192.0.2.7");
    ERR_clear_error();
    BIO_free(keyOut);
    BIO_free(certificateOut);
    X509_free(certificate);
    EVP_PKEY_free(key);
    return pair;
}
} // namespace belfry::net
