#include "tls_client.h"

#include <fcntl.h>
#include <poll.h>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

namespace belfry::net::test {
TlsClient::TlsClient(quint16 port, const TlsWish &wish)
    : RawClient(port)
    , m_context(SSL_CTX_new(TLS_client_method()))
    , m_ssl(SSL_new(m_context))
{
    ::fcntl(fd(), F_SETFL, ::fcntl(fd(), F_GETFL) | O_NONBLOCK);
    // Old versions are to be refused by the server, not by this side.
    SSL_set_security_level(m_ssl, 0);
    SSL_set_min_proto_version(m_ssl, wish.version);
    SSL_set_max_proto_version(m_ssl, wish.version);
    if (!wish.protocols.isEmpty())
        SSL_set_alpn_protos(m_ssl, reinterpret_cast<const unsigned char *>(wish.protocols.constData()),
                            static_cast<unsigned int>(wish.protocols.size()));
    if (wish.session)
        SSL_set_session(m_ssl, wish.session);
    SSL_set_fd(m_ssl, fd());
    const Until until = std::chrono::steady_clock::now() + 5s;
    ERR_clear_error();
    int result = SSL_connect(m_ssl);
    while (result != 1 && wait(result, until)) {
        ERR_clear_error();
        result = SSL_connect(m_ssl);
    }
    m_shaken = result == 1;
}

TlsClient::~TlsClient()
{
    SSL_free(m_ssl);
    SSL_CTX_free(m_context);
}

/// Until the call that gave `result` can go on.
bool TlsClient::wait(int result, Until until) const
{
    const int error = SSL_get_error(m_ssl, result);
    if (error == SSL_ERROR_WANT_READ)
        return waitFor(POLLIN, until);
    return error == SSL_ERROR_WANT_WRITE && waitFor(POLLOUT, until);
}

QByteArray TlsClient::version() const
{
    return SSL_get_version(m_ssl);
}

QByteArray TlsClient::protocol() const
{
    const unsigned char *data = nullptr;
    unsigned int size = 0;
    SSL_get0_alpn_selected(m_ssl, &data, &size);
    return {reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)};
}

QByteArray TlsClient::certificate() const
{
    BIO *const out = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(out, SSL_get0_peer_certificate(m_ssl));
    char *data = nullptr;
    const long size = BIO_get_mem_data(out, &data);
    const QByteArray pem(data, static_cast<qsizetype>(size));
    BIO_free(out);
    return pem;
}

bool TlsClient::isResumed() const
{
    return SSL_session_reused(m_ssl) == 1;
}

ssl_session_st *TlsClient::session() const
{
    return SSL_get1_session(m_ssl);
}

bool TlsClient::sawFarewell() const
{
    return (SSL_get_shutdown(m_ssl) & SSL_RECEIVED_SHUTDOWN) != 0;
}

bool TlsClient::send(const QByteArray &bytes)
{
    const Until until = std::chrono::steady_clock::now() + 5s;
    ERR_clear_error();
    int result = SSL_write(m_ssl, bytes.constData(), static_cast<int>(bytes.size()));
    while (result <= 0 && wait(result, until)) {
        ERR_clear_error();
        result = SSL_write(m_ssl, bytes.constData(), static_cast<int>(bytes.size()));
    }
    return result == bytes.size();
}

qint64 TlsClient::receive(char *to, qsizetype size, Until until)
{
    ERR_clear_error();
    int result = SSL_read(m_ssl, to, static_cast<int>(size));
    while (result <= 0 && SSL_get_error(m_ssl, result) == SSL_ERROR_WANT_READ) {
        if (!waitFor(POLLIN, until))
            return -1;
        ERR_clear_error();
        result = SSL_read(m_ssl, to, static_cast<int>(size));
    }
    return std::max(result, 0);
}
} // namespace belfry::net::test
