#include "net/http_connection.h"

#include "net/http_writer.h"
#include "net/web_socket_handshake.h"
#include "runtime/log.h"

namespace belfry::net {
namespace {
/// Above it a body is written as a part of its own instead of being copied behind the head.
constexpr qsizetype joinAtMost = 16 * 1024;
/// Answers that wait; above it the next pipelined request waits too.
constexpr qint64 answersWaiting = 256 * 1024;
/// What a refused peer may still send before we stop being polite (RFC 9112 section 9.6).
constexpr qint64 discardAtMost = 1024 * 1024;
constexpr qint64 usualBody = 256 * 1024;

const QByteArray continueLine = QByteArrayLiteral("HTTP/1.1 100 Continue\r\n\r\n");
} // namespace

HttpConnection::HttpConnection(LoopContext &context, ConnectionId id, Peer peer,
                               std::unique_ptr<Transport> transport)
    : m_context(context)
    , m_id(id)
    , m_peer(std::move(peer))
    , m_transport(std::move(transport))
{
    m_transport->setEvents(this);
}

HttpConnection::~HttpConnection()
{
    m_context.forget(*this);
}

void HttpConnection::open()
{
    m_transport->watchRead(true);
    setDeadline(m_context.limits.headerTimeout);
}

void HttpConnection::setDeadline(std::chrono::milliseconds after)
{
    m_deadline = LoopContext::nowMs() + after.count();
}

bool HttpConnection::mayRead() const
{
    return isReading() && m_out.waiting() < answersWaiting;
}

void HttpConnection::onReadable()
{
    if (m_state == State::Dead)
        return;
    if (m_state != State::Lingering && !mayRead()) {
        // Level-triggered: it will be told again once we want to know.
        m_readPaused = true;
        m_transport->watchRead(false);
        return;
    }
    char *const buffer = m_context.readBuffer();
    const qint64 n = m_transport->read(buffer, LoopContext::readBufferSize);
    if (n == Sink::wouldBlock)
        return;
    if (n == Sink::failed)
        return die();
    if (n == 0)
        return onEndOfStream();
    if (m_state == State::Lingering)
        return discard(n);
    if (m_transport->isMisdirected())
        return refuseMisdirected();
    feed(QByteArrayView(buffer, n));
}

void HttpConnection::onEndOfStream()
{
    if (m_state == State::Head || m_state == State::Body) {
        m_transport->watchRead(false);
        return refuse({400, "The request is incomplete."});
    }
    // Between requests, or after our last answer: the peer is done. What we still owe it is written first.
    if (m_state == State::Idle && m_out.waiting() > 0) {
        m_transport->watchRead(false);
        return closeAfterFlush();
    }
    die();
}

void HttpConnection::discard(qint64 bytes)
{
    m_discarded += bytes;
    if (m_discarded > discardAtMost)
        die();
}

void HttpConnection::feed(QByteArrayView in)
{
    if (!m_in.isEmpty()) {
        m_in.append(in);
        in = m_in;
    }
    const QByteArray keptAlive = m_in; // `in` may point into it
    m_in.clear();
    m_feeding = true;
    while (!in.isEmpty() && mayRead() && step(in)) {
    }
    m_feeding = false;
    if (in.isEmpty() || m_state >= State::Lingering)
        return;
    m_in = in.toByteArray();
    m_readPaused = true; // somebody must come back to it
}

/// One step of the parser. False: nothing more can be done with `in` now.
bool HttpConnection::step(QByteArrayView &in)
{
    if (!m_parser) {
        m_parser = std::make_unique<HttpParser>(m_context.limits);
        m_state = State::Head;
        setDeadline(m_context.limits.headerTimeout);
    }
    switch (m_parser->feed(in)) {
    case HttpParser::Step::NeedMore:
        if (m_state == State::Body)
            setDeadline(m_context.limits.bodyStall);
        return false;
    case HttpParser::Step::Failed:
        m_minorVersion = static_cast<qint8>(m_parser->minorVersion() == 0 ? 0 : 1);
        refuse(m_parser->refusal());
        return false;
    case HttpParser::Step::Head:
        return beginBody(in);
    case HttpParser::Step::Complete:
        dispatch(in);
        return true;
    }
    return false;
}

/// The head is in: what may the body be? False: the request was refused.
bool HttpConnection::beginBody(QByteArrayView rest)
{
    m_minorVersion = static_cast<qint8>(m_parser->minorVersion());
    HttpRequest &request = m_parser->request();
    m_headOnly = request.method == Method::Head;
    request.peer = m_peer;
    if (!m_parser->hasBody()) {
        dispatch(rest);
        return true;
    }
    const qint64 limit = m_context.handler->bodyRule(request).limit;
    m_parser->setBodyLimit(limit);
    if (m_parser->refusal().status != 0) {
        refuse(m_parser->refusal());
        return false;
    }
    m_state = State::Body;
    setDeadline(m_context.limits.bodyStall);
    const qint64 shares = std::max<qint64>((limit + usualBody - 1) / usualBody, 1);
    m_bodyDeadline = LoopContext::nowMs() + m_context.limits.bodyTotal.count() * shares;
    const QByteArrayView expect = request.header("expect");
    if (expect.isEmpty() || m_minorVersion == 0)
        return true;
    if (expect.compare("100-continue", Qt::CaseInsensitive) != 0) {
        refuse({417, "The only expectation that can be met is 100-continue."});
        return false;
    }
    // Who has begun to send does not wait for leave.
    if (rest.isEmpty()) {
        m_out.append(continueLine);
        m_context.flushLater(*this);
    }
    return true;
}

/// `rest`: what came behind the request.
void HttpConnection::dispatch(QByteArrayView rest)
{
    HttpRequest request = std::move(m_parser->request());
    m_keepAlive = m_parser->keepAlive();
    const bool hadBody = m_parser->hasBody();
    m_parser.reset();
    m_bodyDeadline = 0;
    m_deadline = 0;
    m_context.probe.requests.add();

    const HandshakeCheck check = checkHandshake(request, m_minorVersion, hadBody);
    if (check.refusal.status != 0)
        return refuse(check.refusal, request, check.extraHeaders);
    m_pass = m_context.requests.enter();
    if (!m_pass)
        return refuse({503, "The server is stopping.", true}, request, {{"Retry-After", "5"}});
    m_state = State::Processing;
    m_handshakeKey = check.key;
    const bool isUpgrade = !check.key.isEmpty();
    if (isUpgrade)
        m_in = rest.toByteArray(); // goes along, should the connection become a WebSocket right here
    m_context.handler->handle(std::move(request), isUpgrade, Responder(m_context.responders, m_id));
    if (isUpgrade && m_state != State::Dead)
        m_in.clear(); // feed() still has it
}

void HttpConnection::respond(const HttpResponse &response)
{
    if (m_state != State::Processing)
        return;
    m_pass = {};
    m_handshakeKey.clear();
    const bool keepAlive = m_keepAlive && !response.close;
    write(response, keepAlive);
    if (!keepAlive)
        return closeAfterFlush();
    m_state = State::Idle;
    setDeadline(m_context.limits.idleTimeout);
    if (!m_feeding)
        resume();
}

void HttpConnection::resume()
{
    m_readPaused = false;
    if (!m_in.isEmpty())
        feed({});
    if (mayRead() && !m_readPaused)
        m_transport->watchRead(true);
}

/// Nothing of the request is looked at: it may hold what was meant to travel encrypted.
void HttpConnection::refuseMisdirected()
{
    m_peer.secure = false;
    refuse({400, "This address speaks HTTPS: use https:// (wss:// for WebSockets)."});
}

void HttpConnection::refuse(const Refusal &why, const std::vector<Header> &extra)
{
    // Both may be the parser's, which goes.
    HttpRequest head = m_parser ? std::move(m_parser->request()) : HttpRequest();
    head.peer = m_peer;
    refuse(Refusal(why), head, extra);
}

void HttpConnection::refuse(const Refusal &why, const HttpRequest &head, const std::vector<Header> &extra)
{
    if (m_state >= State::Lingering)
        return;
    (why.status == 503 ? m_context.probe.refused : m_context.probe.badRequests).add();
    m_pass = {};
    m_parser.reset();
    m_in.clear();
    HttpResponse response = m_context.handler->refusal(why, head);
    response.status = why.status;
    response.headers.insert(response.headers.end(), extra.begin(), extra.end());
    write(response, false);
    closeAfterFlush();
}

void HttpConnection::write(const HttpResponse &response, bool keepAlive)
{
    const bool withBody = !m_headOnly && statusHasBody(response.status) && !response.body.isEmpty();
    const bool joined = withBody && response.body.size() <= joinAtMost;
    const WriteRules rules{.date = m_context.date.now(),
                           .minorVersion = m_minorVersion,
                           .keepAlive = keepAlive,
                           .headOnly = m_headOnly};
    QByteArray head = writeHead(response, rules, joined ? response.body.size() : 0);
    if (joined)
        head.append(response.body);
    m_out.append(head);
    if (withBody && !joined)
        m_out.append(response.body);
    m_headOnly = false;
    m_context.flushLater(*this);
}

void HttpConnection::closeAfterFlush()
{
    m_state = State::Lingering;
    m_deadline = 0; // until the answer is out only the peer's taking it counts
    m_context.flushLater(*this);
}

void HttpConnection::flush()
{
    if (m_state == State::Dead)
        return;
    quint64 calls = 0;
    const qint64 before = m_out.waiting();
    const OutQueue::Flushed flushed = m_out.flush(*m_transport, calls);
    const qint64 sent = before - m_out.waiting();
    m_context.probe.sendCalls.add(calls);
    m_context.probe.bytesOut.add(static_cast<std::uint64_t>(sent));
    switch (flushed) {
    case OutQueue::Flushed::Failed:
        return die();
    case OutQueue::Flushed::Blocked:
        if (sent > 0 || m_writeDeadline == 0)
            m_writeDeadline = LoopContext::nowMs() + m_context.limits.bodyStall.count();
        m_transport->watchWrite(true);
        return;
    case OutQueue::Flushed::All:
        m_writeDeadline = 0;
        return afterFlush();
    }
}

void HttpConnection::afterFlush()
{
    if (m_state == State::Lingering && !m_finished) {
        m_finished = true;
        setDeadline(m_context.limits.closeTimeout);
        m_transport->finishWriting();
        m_transport->watchRead(true);
    } else if (isReading() && m_readPaused) {
        resume();
    }
}

void HttpConnection::onWritable()
{
    if (m_state == State::Dead)
        return;
    m_transport->watchWrite(false);
    flush();
}

void HttpConnection::checkDeadline(qint64 now)
{
    if (m_state == State::Dead)
        return;
    if (m_writeDeadline != 0 && now >= m_writeDeadline)
        return die();
    const bool late = m_deadline != 0 && now >= m_deadline;
    const bool bodyLate = m_state == State::Body && now >= m_bodyDeadline;
    if (!late && !bodyLate)
        return;
    if (m_state == State::Head || m_state == State::Body)
        refuse({408, "The request did not arrive in time."});
    else if (m_state == State::Lingering || m_out.waiting() == 0)
        die();
}

void HttpConnection::shutDown()
{
    if (m_state >= State::Lingering)
        return;
    m_pass = {};
    m_parser.reset();
    m_in.clear();
    if (m_out.waiting() == 0)
        return die();
    closeAfterFlush();
}

std::optional<HttpConnection::HandOver> HttpConnection::handOver()
{
    if (m_state != State::Processing)
        return std::nullopt;
    m_pass = {};
    m_transport->watchRead(false);
    m_transport->watchWrite(false);
    HandOver all{std::move(m_transport),    std::move(m_out), std::move(m_in),
                 std::move(m_handshakeKey), m_minorVersion,   m_headOnly};
    m_state = State::Dead;
    m_context.bury(m_id);
    return all;
}

void HttpConnection::die()
{
    if (m_state == State::Dead)
        return;
    m_state = State::Dead;
    m_pass = {};
    // The transport itself goes with this object: it may be what is calling.
    m_transport->watchRead(false);
    m_transport->watchWrite(false);
    m_context.bury(m_id);
}
} // namespace belfry::net
