#include "gateway/event_stream.h"

#include "gateway/core.h"
#include "protocol/frame.h"

namespace belfry::gateway {
EventStream::EventStream(Core &core, net::Connection &connection)
    : Session(core, connection, Kind::Stream)
{
}

void EventStream::takeLiveOnly(protocol::PreparedChange &prepared, model::Alert alert)
{
    send(prepared.eventStream(alertHere(alert)));
}

void EventStream::sendWelcome(protocol::Welcome::Mode mode)
{
    const auto ping = std::chrono::duration_cast<std::chrono::seconds>(m_core.settings().pingEvery);
    const protocol::Welcome welcome{m_core.epoch(), user()->state.head, mode, ping};
    sendMessage(welcome);
    // Its id is what the browser asks for next time: the head, from which the stream goes on.
    if (mode == protocol::Welcome::Mode::Reset)
        send(protocol::eventStreamChunk(user()->state.head, "reset", protocol::encode(welcome)));
}

void EventStream::sendCaughtUp()
{
    sendMessage(protocol::Live{});
}

void EventStream::sendEvent(protocol::PreparedChange &prepared, model::Alert alert)
{
    send(prepared.eventStream(alert));
    m_core.probe().evSent.add();
}

std::size_t EventStream::sendReplay(std::span<const model::Change> changes)
{
    qsizetype bytes = 0;
    std::size_t n = 0;
    for (; n < changes.size() && bytes < protocol::maxBatchBytes; ++n) {
        protocol::PreparedChange prepared(changes[n]);
        const QByteArray &event = prepared.eventStream(changes[n].alert);
        sendPatiently(event);
        bytes += event.size();
    }
    return n;
}

void EventStream::sendBye(const protocol::Bye &bye)
{
    sendMessage(bye);
}

void EventStream::sendPing()
{
    send(protocol::eventStreamComment());
}

bool EventStream::sendTurn()
{
    if (phase() != Phase::Live)
        return false;
    sendMessage(protocol::CountsNow{user()->countsAt, user()->state.counts});
    m_core.probe().countsSent.add();
    return true;
}

void EventStream::sendMessage(const protocol::ServerMessage &message)
{
    send(protocol::eventStreamChunk(0, protocol::messageName(message), protocol::encode(message)));
}
} // namespace belfry::gateway
