#pragma once

#include "auth/principal.h"
#include "model/notification.h"
#include "net/connection.h"
#include "net/http_message.h"
#include "ports/fanout.h"
#include "runtime/loop.h"

#include <memory>
#include <optional>

namespace belfry::gateway {
struct GatewayParts;
class Core;

/// What the upgrade request said about who comes.
struct OpenContext
{
    /// From the Authorization header or a ticket; absent: the `hello` must bring a token.
    std::optional<auth::Principal> principal;
    net::Peer peer;
    model::Text traceparent;
};

/// How a reader of S2's socket or of an event stream comes in. The caller has checked that `principal` may
/// read the inbox of `user`.
struct ReaderContext
{
    model::UserId user;
    auth::Principal principal;
    net::Peer peer;
    /// `?since=` or Last-Event-ID: replay what is above it. Absent: only what is new.
    std::optional<model::Seq> since;
    /// `?epoch=` (event stream only); empty: `since` is taken as given (decisions H22).
    model::Epoch epoch;
};

/// The live sessions of one gateway loop: made, used and destroyed on that loop, never blocking. Every
/// session is a cursor into its user's log that is replaying or live (semantics 4); nothing is buffered for
/// it but its cursor.
class Gateway final : public ports::NewsListener
{
public:
    /// `parts` and what it refers to outlive the gateway. Listens to the fan-out from now on and sweeps its
    /// sessions once a second.
    Gateway(runtime::Loop &loop, const GatewayParts &parts);
    ~Gateway() override;
    Gateway(const Gateway &) = delete;
    Gateway &operator=(const Gateway &) = delete;

    /// A new WebSocket at /ws with the subprotocol belfry.v1. To be called from the `opened` of
    /// Responder::upgrade.
    void openSocket(net::Connection &connection, OpenContext context);
    /// A new WebSocket at S2's /ws/:user_id (decisions H29).
    void openPlain(net::Connection &connection, const ReaderContext &context);
    /// A new event stream, from the `opened` of Responder::stream (decisions H28).
    void openStream(net::Connection &connection, const ReaderContext &context);

    /// Says `bye` with 1012 to everyone, with reconnect times spread over 0–20 s, and closes; who comes later
    /// gets the same. Goes on over several turns of the loop: over when sessions() is 0. Idempotent.
    void drain();
    [[nodiscard]] int sessions() const;

    /// What time asks for: pings, time-outs, ends of tokens and leases, retries. Runs by itself once a
    /// second.
    void sweep();

    void news(const std::shared_ptr<const ports::CommittedBatch> &batch) override;
    void liveOnly(const ports::LiveOnly &message) override;
    void reread(const std::vector<model::UserId> &users) override;

private:
    std::shared_ptr<Core> d;
};
} // namespace belfry::gateway
