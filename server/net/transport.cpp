#include "net/transport.h"

#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace belfry::net {
bool isTemporary(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR || error == ENOBUFS || error == ENOMEM;
}

qint64 readFromDescriptor(int fd, char *to, qint64 size)
{
    const ssize_t n = ::recv(fd, to, static_cast<std::size_t>(size), MSG_DONTWAIT);
    if (n >= 0)
        return n;
    return isTemporary(errno) ? Sink::wouldBlock : Sink::failed;
}

qint64 writeToDescriptor(int fd, const iovec *parts, int count)
{
    ssize_t written = 0;
    if (count == 1) {
        written = ::send(fd, parts->iov_base, parts->iov_len, MSG_NOSIGNAL | MSG_DONTWAIT);
    } else {
        msghdr message{};
        message.msg_iov = const_cast<iovec *>(parts);
        message.msg_iovlen = static_cast<std::size_t>(count);
        written = ::sendmsg(fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    }
    if (written >= 0)
        return written;
    return isTemporary(errno) ? Sink::wouldBlock : Sink::failed;
}

PlainTransport::PlainTransport(int fd)
    : m_fd(fd)
    , m_read(fd, QSocketNotifier::Read)
{
    QObject::connect(&m_read, &QSocketNotifier::activated, &m_read, [this] { m_events->onReadable(); });
    m_read.setEnabled(false);
}

PlainTransport::~PlainTransport()
{
    m_read.setEnabled(false);
    m_write.reset();
    if (m_fd >= 0)
        ::close(m_fd);
}

void PlainTransport::setEvents(TransportEvents *events)
{
    m_events = events;
}

qint64 PlainTransport::read(char *to, qint64 size)
{
    return readFromDescriptor(m_fd, to, size);
}

qint64 PlainTransport::write(const iovec *parts, int count)
{
    return writeToDescriptor(m_fd, parts, count);
}

void PlainTransport::watchRead(bool on)
{
    m_read.setEnabled(on);
}

void PlainTransport::watchWrite(bool on)
{
    if (!m_write) {
        if (!on)
            return;
        m_write = std::make_unique<QSocketNotifier>(m_fd, QSocketNotifier::Write);
        QObject::connect(m_write.get(), &QSocketNotifier::activated, m_write.get(),
                         [this] { m_events->onWritable(); });
    }
    m_write->setEnabled(on);
}

void PlainTransport::finishWriting()
{
    // Fails only when the peer is gone already, which reading will tell.
    ::shutdown(m_fd, SHUT_WR);
}

int PlainTransport::release()
{
    m_read.setEnabled(false);
    m_write.reset();
    return std::exchange(m_fd, -1);
}
} // namespace belfry::net
