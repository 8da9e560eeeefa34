#pragma once

#include "net/live_connection.h"
#include "net/transport.h"

#include <memory>

namespace belfry::net {
/// An answer that goes on (text/event-stream): what is sent in one turn becomes one chunk, or plain bytes up
/// to the end of the connection for an HTTP/1.0 client.
class EventStream final : public LiveConnection, private TransportEvents
{
public:
    /// `head`: the answer's head, not written yet; `out`: earlier answers that still wait.
    EventStream(LoopContext &context, ConnectionId id, std::unique_ptr<Transport> transport, OutQueue out,
                QByteArray head, bool chunked);
    ~EventStream() override;

    [[nodiscard]] Kind kind() const override { return Kind::EventStream; }
    void send(const QByteArray &framed) override;
    void ping(QByteArrayView) override {}
    void close(quint16 code, const QByteArray &reason) override;
    [[nodiscard]] qint64 waitingBytes() const override;
    void abort() override;
    void flush() override;

private:
    void onReadable() override;
    void onWritable() override;
    void wrapTurn();
    void finishIfFlushed();

    std::unique_ptr<Transport> m_transport;
    OutQueue m_out;
    std::vector<QByteArray> m_turn; ///< this turn's, not in a chunk yet
    qint64 m_turnBytes = 0;
    qint64 m_discarded = 0;
    mutable bool m_wantsDrained = false;
    const bool m_chunked;
    bool m_finished = false;
};
} // namespace belfry::net
