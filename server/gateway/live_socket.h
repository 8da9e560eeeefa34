#pragma once

#include "gateway/gateway.h"
#include "gateway/session.h"
#include "protocol/client_messages.h"

namespace belfry::gateway {
/// A `belfry.v1` WebSocket (api.md).
class LiveSocket final : public Session
{
public:
    LiveSocket(Core &core, net::Connection &connection, OpenContext context);
    ~LiveSocket() override;

    void takeLiveOnly(protocol::PreparedChange &prepared, model::Alert alert) override;
    void takeOpsAnswer(const model::OpId &op, const model::Result<ports::OpsResult> &result);
    /// Moves the device's delivered cursor as far as the client has acked.
    void flushAck();
    void leaving() override;

protected:
    void receive(QByteArrayView text) override;
    void sendWelcome(protocol::Welcome::Mode mode) override;
    void sendCaughtUp() override;
    void sendEvent(protocol::PreparedChange &prepared, model::Alert alert) override;
    [[nodiscard]] std::size_t sendReplay(std::span<const model::Change> changes) override;
    void sendBye(const protocol::Bye &bye) override;
    void sendPing() override;
    [[nodiscard]] bool sendTurn() override;
    void onAdvanced() override;
    [[nodiscard]] runtime::SteadyTime nextOwnDeadline() const override { return m_leaseUntil; }
    void onOwnDeadline() override;

private:
    /// Only while ops are under way: few sessions have some at a time.
    struct Ops
    {
        int underWay = 0;
        std::vector<model::OpApplied> answered; ///< their `ev` has not gone out yet
    };

    /// A new notification that was sent and is not acked yet.
    struct Unacked
    {
        model::Seq seq = 0;
        model::Instant at;
        model::Text traceparent; ///< empty: nobody asked for its trace
    };

    void on(const protocol::Hello &hello);
    void on(const protocol::Ack &ack);
    void on(const protocol::OpRequest &request);
    void on(const protocol::Presence &presence);
    void on(const protocol::Refresh &refresh);
    void on(const protocol::UnknownRequest &request);

    [[nodiscard]] model::Result<auth::Principal> credentialOf(const protocol::Hello &hello) const;
    [[nodiscard]] bool adopt(const auth::Principal &principal);
    void setActive(bool active, model::Instant at);
    void expectAck(const model::Change &change);
    void settleAcked();
    void sendAnswered();
    void sendMessage(const protocol::ServerMessage &message);
    void sendError(model::Error error, const model::OpId &op = {});
    void refuse(model::Error error, protocol::CloseCode code);

    std::unique_ptr<OpenContext> m_context; ///< until `hello`
    std::unique_ptr<Ops> m_ops;
    std::vector<Unacked> m_unacked; ///< ascending by seq, of what was sent live; the latest few
    model::DeviceId m_device;
    auth::Principal m_principal; ///< a refresh must not change who it is
    runtime::SteadyTime m_helloAt;
    runtime::SteadyTime m_leaseUntil = never; ///< of the presence "active"
    model::Seq m_acked = 0;
    bool m_ackQueued = false;
};
} // namespace belfry::gateway
