#pragma once

#include "net/http_parser.h"
#include "net/loop_context.h"
#include "net/transport.h"

#include <memory>
#include <optional>

namespace belfry::net {
/// One connection as long as it speaks HTTP/1.x: reads requests, hands them to the handler one after the
/// other, writes the answers in order. While a request is with the handler nothing more is read, so
/// pipelining costs no memory.
class HttpConnection final : public Flushable, private TransportEvents
{
public:
    HttpConnection(LoopContext &context, ConnectionId id, Peer peer, std::unique_ptr<Transport> transport);
    ~HttpConnection() override;
    HttpConnection(const HttpConnection &) = delete;
    HttpConnection &operator=(const HttpConnection &) = delete;

    [[nodiscard]] ConnectionId id() const { return m_id; }
    /// Begins to read.
    void open();
    /// The answer to the request that the handler has; ignored when there is none.
    void respond(const HttpResponse &response);
    /// Answers in the server's own name, then closes.
    void refuse(const Refusal &why, const std::vector<Header> &extra = {});
    /// Ends the connection if a time limit has passed.
    void checkDeadline(qint64 now);
    /// The server stops: writes what is left and closes; an unanswered request gets no answer any more.
    void shutDown();
    [[nodiscard]] bool isDead() const { return m_state == State::Dead; }

    /// All that goes on when the connection stops being HTTP. Possible while a request is with the handler.
    struct HandOver
    {
        std::unique_ptr<Transport> transport;
        OutQueue out;
        QByteArray unread;
        QByteArray handshakeKey; ///< Sec-WebSocket-Key, when the request was an upgrade
        int minorVersion = 1;
        bool headOnly = false;
    };
    [[nodiscard]] std::optional<HandOver> handOver();
    /// As far as the request at the handler tells.
    [[nodiscard]] bool isUpgrade() const { return !m_handshakeKey.isEmpty(); }
    [[nodiscard]] bool isHead() const { return m_headOnly; }

    void flush() override;

private:
    enum class State : quint8 {
        Idle, ///< between requests
        Head, ///< part of a head is in
        Body,
        Processing, ///< a request is with the handler
        Lingering,  ///< the last answer is given; what still comes is thrown away
        Dead,
    };

    void onReadable() override;
    void onWritable() override;
    void onEndOfStream();
    void discard(qint64 bytes);

    void feed(QByteArrayView in);
    bool step(QByteArrayView &in);
    bool beginBody(QByteArrayView rest);
    void dispatch(QByteArrayView rest);
    void resume();
    [[nodiscard]] bool isReading() const { return m_state <= State::Body; }
    [[nodiscard]] bool mayRead() const;

    void refuseMisdirected();
    void refuse(const Refusal &why, const HttpRequest &head, const std::vector<Header> &extra);
    void write(const HttpResponse &response, bool keepAlive);
    void closeAfterFlush();
    void afterFlush();
    void die();
    void setDeadline(std::chrono::milliseconds after);

    LoopContext &m_context;
    const ConnectionId m_id;
    State m_state = State::Idle;
    bool m_keepAlive = true;
    bool m_headOnly = false;
    bool m_feeding = false;
    bool m_readPaused = false; ///< resume() has something to do
    bool m_finished = false;   ///< finishWriting() was called
    qint8 m_minorVersion = 1;
    Peer m_peer;
    std::unique_ptr<Transport> m_transport;
    std::unique_ptr<HttpParser> m_parser;
    OutQueue m_out;
    QByteArray m_in; ///< read, but behind a request that is not answered yet
    QByteArray m_handshakeKey;
    runtime::Gate::Pass m_pass;
    qint64 m_deadline = 0;      ///< 0: none
    qint64 m_bodyDeadline = 0;  ///< for the whole body
    qint64 m_writeDeadline = 0; ///< the peer must take something until then
    qint64 m_discarded = 0;
};
} // namespace belfry::net
