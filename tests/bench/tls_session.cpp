#include "bench/tls_session.h"

#include <cstdio>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace belfry::bench {
TlsTrust::TlsTrust(ssl_ctx_st *context)
    : m_context(context)
{
}

TlsTrust::~TlsTrust()
{
    SSL_CTX_free(m_context);
}

model::Result<std::shared_ptr<TlsTrust>> TlsTrust::make(const std::string &caFile, bool anyone)
{
    std::shared_ptr<TlsTrust> trust(new TlsTrust(SSL_CTX_new(TLS_client_method())));
    SSL_CTX_set_mode(trust->m_context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_verify(trust->m_context, anyone ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, nullptr);
    const bool loaded = caFile.empty() ? SSL_CTX_set_default_verify_paths(trust->m_context) == 1
                                       : SSL_CTX_load_verify_file(trust->m_context, caFile.c_str()) == 1;
    ERR_clear_error();
    if (!loaded)
        return model::fail(model::ErrorCode::Malformed,
                           QByteArray("--ca-file: ") + caFile.c_str() + ": has no certificate in PEM form");
    return trust;
}

void TlsTrust::complain(const char *reason)
{
    if (std::exchange(m_complained, true))
        return;
    std::fprintf(stderr, "no TLS with the server: %s (--ca-file names whom to trust, --insecure anyone)\n",
                 reason);
}

TlsSession::TlsSession(TlsTrust &trust, const std::string &address)
    : m_trust(trust)
    , m_ssl(SSL_new(trust.context()))
{
    BIO *const in = BIO_new(BIO_s_mem());
    BIO *const out = BIO_new(BIO_s_mem());
    BIO_set_mem_eof_return(in, -1); // empty is "not yet", not the end
    BIO_set_mem_eof_return(out, -1);
    SSL_set_bio(m_ssl, in, out);
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(m_ssl), address.c_str());
    SSL_set_connect_state(m_ssl);
}

TlsSession::~TlsSession()
{
    SSL_free(m_ssl);
}

bool TlsSession::shake()
{
    ERR_clear_error();
    const int result = SSL_do_handshake(m_ssl);
    if (result != 1) {
        if (SSL_get_error(m_ssl, result) == SSL_ERROR_WANT_READ)
            return true;
        const long verdict = SSL_get_verify_result(m_ssl);
        const char *const reason = ERR_reason_error_string(ERR_peek_error());
        m_trust.complain(verdict != X509_V_OK ? X509_verify_cert_error_string(verdict)
                                              : (reason ? reason : "the connection ended"));
        return false;
    }
    m_shaken = true;
    say(std::exchange(m_waiting, {}));
    return true;
}

void TlsSession::say(std::string_view plain)
{
    if (plain.empty())
        return;
    ERR_clear_error();
    // Into memory: nothing is left over. What fails shows itself when the connection is read.
    if (m_shaken)
        SSL_write(m_ssl, plain.data(), static_cast<int>(plain.size()));
    else
        m_waiting.append(plain);
}

std::string TlsSession::takeOutput()
{
    BIO *const out = SSL_get_wbio(m_ssl);
    std::string bytes(BIO_ctrl_pending(out), '\0');
    if (!bytes.empty())
        BIO_read(out, bytes.data(), static_cast<int>(bytes.size()));
    return bytes;
}

void TlsSession::feed(std::span<const char> bytes)
{
    BIO_write(SSL_get_rbio(m_ssl), bytes.data(), static_cast<int>(bytes.size()));
}

long TlsSession::read(std::span<char> to)
{
    ERR_clear_error();
    const int n = SSL_read(m_ssl, to.data(), static_cast<int>(to.size()));
    if (n > 0)
        return n;
    return SSL_get_error(m_ssl, n) == SSL_ERROR_WANT_READ ? 0 : -1;
}
} // namespace belfry::bench
