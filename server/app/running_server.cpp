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

/// For exactly these certificates: whoever shows another one is not forgiven.
QList<QSslError> forgivenFor(const QList<QSslCertificate> &certificates)
{
    QList<QSslError> errors;
    for (const QSslCertificate &certificate : certificates) {
        for (const auto error :
             {QSslError::HostNameMismatch, QSslError::SelfSignedCertificate,
              QSslError::SelfSignedCertificateInChain, QSslError::UnableToGetLocalIssuerCertificate,
              QSslError::UnableToVerifyFirstCertificate, QSslError::CertificateUntrusted})
            errors.append(QSslError(error, certificate));
    }
    return errors;
}

/// Of several addresses a plain one, which needs no trust.
int easiestOf(const QJsonArray &urls)
{
    for (int i = 0; i < urls.size(); ++i) {
        if (urls[i].toString().startsWith(QLatin1String("http://")))
            return i;
    }
    return 0;
}

Result<RunningServer> ownServer(const DataDir &dataDir)
{
    QFile file(dataDir.serverFile());
    if (!isServerAlive(dataDir.serverFile()) || !file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::NotFound, "no server runs on " + dataDir.path().toLocal8Bit() +
                                             ": start one with `belfryd serve`, or name one with --url");
    const QJsonObject info = QJsonDocument::fromJson(file.readAll()).object();
    const QJsonArray urls = info.value(QStringLiteral("urls")).toArray();
    const int index = easiestOf(urls);
    QString url = urls[index].toString();
    // A server that listens everywhere is reached here as well.
    url.replace(QLatin1String("//0.0.0.0:"), QLatin1String("//127.0.0.1:"));
    url.replace(QLatin1String("//[::]:"), QLatin1String("//[::1]:"));
    RunningServer server;
    server.url = QUrl(url);
    const QString path = info.value(QStringLiteral("tls_certificates")).toArray()[index].toString();
    if (!path.isEmpty())
        server.forgiven = forgivenFor(QSslCertificate::fromPath(path));
    return server;
}

Result<RunningServer> namedServer(const ServerHint &hint)
{
    RunningServer server;
    server.url = QUrl(hint.url);
    if (!server.url.isValid() || server.url.host().isEmpty())
        return fail(ErrorCode::Invalid, "--url: must be like http://127.0.0.1:8080");
    if (hint.caFile.isEmpty())
        return server;
    server.authorities = QSslCertificate::fromPath(hint.caFile);
    if (server.authorities.isEmpty())
        return fail(ErrorCode::Invalid,
                    "--ca-file: " + hint.caFile.toLocal8Bit() + ": has no certificate in PEM form");
    return server;
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

Result<RunningServer> findRunningServer(const Config &config, const ServerHint &hint)
{
    const DataDir dataDir(config.dataDir);
    auto found = hint.url.isEmpty() ? ownServer(dataDir) : namedServer(hint);
    if (!found)
        return found;
    return keyOf(config, dataDir, hint.keyFile).map([&](const QByteArray &key) {
        found->key = key;
        return *found;
    });
}
} // namespace belfry::app
