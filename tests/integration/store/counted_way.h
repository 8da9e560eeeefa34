#pragma once

#include <QByteArray>
#include <QUrl>
#include <atomic>
#include <mutex>
#include <semaphore>
#include <thread>

class QEventLoop;
class QTcpSocket;

namespace belfry::store {
/// A way to a server that counts the bytes which come back on it, and can break. On a thread of its own, for
/// those who wait for an answer on theirs.
class CountedWay
{
public:
    /// To the server that this URL names.
    explicit CountedWay(const QByteArray &url);
    ~CountedWay();
    CountedWay(const CountedWay &) = delete;
    CountedWay &operator=(const CountedWay &) = delete;

    /// The same server on this way.
    [[nodiscard]] QByteArray url() const { return m_url.toEncoded(); }
    /// Bytes since the last time.
    [[nodiscard]] qint64 take() { return m_bytes.exchange(0); }
    /// The next time that something with these words goes to the server, it arrives there, and the answer
    /// nowhere: the connection is gone.
    void breakAfter(const QByteArray &words);

private:
    void run(quint16 port);
    void join(QTcpSocket *near, quint16 port);
    void pass(QTcpSocket &near, QTcpSocket &far);

    QUrl m_url;
    QEventLoop *m_loop = nullptr;
    std::atomic<qint64> m_bytes{0};
    std::mutex m_mutex;
    QByteArray m_fatal; ///< words; empty: none
    std::binary_semaphore m_isListening{0};
    std::thread m_thread;
};
} // namespace belfry::store
