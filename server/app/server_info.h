#pragma once

#include "app/config.h"

namespace belfry::app {
/// Where a server is reached.
struct ServedAddress
{
    QByteArray address; ///< "host:port"
    TlsFiles tls{};     ///< empty: plain HTTP
};

/// What others read of a running server (decisions H06): `--ready-file`, and `server.json` in the data
/// folder.
[[nodiscard]] QByteArray serverInfo(const std::vector<ServedAddress> &served);

/// A file with it, for as long as this lives: written by rename, removed at a clean stop. A crash leaves it
/// behind; `start` replaces it.
class ServerInfoFile
{
public:
    ~ServerInfoFile();
    [[nodiscard]] model::VoidResult write(const QString &path, const std::vector<ServedAddress> &served);

private:
    QString m_path;
    int m_fd = -1; ///< holds the lock that isServerAlive() looks for
};

/// True while the process that wrote this file with a ServerInfoFile lives: it keeps a lock on it, which the
/// kernel lets go with the process. What a crash left behind is never taken for a server, whoever listens
/// on its address now.
[[nodiscard]] bool isServerAlive(const QString &path);
} // namespace belfry::app
