#pragma once

#include "model/result.h"

#include <QByteArray>
#include <memory>

struct ssl_ctx_st;

namespace belfry::net {
/// A certificate with its key, as connections are opened with it: TLS 1.2 with forward secrecy and
/// authenticated ciphers only, and TLS 1.3. Sessions may be resumed by tickets whose keys live and die with
/// this object; nothing is said or taken before the handshake is over (no early data). Immutable once made;
/// any thread. Connections hold what they need of it: it may go while they live.
class TlsContext
{
public:
    /// Both in PEM: the certificate first, then those that lead to its root; the key without a password.
    /// Invalid: which of the two is of no use, and how to mend it; nothing of the key is repeated.
    [[nodiscard]] static model::Result<std::shared_ptr<const TlsContext>> make(const QByteArray &certificates,
                                                                               const QByteArray &key);

    ~TlsContext();
    TlsContext(const TlsContext &) = delete;
    TlsContext &operator=(const TlsContext &) = delete;

    [[nodiscard]] ssl_ctx_st *handle() const { return m_context; }
    /// When the certificate ends, in seconds since 1970.
    [[nodiscard]] qint64 expiresAt() const { return m_expiresAt; }

private:
    TlsContext(ssl_ctx_st *context, qint64 expiresAt);

    ssl_ctx_st *m_context;
    qint64 m_expiresAt;
};

struct CertificatePair
{
    QByteArray certificate; ///< PEM
    QByteArray key;         ///< PEM
};

/// A new key (P-256) with a certificate that it signs itself, for these host names and addresses, good for
/// `days`. For trying out and closed networks: each client must be told to trust it.
[[nodiscard]] model::Result<CertificatePair> makeSelfSigned(const QList<QByteArray> &names, int days);
} // namespace belfry::net
