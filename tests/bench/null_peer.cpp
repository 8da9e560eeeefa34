#include "bench/null_peer.h"

#include "bench/json_peek.h"
#include "bench/null_server.h"

#include <QCryptographicHash>

namespace belfry::bench {
namespace {
// RFC 6455, section 1.3.
constexpr std::string_view acceptGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

std::string acceptOf(std::string_view key)
{
    QByteArray text(key.data(), static_cast<qsizetype>(key.size()));
    text.append(acceptGuid.data(), static_cast<qsizetype>(acceptGuid.size()));
    return QCryptographicHash::hash(text, QCryptographicHash::Sha1).toBase64().toStdString();
}
} // namespace

NullPeer::NullPeer(Poller &poller, NullServer &server, Fd socket)
    : Stream(poller)
    , m_server(server)
{
    adopt(std::move(socket));
}

void NullPeer::received(char *data, std::size_t size)
{
    const auto onFrame = [this](const FrameHead &head, std::string_view payload) {
        return handleFrame(head, payload);
    };
    bool sound = true;
    if (!m_isSocket) {
        sound =
            m_http.feed({data, size}, [this](const HttpMessage &request) { return handleRequest(request); });
        if (sound && m_isSocket) {
            std::string rest = m_http.takeRest();
            sound = rest.empty() || m_frames.feed(rest.data(), rest.size(), onFrame);
        }
    } else {
        sound = m_frames.feed(data, size, onFrame);
    }
    if (!sound && isOpen())
        gone();
}

bool NullPeer::handleRequest(const HttpMessage &request)
{
    if (request.startLine.starts_with("GET /ws ")) {
        upgrade(request);
        return false;
    }
    if (request.startLine.starts_with("POST "))
        post(request);
    else
        answer("200 OK", R"({"data":[],"meta":{"limit":50,"offset":0,"count":0}})");
    return true;
}

void NullPeer::upgrade(const HttpMessage &request)
{
    send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
         "Sec-WebSocket-Protocol: belfry.v1\r\nSec-WebSocket-Accept: " +
         acceptOf(request.header("Sec-WebSocket-Key")) + "\r\n\r\n");
    m_isSocket = true;
}

void NullPeer::post(const HttpMessage &request)
{
    if (request.body.find(R"("broadcast")") != std::string_view::npos) {
        m_server.broadcast(request.body);
        answer("202 Accepted", R"({"data":{"event_id":"0"}})");
        return;
    }
    m_server.deliver(peekText(request.body, "user_id"), request.body);
    answer("201 Created", R"({"message":"Notification queued","data":{"id":"0","status":"queued"}})");
}

void NullPeer::answer(std::string_view status, std::string_view body)
{
    std::string text("HTTP/1.1 ");
    text.append(status).append("\r\nContent-Type: application/json\r\nContent-Length: ");
    text.append(std::to_string(body.size())).append("\r\n\r\n").append(body);
    send(text);
}

bool NullPeer::handleFrame(const FrameHead &head, std::string_view payload)
{
    if (head.opcode == Opcode::Close) {
        gone();
        return false;
    }
    if (head.opcode != Opcode::Text || peekText(payload, "type") != "hello")
        return true;
    const bool resumes = !peekNumber(payload, "since").empty();
    std::string frames;
    appendFrame(frames, Opcode::Text,
                std::string(R"({"type":"welcome","epoch":"null","head":0,"mode":")") +
                    (resumes ? "resume" : "snapshot") + R"(","ping_s":25})");
    appendFrame(frames, Opcode::Text, R"({"type":"live"})");
    send(frames);
    m_user = peekText(payload, "user");
    m_server.signedIn(*this, m_user);
    return true;
}

void NullPeer::gone()
{
    close();
    m_server.ended(*this);
}
} // namespace belfry::bench
