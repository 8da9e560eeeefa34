#include "app/server_info.h"

#include "app/data_dir.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace belfry::app {
QByteArray serverInfo(const QByteArrayList &addresses)
{
    QJsonArray list;
    for (const QByteArray &address : addresses)
        list.append(QString::fromLatin1(address));
    const QJsonObject object{{QStringLiteral("pid"), QCoreApplication::applicationPid()},
                             {QStringLiteral("addresses"), list},
                             {QStringLiteral("grpc_addresses"), QJsonArray()},
                             {QStringLiteral("version"), QStringLiteral(BELFRY_VERSION)}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

ServerInfoFile::~ServerInfoFile()
{
    if (!m_path.isEmpty())
        QFile::remove(m_path);
}

model::VoidResult ServerInfoFile::write(const QString &path, const QByteArrayList &addresses)
{
    auto written = writeWhole(path, serverInfo(addresses), false);
    if (written)
        m_path = path;
    return written;
}
} // namespace belfry::app
