#include "bench/credential.h"

#include <QDir>
#include <QFile>

namespace belfry::bench {
namespace {
QByteArray firstLine(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readLine(1024).trimmed();
}

// Where a server of this user keeps it: BELFRY_DATA_DIR, else the XDG state folder (architecture.md, names).
QString bootstrapKeyFile()
{
    QString folder = qEnvironmentVariable("BELFRY_DATA_DIR");
    if (folder.isEmpty()) {
        const QString state =
            qEnvironmentVariable("XDG_STATE_HOME", QDir::homePath() + QStringLiteral("/.local/state"));
        folder = state + QStringLiteral("/belfry");
    }
    return folder + QStringLiteral("/bootstrap.key");
}
} // namespace

model::Result<std::string> findKey(const std::string &given, const std::string &file)
{
    if (!given.empty())
        return given;
    if (!file.empty()) {
        const QByteArray key = firstLine(QString::fromStdString(file));
        if (key.isEmpty())
            return model::fail(model::ErrorCode::Malformed,
                               "--key-file " + QByteArray::fromStdString(file) + ": no key in it");
        return key.toStdString();
    }
    if (const QByteArray key = qgetenv("BELFRY_ADMIN_KEY"); !key.isEmpty())
        return key.toStdString();
    return firstLine(bootstrapKeyFile()).toStdString();
}
} // namespace belfry::bench
