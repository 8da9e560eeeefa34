#include "net/gathering_socket.h"

#include <cstring>
#include <unistd.h>

namespace belfry::net {
GatheringSocket::GatheringSocket(GatheringSocketOwner &owner, QByteArray prefix)
    : m_owner(owner)
    , m_prefix(std::move(prefix))
{
}

bool GatheringSocket::adopt(int fd)
{
    if (!setSocketDescriptor(fd)) {
        ::close(fd);
        return false;
    }
    // Into the read buffer now: nothing from the network may come before it.
    char first = 0;
    peek(&first, 1);
    return true;
}

void GatheringSocket::discardInput()
{
    m_prefix.clear();
    skip(QTcpSocket::bytesAvailable());
}

void GatheringSocket::close()
{
    m_owner.onSocketCloses();
}

qint64 GatheringSocket::bytesAvailable() const
{
    return QTcpSocket::bytesAvailable() + m_prefix.size();
}

qint64 GatheringSocket::readData(char *data, qint64 maxSize)
{
    if (m_prefix.isEmpty())
        return QTcpSocket::readData(data, maxSize);
    const qsizetype n = std::min<qsizetype>(m_prefix.size(), static_cast<qsizetype>(maxSize));
    std::memcpy(data, m_prefix.constData(), static_cast<std::size_t>(n));
    m_prefix.remove(0, n);
    return n;
}

qint64 GatheringSocket::writeData(const char *data, qint64 size)
{
    m_owner.onSocketWrites(QByteArrayView(data, size));
    return size;
}
} // namespace belfry::net
