#include "net/tls_transport.h"

#include "runtime/log.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace belfry::net {
namespace {
constexpr std::size_t recordSize = 16 * 1024;
/// Encrypted before the kernel is asked: four records go out with one call.
constexpr qint64 encryptAtOnce = 64 * 1024;
/// A peer that makes the server answer (key updates) and does not read the answers.
constexpr qsizetype heldAtMost = 256 * 1024;

bool isLetter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}
} // namespace

/// OpenSSL's own socket BIO writes without MSG_NOSIGNAL, and would keep what the kernel does not take.
struct TlsTransport::Bio
{
    static int write(BIO *bio, const char *data, int size)
    {
        static_cast<TlsTransport *>(BIO_get_data(bio))->m_held.append(data, size);
        return size;
    }

    static int read(BIO *bio, char *to, int size)
    {
        BIO_clear_retry_flags(bio);
        const int fd = static_cast<TlsTransport *>(BIO_get_data(bio))->m_fd;
        const qint64 n = readFromDescriptor(fd, to, size);
        if (n == wouldBlock)
            BIO_set_retry_read(bio);
        if (n == 0)
            BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
        return n < 0 ? -1 : static_cast<int>(n);
    }

    static long control(BIO *bio, int command, long, void *)
    {
        if (command == BIO_CTRL_EOF)
            return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0 ? 1 : 0;
        return command == BIO_CTRL_FLUSH ? 1 : 0;
    }

    static const BIO_METHOD *method()
    {
        static const BIO_METHOD *const table = [] {
            BIO_METHOD *made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "belfry");
            BIO_meth_set_write(made, write);
            BIO_meth_set_read(made, read);
            BIO_meth_set_ctrl(made, control);
            return made;
        }();
        return table;
    }
};

TlsTransport::TlsTransport(int fd, const TlsContext &context, NetProbe &probe)
    : m_fd(fd)
    , m_probe(probe)
    , m_ssl(SSL_new(context.handle()))
    , m_read(fd, QSocketNotifier::Read)
{
    QObject::connect(&m_read, &QSocketNotifier::activated, &m_read, [this] { m_events->onReadable(); });
    m_read.setEnabled(false);
    BIO *const bio = m_ssl ? BIO_new(Bio::method()) : nullptr;
    if (!bio) {
        m_broken = true;
        ERR_clear_error();
        return;
    }
    BIO_set_data(bio, this);
    BIO_set_init(bio, 1);
    SSL_set_bio(m_ssl, bio, bio);
    SSL_set_accept_state(m_ssl);
}

TlsTransport::~TlsTransport()
{
    m_read.setEnabled(false);
    m_write.reset();
    SSL_free(m_ssl);
    ::close(m_fd);
}

/// Who is there? Positive: go on.
qint64 TlsTransport::detect()
{
    char first = 0;
    const ssize_t n = ::recv(m_fd, &first, 1, MSG_PEEK | MSG_DONTWAIT);
    if (n < 0)
        return isTemporary(errno) ? wouldBlock : failed;
    m_began = n > 0;
    m_plain = m_began && isLetter(first);
    return n;
}

qint64 TlsTransport::read(char *to, qint64 size)
{
    if (m_broken)
        return failed;
    if (!m_began) {
        if (const qint64 seen = detect(); seen <= 0)
            return seen;
    }
    if (m_plain)
        return readFromDescriptor(m_fd, to, size);
    ERR_clear_error();
    qint64 got = 0;
    qint64 outcome = 1;
    while (got < size && outcome > 0) {
        std::size_t n = 0;
        if (SSL_read_ex(m_ssl, to + got, static_cast<std::size_t>(size - got), &n) == 1)
            got += static_cast<qint64>(n);
        else
            outcome = outcomeOf(SSL_get_error(m_ssl, 0));
    }
    m_mayHold = outcome != wouldBlock;
    noteHandshake();
    flushHeld();
    if (m_held.size() > heldAtMost)
        m_broken = true;
    if (got == 0)
        return outcome;
    if (m_mayHold)
        wakeLater();
    return got;
}

/// What became of a read that brought nothing.
qint64 TlsTransport::outcomeOf(int sslError)
{
    if (sslError == SSL_ERROR_WANT_READ || sslError == SSL_ERROR_WANT_WRITE)
        return wouldBlock;
    if (sslError == SSL_ERROR_ZERO_RETURN)
        return 0;
    if (!m_shaken) {
        m_probe.tlsFailures.add();
        const char *const reason = ERR_reason_error_string(ERR_peek_error());
        qCDebug(lcNet, "a TLS handshake failed: %s", reason ? reason : "the peer went away");
    }
    ERR_clear_error();
    return failed;
}

