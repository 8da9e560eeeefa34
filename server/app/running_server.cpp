#include "app/running_server.h"

#include "app/server_info.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace belfry::app {
namespace {
using model::ErrorCode;
using model::fail;
using model::Result;

Result<QUrl> urlOf(const DataDir &dataDir)
{
    QFile file(dataDir.serverFile());
    if (!isServerAlive(dataDir.serverFile()) || !file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::NotFound, "no server runs on " + dataDir.path().toLocal8Bit() +
                                             ": start one with `belfryd serve`, or name one with --url");
    const auto addresses =
        QJsonDocument::fromJson(file.readAll()).object().value(QStringLiteral("addresses")).toArray();
    QString address = addresses.first().toString();
    // A server that listens everywhere is reached here as well.
    address.replace(QLatin1String("0.0.0.0:"), QLatin1String("127.0.0.1:"));
    address.replace(QLatin1String("[::]:"), QLatin1String("[::1]:"));
    return QUrl(QStringLiteral("http://") + address);
}

Result<QByteArray> keyOf(const Config &config, const DataDir &dataDir, const QString &keyFile)
{
    if (!keyFile.isEmpty()) {
        QFile file(keyFile);
        if (!file.open(QIODevice::ReadOnly))
            return fail(ErrorCode::Unauthenticated, keyFile.toLocal8Bit() + ": cannot be read");
        return file.readAll().trimmed();
    }
    if (!config.adminKey.isEmpty())
        return config.adminKey;
    if (const auto key = dataDir.bootstrapKey())
        return *key;
    return fail(ErrorCode::Unauthenticated,
                "no key at hand: set BELFRY_ADMIN_KEY, or name a file with --key-file");
}
} // namespace

Result<RunningServer> findRunningServer(const Config &config, const QString &url, const QString &keyFile)
{
    const DataDir dataDir(config.dataDir);
    const auto found = url.isEmpty() ? urlOf(dataDir) : Result<QUrl>(QUrl(url));
    if (!found)
        return tl::unexpected(found.error());
    if (!found->isValid() || found->host().isEmpty())
        return fail(ErrorCode::Invalid, "--url: must be like http://127.0.0.1:8080");
    return keyOf(config, dataDir, keyFile).map([&](const QByteArray &key) {
        return RunningServer{*found, key};
    });
}
} // namespace belfry::app
