#include "net/gathering_socket.h"

#include <cstring>
#include <unistd.h>

namespace belfry::net {
bool GatheringSocket::adopt(int fd, QByteArray handshake)
{
    if (!setSocketDescriptor(fd)) {
        ::close(fd);
        return false;
    }
    setReadBufferSize(1); // full as soon as it holds anything: the network waits
    fillReadBuffer(std::move(handshake));
    return true;
}

void GatheringSocket::adoptFed(QByteArray handshake)
{
    m_fed = true;
    setSocketState(ConnectedState);
    setOpenMode(ReadWrite);
    fillReadBuffer(std::move(handshake));
}

void GatheringSocket::feed(QByteArrayView bytes)
{
    m_prefix.append(bytes);
    Q_EMIT readyRead();
}

void GatheringSocket::release(QByteArray early)
{
    fillReadBuffer(std::move(early));
    setReadBufferSize(0);
    if (bytesAvailable() > 0)
        Q_EMIT readyRead();
}

/// Through readData(), which is where the base class asks for more.
void GatheringSocket::fillReadBuffer(QByteArray bytes)
{
    m_prefix = std::move(bytes);
    QByteArray scratch(m_prefix.size(), Qt::Uninitialized);
    peek(scratch.data(), scratch.size());
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
        return m_fed ? 0 : QTcpSocket::readData(data, maxSize);
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

#include "moc_gathering_socket.cpp"