void TlsTransport::noteHandshake()
{
    if (m_shaken || SSL_is_init_finished(m_ssl) == 0)
        return;
    m_shaken = true;
    m_probe.tlsHandshakes.add();
    updateWriteNotifier();
}

qint64 TlsTransport::write(const iovec *parts, int count)
{
    if (m_plain)
        return writeToDescriptor(m_fd, parts, count);
    if (!m_shaken)
        return m_broken ? failed : wouldBlock;
    flushHeld();
    qint64 taken = 0;
    while (!m_broken && m_held.isEmpty()) {
        const qint64 more = encrypt(parts, count, taken);
        if (more == 0)
            return taken;
        taken += more;
        flushHeld();
    }
    if (m_broken)
        return failed;
    return taken > 0 ? taken : wouldBlock;
}

/// Encrypts what follows the first `skip` bytes, up to encryptAtOnce; small parts share a record. How much.
qint64 TlsTransport::encrypt(const iovec *parts, int count, qint64 skip)
{
    std::array<char, recordSize> record;
    std::size_t filled = 0;
    qint64 done = 0;
    const auto seal = [&] {
        std::size_t n = 0;
        ERR_clear_error();
        // Never blocks: what the kernel does not take is held.
        if (filled > 0 && (SSL_write_ex(m_ssl, record.data(), filled, &n) != 1 || n != filled))
            m_broken = true;
        done += static_cast<qint64>(filled);
        filled = 0;
    };
    for (int i = 0; i < count && !m_broken; ++i) {
        const auto size = static_cast<qint64>(parts[i].iov_len);
        qint64 from = std::min(skip, size);
        skip -= from;
        while (from < size && !m_broken) {
            const auto n = std::min(static_cast<std::size_t>(size - from), recordSize - filled);
            std::memcpy(record.data() + filled, static_cast<const char *>(parts[i].iov_base) + from, n);
            filled += n;
            from += static_cast<qint64>(n);
            if (filled == recordSize)
                seal();
            if (done >= encryptAtOnce)
                return done;
        }
    }
    seal();
    return done;
}

/// Gives the kernel what is held; the rest waits for its buffer.
void TlsTransport::flushHeld()
{
    if (!m_held.isEmpty()) {
        const iovec part{m_held.data(), static_cast<std::size_t>(m_held.size())};
        const qint64 n = writeToDescriptor(m_fd, &part, 1);
        if (n == failed) {
            m_broken = true;
            m_held.clear();
        } else if (n == m_held.size()) {
            m_held = QByteArray(); // a connection at rest keeps no memory for it
        } else if (n > 0) {
            m_held.remove(0, n);
        }
    }
    if (m_held.isEmpty() && m_finishing)
        ::shutdown(m_fd, SHUT_WR);
    updateWriteNotifier();
}

void TlsTransport::updateWriteNotifier()
{
    const bool wanted = !m_held.isEmpty() || (m_wantsWrite && (m_shaken || m_plain));
    if (!m_write) {
        if (!wanted)
            return;
        m_write = std::make_unique<QSocketNotifier>(m_fd, QSocketNotifier::Write);
        QObject::connect(m_write.get(), &QSocketNotifier::activated, m_write.get(), [this] { onWritable(); });
    }
    if (m_write->isEnabled() != wanted)
        m_write->setEnabled(wanted);
}

void TlsTransport::onWritable()
{
    flushHeld();
    if (m_held.isEmpty() && m_wantsWrite)
        m_events->onWritable();
}

void TlsTransport::watchRead(bool on)
{
    m_wantsRead = on;
    m_read.setEnabled(on);
    if (on && m_mayHold)
        wakeLater();
}

/// Tells the owner once more, in a turn of its own.
void TlsTransport::wakeLater()
{
    if (std::exchange(m_woken, true))
        return;
    QMetaObject::invokeMethod(
        &m_read,
        [this] {
            m_woken = false;
            if (m_wantsRead && m_mayHold)
                m_events->onReadable();
        },
        Qt::QueuedConnection);
}

void TlsTransport::watchWrite(bool on)
{
    m_wantsWrite = on;
    updateWriteNotifier();
}

void TlsTransport::finishWriting()
{
    m_finishing = true;
    if (m_shaken && !m_broken) {
        ERR_clear_error();
        SSL_shutdown(m_ssl); // says so to the peer; fails only where it is gone already
        ERR_clear_error();
    }
    flushHeld();
}
} // namespace belfry::net
