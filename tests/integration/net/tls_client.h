#pragma once

#include "raw_client.h"

struct ssl_ctx_st;
struct ssl_session_st;
struct ssl_st;

namespace belfry::net::test {
/// How a TlsClient shakes hands.
struct TlsWish
{
    int version = 0;      ///< TLS1_2_VERSION …; 0: the best of both
    QByteArray protocols; ///< ALPN, in wire format
    ssl_session_st *session = nullptr;
};

/// A RawClient behind TLS; believes every certificate.
class TlsClient final : public RawClient
{
public:
    explicit TlsClient(quint16 port, const TlsWish &wish = {});
    ~TlsClient() override;

    /// False where the server refused.
    [[nodiscard]] bool isShaken() const { return m_shaken; }
    [[nodiscard]] QByteArray version() const;
    [[nodiscard]] QByteArray protocol() const;
    [[nodiscard]] QByteArray certificate() const; ///< as PEM
    [[nodiscard]] bool isResumed() const;
    /// For another client's wish; to be freed by SSL_SESSION_free().
    [[nodiscard]] ssl_session_st *session() const;
    /// The peer said in TLS that it is done.
    [[nodiscard]] bool sawFarewell() const;

    bool send(const QByteArray &bytes) override;

protected:
    qint64 receive(char *to, qsizetype size, Until until) override;

private:
    [[nodiscard]] bool wait(int result, Until until) const;

    ssl_ctx_st *m_context;
    ssl_st *m_ssl;
    bool m_shaken = false;
};
} // namespace belfry::net::test
