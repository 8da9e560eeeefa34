#include "live_client.h"

namespace belfry::test {
namespace {
enum Opcode { Text = 1, Close = 8, Ping = 9, Pong = 10 };
} // namespace

LiveClient::LiveClient(quint16 port, int receiveBuffer)
    : m_port(port)
    , m_receiveBuffer(receiveBuffer)
{
}

bool LiveClient::signIn(const QByteArray &token, const QByteArray &device, std::optional<model::Seq> since)
{
    m_socket = std::make_unique<net::test::RawClient>(m_port, m_receiveBuffer);
    live = false;
    closeCode = 0;
    if (!m_socket->upgrade())
        return false;
    say(protocol::Hello{{device}, token, {}, since, {}, {}});
    const std::optional<protocol::Welcome> answer = until<protocol::Welcome>();
    if (answer)
        welcome = *answer;
    if (answer && answer->mode != protocol::Welcome::Mode::Resume)
        at = answer->head;
    return answer.has_value();
}

void LiveClient::say(const protocol::ClientMessage &message)
{
    m_socket->sendFrame(Text, protocol::encode(message));
}

LiveClient::Frame LiveClient::next(std::chrono::milliseconds limit)
{
    while (const auto frame = m_socket->frame(limit)) {
        if (frame->opcode == Ping)
            m_socket->sendFrame(Pong, frame->payload);
        if (frame->opcode == Close) {
            closeCode = frame->closeCode();
            return {};
        }
        if (frame->opcode != Text)
            continue;
        const auto message = protocol::parseServerMessage(frame->payload);
        if (!message)
            qFatal("not of belfry.v1: %s", frame->payload.constData());
        keep(*message);
        return *message;
    }
    return {};
}

void LiveClient::keep(const protocol::ServerMessage &message)
{
    if (const auto *batch = std::get_if<protocol::Batch>(&message)) {
        live = false;
        for (const model::Change &change : batch->items)
            take(change.seq);
    } else if (const auto *event = std::get_if<protocol::Event>(&message)) {
        if (event->change.seq > 0)
            take(event->change.seq);
    } else if (std::holds_alternative<protocol::Live>(message)) {
        live = true;
    }
}

void LiveClient::take(model::Seq seq)
{
    if (seq != at + 1)
        ++misplaced;
    at = seq;
}

bool LiveClient::reach(model::Seq seq)
{
    while (!live || at < seq) {
        if (!next())
            return false;
    }
    return true;
}

void LiveClient::hangUp()
{
    m_socket->close();
}
} // namespace belfry::test
