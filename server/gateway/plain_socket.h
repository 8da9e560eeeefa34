#pragma once

#include "gateway/session.h"

namespace belfry::gateway {
/// S2's WebSocket (decisions H29): created items only, no hello. Viewed live means read: a ping follows each
/// burst, its pong proves what arrived; that, and nothing older, is marked read.
class PlainSocket final : public Session
{
public:
    PlainSocket(Core &core, net::Connection &connection, const auth::Principal &principal);

    void takeLiveOnly(protocol::PreparedChange &prepared, model::Alert alert) override;

protected:
    void receive(QByteArrayView text) override;
    void onProven(QByteArrayView pong) override;
    void sendWelcome(protocol::Welcome::Mode) override {}
    void sendCaughtUp() override {}
    void sendEvent(protocol::PreparedChange &prepared, model::Alert alert) override;
    [[nodiscard]] std::size_t sendReplay(std::span<const model::Change> changes) override;
    void sendBye(const protocol::Bye &) override {}
    void sendPing() override;
    [[nodiscard]] bool sendTurn() override;
    [[nodiscard]] bool hasRoom() const override;
    [[nodiscard]] model::Seq startOfNew() const override;

private:
    /// Sent, and not proven to have arrived.
    struct Sent
    {
        model::Seq seq = 0;
        model::NotificationId id;
        std::optional<qint32> legacyId;
    };

    void noteSent(const model::Notification &item, model::Seq seq);
    void proveUpTo(model::Seq seq);
    template<typename Matches>
    void prove(Matches matches);
    void markRead(QList<model::NotificationId> ids);

    std::vector<Sent> m_sent; ///< ascending by seq
    model::Seq m_lastSent = 0;
    bool m_burst = false; ///< something went out since the last ping
    const auth::Principal m_principal;
};
} // namespace belfry::gateway
