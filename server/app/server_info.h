#pragma once

#include "model/result.h"

#include <QByteArrayList>
#include <QString>

namespace belfry::app {
/// What others read of a running server (decisions H06): `--ready-file`, and `server.json` in the data
/// folder.
[[nodiscard]] QByteArray serverInfo(const QByteArrayList &addresses);

/// A file with it, for as long as this lives: written by rename, removed at a clean stop. A crash leaves it
/// behind; `start` replaces it.
class ServerInfoFile
{
public:
    ~ServerInfoFile();
    [[nodiscard]] model::VoidResult write(const QString &path, const QByteArrayList &addresses);

private:
    QString m_path;
};
} // namespace belfry::app
