#include "bench/ws_session.h"

#include "bench/json_peek.h"

namespace belfry::bench {
namespace {
// The example of RFC 6455, section 1.3. One key for all sockets is enough for a bench: nothing here caches
// answers.
constexpr std::string_view sampleKey = "dGhlIHNhbXBsZSBub25jZQ==";
constexpr std::string_view sampleAccept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
constexpr std::uint32_t maskKey = 0x5bc1a937U;
constexpr std::string_view stageNames[] = {"upgrade", "welcome", "catching up", "live"};
} // namespace

WsSession::WsSession(Poller &poller, std::size_t index, SessionOrder order, SessionListener &listener)
    : Stream(poller)
    , m_index(index)
    , m_order(std::move(order))
    , m_listener(listener)
{
}

model::VoidResult WsSession::start()
{
    m_stage = Stage::Upgrade;
    m_http.clear();
    m_frames.clear();
    m_lastWords.clear();
    m_startedAt = now();
    return open(m_order.target, m_index);
}

void WsSession::connected()
{
    std::string request = "GET /ws HTTP/1.1\r\nHost: " + m_order.target.text() +
                          "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                          "Sec-WebSocket-Protocol: belfry.v1\r\nSec-WebSocket-Key: ";
    request.append(sampleKey).append("\r\n");
    if (!m_order.bearer.empty())
        request += "Authorization: Bearer " + m_order.bearer + "\r\n";
    send(request + "\r\n");
}

void WsSession::received(char *data, std::size_t size)
{
    if (m_stage == Stage::Upgrade)
        readUpgrade({data, size});
    else
        readFrames(data, size);
}

void WsSession::readUpgrade(std::string_view data)
{
    bool accepted = false;
    std::string refusal;
    const bool sound = m_http.feed(data, [&](const HttpMessage &answer) {
        accepted = answer.status() == 101 && answer.header("Sec-WebSocket-Accept") == sampleAccept &&
                   answer.header("Sec-WebSocket-Protocol") == "belfry.v1";
        refusal = std::string(answer.startLine) + " " + std::string(answer.body.substr(0, 200));
        return false;
    });
    if (!sound || (!accepted && !refusal.empty()))
        return fail(refusal);
    if (!accepted)
        return;
    m_stage = Stage::Welcome;
    sendFrame(Opcode::Text, hello());
    std::string rest = m_http.takeRest();
    if (!rest.empty())
        readFrames(rest.data(), rest.size());
}

std::string WsSession::hello() const
{
    std::string text =
        R"({"type":"hello","device_id":")" + m_order.device + R"(","user":")" + m_order.user + '"';
    if (!m_epoch.empty())
        text += R"(,"epoch":")" + m_epoch + R"(","since":)" + m_since;
    return text + R"(,"caps":[]})";
}

void WsSession::readFrames(char *data, std::size_t size)
{
    const bool sound = m_frames.feed(data, size, [this](const FrameHead &head, std::string_view payload) {
        return handle(head, payload);
    });
    if (!sound)
        fail("a frame that is too long");
}

bool WsSession::handle(const FrameHead &head, std::string_view payload)
{
    switch (head.opcode) {
    case Opcode::Text:
        if (head.fin)
            handleText(payload);
        else
            fail("a fragmented message");
        break;
    case Opcode::Ping:
        ++m_pings;
        sendFrame(Opcode::Pong, payload);
        break;
    case Opcode::Close: {
        const auto byte = [payload](std::size_t i) { return static_cast<unsigned char>(payload[i]); };
        const int code = payload.size() >= 2 ? byte(0) * 256 + byte(1) : 1005;
        fail("closed with " + std::to_string(code));
        break;
    }
    default:
        break;
    }
    return isOpen();
}

void WsSession::handleText(std::string_view payload)
{
    if (m_stage == Stage::Live)
        return m_listener.text(*this, payload);
    const std::string_view type = peekText(payload, "type");
    if (type == "welcome") {
        readWelcome(payload);
    } else if (type == "live") {
        m_stage = Stage::Live;
        m_listener.live(*this);
    } else if (type == "error" || type == "bye") {
        m_lastWords = payload.substr(0, 300);
    }
}

void WsSession::readWelcome(std::string_view payload)
{
    m_stage = Stage::CatchUp;
    m_mode = peekText(payload, "mode");
    m_epoch = peekText(payload, "epoch");
    m_since = peekNumber(payload, "head");
    if (m_epoch.empty() || m_since.empty())
        fail("a welcome without epoch or head");
}

void WsSession::say(std::string_view text)
{
    sendFrame(Opcode::Text, text);
}

void WsSession::sendFrame(Opcode opcode, std::string_view payload)
{
    std::string frame;
    appendMaskedFrame(frame, opcode, payload, maskKey);
    send(frame);
}

void WsSession::gone()
{
    fail("connection closed");
}

void WsSession::fail(const std::string &reason)
{
    close();
    std::string whole = std::string(stageNames[static_cast<std::size_t>(m_stage)]) + ": " + reason;
    if (!m_lastWords.empty())
        whole += " " + m_lastWords;
    m_listener.lost(*this, whole);
}
} // namespace belfry::bench
