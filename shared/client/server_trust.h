#pragma once

#include <QList>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>

namespace belfry::client {
/// Whom a client believes to be the server when it connects by https or wss.
struct ServerTrust
{
    QList<QSslCertificate> authorities; ///< beside the system's; a self-signed server's own certificate too
    bool anyone = false;                ///< no check at all: for tests on loopback only
};

[[nodiscard]] inline QSslConfiguration sslConfiguration(const ServerTrust &trust)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    if (!trust.authorities.isEmpty())
        configuration.addCaCertificates(trust.authorities);
    if (trust.anyone)
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    return configuration;
}
} // namespace belfry::client
