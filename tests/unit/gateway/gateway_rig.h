#pragma once

#include "fake_connection.h"
#include "fake_store.h"
#include "gateway/gateway.h"
#include "gateway/parts.h"
#include "protocol/client_messages.h"

#include <QHash>

namespace belfry::test {
inline const model::UserId ada{"ada"};
inline const model::UserId eve{"eve"};
inline const model::Error away{model::ErrorCode::Unavailable, "away", {}, {}};

/// Remembers log states and tickets; the rest nobody asks for.
class FakeCache final : public ports::Cache
{
public:
    QHash<model::UserId, ports::LogState> states;
    QHash<QByteArray, ports::TicketHolder> tickets;

    std::shared_ptr<const model::Preferences> preferences(const model::UserId &) const override { return {}; }
    void keepPreferences(const model::UserId &, std::shared_ptr<const model::Preferences>) override {}
    void dropPreferences(const model::UserId &) override {}
    std::optional<ports::LogState> logState(const model::UserId &user) const override;
    void keepLogState(const model::UserId &user, const ports::LogState &state) override;
    void keepTicket(const QByteArray &hash, const ports::TicketHolder &holder, model::Instant) override;
    std::optional<ports::TicketHolder> takeTicket(const QByteArray &hash, model::Instant) override;
    Bucket take(const QByteArray &, double, double, double) override { return {}; }
};

/// Hands news to its listeners at once, or when the test says so.
class FakeFanout final : public ports::Fanout
{
public:
    std::vector<ports::NewsListener *> listeners;
    QHash<model::UserId, int> sessions;

    void add(runtime::Loop &, ports::NewsListener &listener) override { listeners.push_back(&listener); }
    void remove(ports::NewsListener &listener) override { std::erase(listeners, &listener); }
    void publish(std::shared_ptr<const ports::CommittedBatch> batch) override;
    void publish(ports::LiveOnly message) override;
    void reread(std::vector<model::UserId> users) override;
    void connected(const model::UserId &user, int change) override { sessions[user] += change; }
    bool isConnected(const model::UserId &user) const override { return sessions.value(user) > 0; }
    qint64 connectedSessions() const override;
    std::vector<model::UserId> takeUnsorted(bool) override { return {}; }
};

/// Gateways on one loop (two stand for two loops: they meet in the registry only), with everything around
/// them.
class GatewayRig
{
public:
    explicit GatewayRig(gateway::GatewaySettings settings = {}, int gateways = 1);
    ~GatewayRig();

    runtime::FakeClock clock;
    runtime::Loop loop;
    FakeStore store{clock};
    FakeCache cache;
    FakeFanout fanout;
    auth::Authenticator authenticator;
    service::Changes changes{store, cache};
    service::Resume resume{store, changes};
    service::Ops ops{store, clock};
    gateway::SessionRegistry registry;
    gateway::GatewayProbe probe;
    gateway::GatewayParts parts;
    std::vector<std::unique_ptr<gateway::Gateway>> gateways;
    std::vector<std::unique_ptr<FakeConnection>> connections;

    [[nodiscard]] FakeInbox &inbox() { return store.logs; }

    // Credentials
    [[nodiscard]] QByteArray token(const model::UserId &user,
                                   model::Duration life = std::chrono::hours(1)) const;
    [[nodiscard]] static auth::Principal key(auth::Scopes scopes = auth::allScopes);
    [[nodiscard]] static auth::Principal person(const model::UserId &user);
    [[nodiscard]] static auth::Principal anonymous();

    // Connections
    FakeConnection &socket(std::optional<auth::Principal> principal = {}, std::size_t gateway = 0);
    /// Signed in with a token, and settled.
    FakeConnection &signedIn(const model::UserId &user, const QByteArray &device = {},
                             std::optional<model::Seq> since = {}, std::size_t gateway = 0);
    FakeConnection &plain(const model::UserId &user, std::optional<model::Seq> since = {},
                          const auth::Principal &principal = key());
    FakeConnection &stream(const model::UserId &user, std::optional<model::Seq> since = {},
                           const QByteArray &epoch = {}, std::optional<auth::Principal> principal = {});
    static void say(FakeConnection &connection, const protocol::ClientMessage &message);
    [[nodiscard]] protocol::Hello hello(const model::UserId &user, const QByteArray &device = {},
                                        std::optional<model::Seq> since = {}) const;

    /// One commit of one new item, told to the cache and to all gateways as the bus does.
    model::Change commit(const model::UserId &user, const QByteArray &title = "title",
                         model::Alert alert = model::Alert::Sound);
    void tell(const std::vector<ports::Committed> &entries);

    /// Runs the loop and the kernel until nothing happens any more.
    void settle();
    void pass(model::Duration time);

private:
    QByteArray m_lastDevice = "device-0";
};
} // namespace belfry::test
