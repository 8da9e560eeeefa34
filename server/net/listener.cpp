#include "net/listener.h"

#include "net/listen_socket.h"
#include "runtime/log.h"

#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>

namespace belfry::net {
namespace {
/// Of one turn: those who are connected already wait no longer for those who come.
constexpr int acceptsPerTurn = 64;

bool isExhaustion(int error)
{
    return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

bool isWildcard(const QHostAddress &host)
{
    return host == QHostAddress(QHostAddress::Any) || host == QHostAddress(QHostAddress::AnyIPv4) ||
           host == QHostAddress(QHostAddress::AnyIPv6);
}
} // namespace

Listener::Listener(int fd, int index, const ListenAddress &bound, NetProbe &probe, Accepted accepted)
    : m_fd(fd)
    , m_index(index)
    , m_bound(bound)
    , m_isLoopback(bound.host.isLoopback())
    , m_isWildcard(isWildcard(bound.host))
    , m_probe(probe)
    , m_accepted(std::move(accepted))
    , m_notifier(fd, QSocketNotifier::Read)
{
    QObject::connect(&m_notifier, &QSocketNotifier::activated, &m_notifier, [this] { accept(); });
}

Listener::~Listener()
{
    if (m_paused)
        m_probe.acceptPaused.add(-1);
    m_notifier.setEnabled(false);
    ::close(m_fd);
}

void Listener::accept()
{
    for (int i = 0; i < acceptsPerTurn; ++i) {
        switch (acceptOne()) {
        case Outcome::Taken:
            break;
        case Outcome::None:
            return;
        case Outcome::Exhausted:
            return pause();
        }
    }
}

Listener::Outcome Listener::acceptOne()
{
    sockaddr_storage name{};
    socklen_t length = sizeof name;
    const int fd =
        ::accept4(m_fd, reinterpret_cast<sockaddr *>(&name), &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) {
        if (isExhaustion(errno))
            return Outcome::Exhausted;
        // The others are about the one connection that was lost meanwhile (accept(2)).
        return errno == EAGAIN || errno == EWOULDBLOCK ? Outcome::None : Outcome::Taken;
    }
    Peer peer{hostOf(name), portOf(name), m_bound.host, m_bound.port, m_index, false, m_bound.tls != nullptr};
    peer.loopback = m_isLoopback && peer.address.isLoopback();
    if (m_isWildcard) {
        length = sizeof name;
        if (::getsockname(fd, reinterpret_cast<sockaddr *>(&name), &length) == 0)
            peer.localAddress = hostOf(name);
    }
    m_accepted(fd, std::move(peer));
    return Outcome::Taken;
}

void Listener::pause()
{
    if (m_paused)
        return;
    m_paused = true;
    m_notifier.setEnabled(false);
    m_probe.acceptPaused.add(1);
    qCWarning(lcNet) << "out of descriptors: no new connections on" << textOf(m_bound)
                     << "until one is free; raise the limit (ulimit -n)";
}

void Listener::resume()
{
    if (!m_paused)
        return;
    m_paused = false;
    m_probe.acceptPaused.add(-1);
    m_notifier.setEnabled(true);
}
} // namespace belfry::net
