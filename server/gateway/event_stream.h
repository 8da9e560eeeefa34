#pragma once

#include "gateway/session.h"

namespace belfry::gateway {
/// Server-Sent Events (decisions H28): the same frames as `belfry.v1`, one event for each seq, with the seq
/// as its id.
class EventStream final : public Session
{
public:
    EventStream(Core &core, net::Connection &connection);

    void takeLiveOnly(protocol::PreparedChange &prepared, model::Alert alert) override;

protected:
    void receive(QByteArrayView) override {}
    void sendWelcome(protocol::Welcome::Mode mode) override;
    void sendCaughtUp() override;
    void sendEvent(protocol::PreparedChange &prepared, model::Alert alert) override;
    [[nodiscard]] std::size_t sendReplay(std::span<const model::Change> changes) override;
    void sendBye(const protocol::Bye &bye) override;
    void sendPing() override;
    [[nodiscard]] bool sendTurn() override;

private:
    void sendMessage(const protocol::ServerMessage &message);
};
} // namespace belfry::gateway
