#include "app/server_info.h"

#include "app/data_dir.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace belfry::app {
QByteArray serverInfo(const std::vector<ServedAddress> &served)
{
    QJsonArray list;
    QJsonArray urls;
    QJsonArray certificates;
    for (const ServedAddress &one : served) {
        list.append(QString::fromLatin1(one.address));
        urls.append(QString::fromLatin1((one.tls.isEmpty() ? "http://" : "https://") + one.address));
        certificates.append(one.tls.isEmpty() ? QJsonValue() : QJsonValue(one.tls.certificate));
    }
    const QJsonObject object{{QStringLiteral("pid"), QCoreApplication::applicationPid()},
                             {QStringLiteral("addresses"), list},
                             {QStringLiteral("urls"), urls},
                             {QStringLiteral("tls_certificates"), certificates},
                             {QStringLiteral("grpc_addresses"), QJsonArray()},
                             {QStringLiteral("version"), QStringLiteral(BELFRY_VERSION)}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

namespace {
int openToRead(const QString &path)
{
    return open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
}

/// The whole file. Of the open description (fcntl(2)): asking for it takes nothing.
struct flock wholeFile(short type)
{
    struct flock lock = {};
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    return lock;
}
} // namespace

ServerInfoFile::~ServerInfoFile()
{
    if (!m_path.isEmpty())
        QFile::remove(m_path);
    if (m_fd >= 0)
        close(m_fd);
}

model::VoidResult ServerInfoFile::write(const QString &path, const std::vector<ServedAddress> &served)
{
    if (auto written = writeWhole(path, serverInfo(served), false); !written)
        return written;
    m_path = path;
    m_fd = openToRead(path);
    struct flock lock = wholeFile(F_RDLCK);
    if (m_fd < 0 || fcntl(m_fd, F_OFD_SETLK, &lock) != 0)
        return model::fail(model::ErrorCode::Unavailable,
                           path.toLocal8Bit() + ": cannot be locked: " + strerror(errno));
    return {};
}

bool isServerAlive(const QString &path)
{
    const int fd = openToRead(path);
    if (fd < 0)
        return false;
    struct flock lock = wholeFile(F_WRLCK);
    const bool held = fcntl(fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    close(fd);
    return held;
}
} // namespace belfry::app
