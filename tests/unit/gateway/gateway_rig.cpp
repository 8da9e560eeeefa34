#include "gateway_rig.h"

#include "auth/token.h"

#include <QCoreApplication>
#include <numeric>

namespace belfry::test {
namespace {
const QByteArray secret = "a secret of at least 32 characters";
} // namespace

std::optional<ports::LogState> FakeCache::logState(const model::UserId &user) const
{
    const auto found = states.constFind(user);
    return found == states.cend() ? std::nullopt : std::optional(*found);
}

void FakeCache::keepLogState(const model::UserId &user, const ports::LogState &state)
{
    states.insert(user, state);
}

void FakeCache::keepTicket(const QByteArray &hash, const ports::TicketHolder &holder, model::Instant)
{
    tickets.insert(hash, holder);
}

std::optional<ports::TicketHolder> FakeCache::takeTicket(const QByteArray &hash, model::Instant)
{
    return tickets.contains(hash) ? std::optional(tickets.take(hash)) : std::nullopt;
}

void FakeFanout::publish(std::shared_ptr<const ports::CommittedBatch> batch)
{
    for (ports::NewsListener *listener : listeners)
        listener->news(batch);
}

void FakeFanout::publish(ports::LiveOnly message)
{
    for (ports::NewsListener *listener : listeners)
        listener->liveOnly(message);
}

void FakeFanout::reread(std::vector<model::UserId> users)
{
    for (ports::NewsListener *listener : listeners)
        listener->reread(users);
}

qint64 FakeFanout::connectedSessions() const
{
    return std::accumulate(sessions.cbegin(), sessions.cend(), qint64(0));
}

GatewayRig::GatewayRig(gateway::GatewaySettings settings, int count)
    : authenticator({{}, secret, true}, cache, clock)
    , parts{authenticator, resume, ops, fanout, clock, registry, probe, settings}
{
    for (int i = 0; i < count; ++i)
        gateways.push_back(std::make_unique<gateway::Gateway>(loop, parts));
}

GatewayRig::~GatewayRig()
{
    connections.clear();
    gateways.clear();
}

QByteArray GatewayRig::token(const model::UserId &user, model::Duration life) const
{
    return auth::writeToken({user, clock.now(), clock.now() + life, {}}, secret);
}

auth::Principal GatewayRig::key(auth::Scopes scopes)
{
    return {auth::Principal::Kind::Key, "key-1", "ci", {}, scopes, {}};
}

auth::Principal GatewayRig::person(const model::UserId &user)
{
    return {auth::Principal::Kind::User,
            user.text,
            {},
            user,
            auth::Scope::InboxRead | auth::Scope::InboxWrite,
            {}};
}

auth::Principal GatewayRig::anonymous()
{
    return {auth::Principal::Kind::Anonymous,
            "anonymous@127.0.0.1",
            {},
            {},
            auth::Scope::InboxRead | auth::Scope::InboxWrite,
            {}};
}

FakeConnection &GatewayRig::socket(std::optional<auth::Principal> principal, std::size_t gateway)
{
    connections.push_back(std::make_unique<FakeConnection>(net::Connection::Kind::WebSocket));
    gateways[gateway]->openSocket(*connections.back(), {std::move(principal), {}, {}});
    return *connections.back();
}

protocol::Hello GatewayRig::hello(const model::UserId &user, const QByteArray &device,
                                  std::optional<model::Seq> since) const
{
    return {{device}, token(user), {}, since, {}, {}};
}

FakeConnection &GatewayRig::signedIn(const model::UserId &user, const QByteArray &device,
                                     std::optional<model::Seq> since, std::size_t gateway)
{
    FakeConnection &connection = socket({}, gateway);
    m_lastDevice = "device-" + QByteArray::number(connection.id());
    say(connection, hello(user, device.isEmpty() ? m_lastDevice : device, since));
    settle();
    return connection;
}

FakeConnection &GatewayRig::plain(const model::UserId &user, std::optional<model::Seq> since,
                                  const auth::Principal &principal)
{
    connections.push_back(std::make_unique<FakeConnection>(net::Connection::Kind::WebSocket));
    net::Peer peer;
    peer.address = QHostAddress::LocalHost;
    gateways.front()->openPlain(*connections.back(), {user, principal, peer, since, {}});
    return *connections.back();
}

FakeConnection &GatewayRig::stream(const model::UserId &user, std::optional<model::Seq> since,
                                   const QByteArray &epoch, std::optional<auth::Principal> principal)
{
    connections.push_back(std::make_unique<FakeConnection>(net::Connection::Kind::EventStream));
    gateways.front()->openStream(*connections.back(),
                                 {user, principal.value_or(person(user)), {}, since, {epoch}});
    return *connections.back();
}

void GatewayRig::say(FakeConnection &connection, const protocol::ClientMessage &message)
{
    connection.say(protocol::encode(message));
}

model::Change GatewayRig::commit(const model::UserId &user, const QByteArray &title, model::Alert alert)
{
    ports::Committed entry = inbox().create(user, title, alert);
    model::Change change = entry.change;
    tell({std::move(entry)});
    return change;
}

void GatewayRig::tell(const std::vector<ports::Committed> &entries)
{
    const auto batch = std::make_shared<const ports::CommittedBatch>(entries);
    changes.committed(batch);
    fanout.publish(batch);
}

void GatewayRig::settle()
{
    constexpr int quietRounds = 3;
    for (int quiet = 0; quiet < quietRounds; ++quiet) {
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents();
        for (std::size_t i = 0; i < connections.size(); ++i) {
            if (connections[i]->flush() || connections[i]->finishClose())
                quiet = -1;
        }
        if (loop.backlog() > 0)
            quiet = -1;
    }
}

void GatewayRig::pass(model::Duration time)
{
    clock.advance(time);
    for (const auto &gateway : gateways)
        gateway->sweep();
    settle();
}
} // namespace belfry::test
