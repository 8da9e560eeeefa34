#pragma once

#include <QByteArray>
#include <QTcpSocket>

namespace belfry::net {
/// What a GatheringSocket leaves to its owner.
class GatheringSocketOwner
{
public:
    virtual ~GatheringSocketOwner() = default;
    virtual void onSocketWrites(QByteArrayView bytes) = 0;
    virtual void onSocketCloses() = 0;
};

/// The QTcpSocket that QWebSocket works on. It reads by itself; what QWebSocket writes (handshake, pong,
/// close) goes to the owner's queue instead of a buffer of its own, so that there is one order and one system
/// call for all that one turn has to say; and closing is left to the owner, who lets the last frame reach the
/// peer first.
class GatheringSocket final : public QTcpSocket
{
    Q_OBJECT
public:
    explicit GatheringSocket(GatheringSocketOwner &owner)
        : m_owner(owner)
    {
    }

    /// Takes the descriptor over. `handshake` can be read at once, nothing else until release(): QWebSocket
    /// would take frames for granted before anybody has connected to its signals. False: it is closed, the
    /// socket is of no use.
    [[nodiscard]] bool adopt(int fd, QByteArray handshake);
    /// The same where something else has the descriptor: what comes is handed over with feed().
    void adoptFed(QByteArray handshake);
    /// Bytes from the peer, after release(); adoptFed() only.
    void feed(QByteArrayView bytes);
    /// Lets `early`, what the client sent behind its handshake, be read, then what comes from the network.
    void release(QByteArray early);
    /// Throws away what was read and was not asked for yet.
    void discardInput();

    void close() override;
    [[nodiscard]] qint64 bytesAvailable() const override;

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    void fillReadBuffer(QByteArray bytes);

    GatheringSocketOwner &m_owner;
    QByteArray m_prefix; ///< on its way into the read buffer
    bool m_fed = false;  ///< the network is not this socket's
};
} // namespace belfry::net
