#pragma once

#include "app/config.h"
#include "app/data_dir.h"

#include <QUrl>

namespace belfry::app {
/// The server that runs on a data folder, as its own commands reach it.
struct RunningServer
{
    QUrl url;
    QByteArray key;
};

/// From `server.json` of the data folder while its server lives, or `--url`; the key from BELFRY_ADMIN_KEY or
/// the bootstrap key. NotFound: no server runs there; Unauthenticated: no key is at hand. Says what to do.
[[nodiscard]] model::Result<RunningServer> findRunningServer(const Config &config, const QString &url,
                                                             const QString &keyFile);
} // namespace belfry::app
