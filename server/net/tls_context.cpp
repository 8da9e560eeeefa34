#include "net/tls_context.h"

#include <array>
#include <ctime>
#include <string_view>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace belfry::net {
namespace {
using model::ErrorCode;
using model::fail;
using model::Result;
using model::VoidResult;

/// TLS 1.2: forward secrecy and authenticated encryption. Those of TLS 1.3 all have both.
constexpr char ciphersOf12[] = "ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr long sessionSeconds = 3600;
constexpr std::array<unsigned char, 9> httpProtocol{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

template<typename T, void (*release)(T *)>
struct Release
{
    void operator()(T *what) const { release(what); }
};
void freeBio(BIO *bio)
{
    BIO_free_all(bio);
}
using BioPtr = std::unique_ptr<BIO, Release<BIO, freeBio>>;
using CertificatePtr = std::unique_ptr<X509, Release<X509, X509_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY, EVP_PKEY_free>>;
using ContextPtr = std::unique_ptr<SSL_CTX, Release<SSL_CTX, SSL_CTX_free>>;

/// What OpenSSL says of the last error; its queue is empty afterwards.
QByteArray lastReason()
{
    const char *const text = ERR_reason_error_string(ERR_peek_last_error());
    QByteArray reason = text ? text : "no reason given";
    ERR_clear_error();
    return reason;
}

BioPtr reader(const QByteArray &pem)
{
    return BioPtr(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
}

/// OpenSSL would ask on the terminal.
int noPassword(char *, int, int, void *)
{
    return -1;
}

Result<CertificatePtr> useCertificates(SSL_CTX *context, const QByteArray &pem)
{
    const BioPtr in = reader(pem);
    CertificatePtr leaf(PEM_read_bio_X509_AUX(in.get(), nullptr, noPassword, nullptr));
    if (!leaf)
        return fail(ErrorCode::Invalid,
                    "the certificate file has no certificate in PEM form (-----BEGIN CERTIFICATE-----): " +
                        lastReason());
    if (SSL_CTX_use_certificate(context, leaf.get()) != 1)
        return fail(ErrorCode::Invalid, "the certificate is of no use: " + lastReason());
    while (X509 *const next = PEM_read_bio_X509(in.get(), nullptr, noPassword, nullptr)) {
        if (SSL_CTX_add0_chain_cert(context, next) != 1) {
            X509_free(next);
            return fail(ErrorCode::Invalid,
                        "the certificates behind the first one are of no use: " + lastReason());
        }
    }
    if (ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE)
        return fail(ErrorCode::Invalid,
                    "the certificates behind the first one cannot be read: " + lastReason());
    ERR_clear_error();
    return leaf;
}

VoidResult useKey(SSL_CTX *context, const X509 *leaf, const QByteArray &pem)
{
    const BioPtr in = reader(pem);
    const KeyPtr key(PEM_read_bio_PrivateKey(in.get(), nullptr, noPassword, nullptr));
    if (!key)
        return fail(ErrorCode::Invalid,
                    "the key file has no private key in PEM form, or one with a password (take it off with "
                    "`openssl pkey -in KEY -out NEW`): " +
                        lastReason());
    if (X509_check_private_key(leaf, key.get()) != 1) {
        ERR_clear_error();
        return fail(ErrorCode::Invalid, "the key does not belong to the certificate: name the pair that was "
                                        "made together, the certificate itself first in its file");
    }
    if (SSL_CTX_use_PrivateKey(context, key.get()) != 1)
        return fail(ErrorCode::Invalid, "the key is of no use: " + lastReason());
    return {};
}

/// HTTP/1.1 is all there is; who offers protocols and not this one means another server (RFC 7301).
int pickProtocol(SSL *, const unsigned char **out, unsigned char *outSize, const unsigned char *offered,
                 unsigned int size, void *)
{
    unsigned char *picked = nullptr;
    if (SSL_select_next_proto(&picked, outSize, httpProtocol.data(), httpProtocol.size(), offered, size) !=
        OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *out = picked;
    return SSL_TLSEXT_ERR_OK;
}

bool setRules(SSL_CTX *context)
{
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION |
                                     SSL_OP_IGNORE_UNEXPECTED_EOF | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                     SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                  SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_read_ahead(context, 1);
    // Tickets only: a store of sessions would be shared by all loops and grow with their number.
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 1);
    SSL_CTX_set_timeout(context, sessionSeconds);
    SSL_CTX_set_alpn_select_cb(context, pickProtocol, nullptr);
    constexpr std::string_view name = "belfry";
    return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
           SSL_CTX_set_cipher_list(context, ciphersOf12) == 1 &&
           SSL_CTX_set_session_id_context(context, reinterpret_cast<const unsigned char *>(name.data()),
                                          static_cast<unsigned int>(name.size())) == 1;
}

qint64 endOf(const X509 *certificate)
{
    std::tm time{};
    return ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &time) == 1 ? ::timegm(&time) : 0;
}
} // namespace

TlsContext::TlsContext(ssl_ctx_st *context, qint64 expiresAt)
    : m_context(context)
    , m_expiresAt(expiresAt)
{
}

TlsContext::~TlsContext()
{
    SSL_CTX_free(m_context);
}

Result<std::shared_ptr<const TlsContext>> TlsContext::make(const QByteArray &certificates,
                                                           const QByteArray &key)
{
    ERR_clear_error();
    ContextPtr context(SSL_CTX_new(TLS_server_method()));
    if (!context || !setRules(context.get()))
        return fail(ErrorCode::Internal, "TLS is of no use on this machine: " + lastReason());
    const auto leaf = useCertificates(context.get(), certificates);
    if (!leaf)
        return tl::unexpected(leaf.error());
    if (const auto used = useKey(context.get(), leaf->get(), key); !used)
        return tl::unexpected(used.error());
    const qint64 end = endOf(leaf->get());
    return std::shared_ptr<const TlsContext>(new TlsContext(context.release(), end));
}
} // namespace belfry::net
