#pragma once

#include "app/config.h"
#include "app/data_dir.h"

#include <QSslCertificate>
#include <QSslError>
#include <QUrl>

namespace belfry::app {
/// The server that runs on a data folder, as its own commands reach it.
struct RunningServer
{
    QUrl url;
    QByteArray key;
    /// With https: trusted beside the system's authorities.
    QList<QSslCertificate> authorities{};
    /// What does not matter where the certificate is the very one that the data folder's server was started
    /// with: it may be made out to a name that this machine is not called by on loopback.
    QList<QSslError> forgiven{};
};

/// What a command line says of it; each may be empty.
struct ServerHint
{
    QString url;
    QString keyFile;
    QString caFile;
};

/// From `server.json` of the data folder while its server lives, or the hint's URL; the key from
/// BELFRY_ADMIN_KEY or the bootstrap key. NotFound: no server runs there; Unauthenticated: no key is at hand.
/// Says what to do.
[[nodiscard]] model::Result<RunningServer> findRunningServer(const Config &config, const ServerHint &hint);
} // namespace belfry::app
