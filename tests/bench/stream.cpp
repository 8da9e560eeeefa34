#include "bench/stream.h"

#include <cerrno>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>

namespace belfry::bench {
model::VoidResult Stream::open(const Endpoint &target, std::uint64_t number)
{
    auto socket = beginConnection(target, number);
    if (!socket)
        return tl::unexpected(socket.error());
    adopt(std::move(*socket));
    m_connecting = true;
    if (target.secure)
        m_tls = std::make_unique<TlsSession>(*target.trust, target.addressText());
    return {};
}

void Stream::adopt(Fd socket)
{
    close();
    m_fd = std::move(socket);
    m_poller.watch(m_fd, *this);
}

void Stream::close(Farewell farewell)
{
    if (!m_fd.isOpen())
        return;
    if (farewell == Farewell::Abrupt) {
        const linger reset{1, 0};
        ::setsockopt(m_fd.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    }
    m_fd.reset();
    m_unsent.clear();
    m_tls.reset();
    m_connecting = false;
    ++m_generation;
}

void Stream::send(std::string_view data)
{
    if (!m_fd.isOpen())
        return;
    if (!m_tls)
        return sendRaw(data);
    m_tls->say(data);
    sendOutput();
}

void Stream::sendOutput()
{
    if (const std::string output = m_tls->takeOutput(); !output.empty())
        sendRaw(output);
}

void Stream::sendRaw(std::string_view data)
{
    if (m_unsent.empty() && !m_connecting) {
        const ssize_t sent = ::send(m_fd.get(), data.data(), data.size(), MSG_NOSIGNAL);
        if (sent > 0)
            data.remove_prefix(static_cast<std::size_t>(sent));
    }
    // A broken connection shows itself as EPOLLERR or EPOLLHUP; nothing is decided here.
    m_unsent.append(data);
}

void Stream::ready(std::uint32_t events)
{
    if (!m_fd.isOpen())
        return;
    const std::uint32_t generation = m_generation;
    if (m_connecting) {
        const Progress progress = checkConnect();
        if (progress == Progress::Connecting)
            return;
        m_connecting = false;
        if (progress == Progress::Failed)
            return lose();
        if (m_tls) {
            if (!m_tls->shake())
                return lose();
            sendOutput();
        } else {
            connected();
        }
    }
    if (generation == m_generation && (events & EPOLLOUT) != 0 && !m_unsent.empty())
        flush();
    const bool ending = (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    if (generation == m_generation && ((events & EPOLLIN) != 0 || ending))
        readAll(ending);
}

// An event of the turn in which the previous connection was closed may reach the new one: so look, don't
// trust it.
Stream::Progress Stream::checkConnect() const
{
    pollfd state{m_fd.get(), POLLOUT, 0};
    if (::poll(&state, 1, 0) == 0)
        return Progress::Connecting;
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(m_fd.get(), SOL_SOCKET, SO_ERROR, &error, &size);
    return error == 0 ? Progress::Connected : Progress::Failed;
}

void Stream::flush()
{
    const ssize_t sent = ::send(m_fd.get(), m_unsent.data(), m_unsent.size(), MSG_NOSIGNAL);
    if (sent > 0)
        m_unsent.erase(0, static_cast<std::size_t>(sent));
}

void Stream::readAll(bool untilEnd)
{
    const std::uint32_t generation = m_generation;
    // Decrypted bytes need a place, too.
    const std::span<char> buffer = m_poller.scratch().first(m_poller.scratch().size() / 2);
    while (generation == m_generation) {
        const ssize_t size = ::recv(m_fd.get(), buffer.data(), buffer.size(), 0);
        if (size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR))
            return lose();
        if (size < 0)
            return;
        take(buffer.data(), static_cast<std::size_t>(size));
        // A short read has emptied the socket; what comes later is a new edge.
        if (!untilEnd && static_cast<std::size_t>(size) < buffer.size())
            return;
    }
}

void Stream::take(char *data, std::size_t size)
{
    if (!m_tls)
        return received(data, size);
    m_tls->feed({data, size});
    decrypt(m_poller.scratch().size() / 2);
}

/// What is there of whole records, through the second half of the scratch buffer.
void Stream::decrypt(std::size_t half)
{
    const std::uint32_t generation = m_generation;
    if (!m_tls->isShaken()) {
        const bool fine = m_tls->shake();
        sendOutput();
        if (!fine)
            return lose();
        if (!m_tls->isShaken())
            return;
        connected();
    }
    const std::span<char> plain = m_poller.scratch().subspan(half);
    while (generation == m_generation) {
        const long size = m_tls->read(plain);
        if (size < 0)
            return lose();
        if (size == 0)
            return;
        received(plain.data(), static_cast<std::size_t>(size));
    }
}

void Stream::lose()
{
    close();
    gone();
}
} // namespace belfry::bench
