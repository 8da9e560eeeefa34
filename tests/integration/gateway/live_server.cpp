#include "live_server.h"

#include "auth/token.h"
#include "store/open_store.h"
#include "support/wait_until.h"

#include <QUrlQuery>

namespace belfry::test {
namespace {
const QByteArray secret = "a secret of at least 32 characters";
} // namespace

/// What api's routes do for live connections, without the rest of api.
class LiveServer::Door final : public net::Handler
{
public:
    Door(runtime::Loop &home, const gateway::GatewayParts &parts)
        : loop(home)
    {
        home.post([this, &parts] { gateway = std::make_unique<gateway::Gateway>(loop, parts); });
    }

    net::BodyRule bodyRule(const net::HttpRequest &) override { return {}; }
    net::HttpResponse refusal(const net::Refusal &why, const net::HttpRequest &) override
    {
        return {why.status, "text/plain", why.detail, {}, false};
    }
    void handle(net::HttpRequest request, bool isUpgrade, net::Responder responder) override
    {
        if (isUpgrade && request.path == "/ws") {
            return responder.upgrade("belfry.v1", [this, peer = request.peer](net::Connection &connection) {
                gateway->openSocket(connection, {{}, peer, {}});
            });
        }
        const gateway::ReaderContext reader = readerOf(request);
        if (isUpgrade) {
            return responder.upgrade(
                {}, [this, reader](net::Connection &connection) { gateway->openPlain(connection, reader); });
        }
        responder.stream({.contentType = "text/event-stream"}, [this, reader](net::Connection &connection) {
            gateway->openStream(connection, reader);
        });
    }

    runtime::Loop &loop;
    std::unique_ptr<gateway::Gateway> gateway;

private:
    static gateway::ReaderContext readerOf(const net::HttpRequest &request)
    {
        gateway::ReaderContext reader;
        reader.user.text = request.path.mid(request.path.lastIndexOf('/') + 1);
        reader.principal = {auth::Principal::Kind::Key, "key", "test", {}, auth::allScopes, {}};
        reader.peer = request.peer;
        const QString since =
            QUrlQuery(QString::fromLatin1(request.query)).queryItemValue(QStringLiteral("since"));
        if (!since.isEmpty())
            reader.since = since.toLongLong();
        return reader;
    }
};

LiveServer::LiveServer(int loops, const gateway::GatewaySettings &settings)
    : m_cache({}, m_clock)
    , m_authenticator({{}, secret, true}, m_cache, m_clock)
{
    store::StoreOptions options;
    options.url = "sqlite://" + m_dir.filePath(QStringLiteral("live.db")).toUtf8();
    options.dataDir = m_dir.path();
    m_store = store::openStore(options, m_clock);
    m_services = std::make_unique<service::Services>(*m_store, m_cache, m_fanout, m_authenticator, m_clock,
                                                     service::Settings{});
    m_bus.addConsumer([this](const auto &batch) { m_services->changes.committed(batch); });
    m_bus.addConsumer([this](const auto &batch) { m_fanout.publish(batch); });
    m_store->setCommitListener(&m_bus);
    if (const auto started = m_store->start(); !started)
        qFatal("%s", started.error().detail.constData());

    m_parts = std::make_unique<gateway::GatewayParts>(
        gateway::GatewayParts{m_authenticator, m_services->resume, m_services->ops, m_fanout, m_clock,
                              m_registry, m_probe, settings});
    net::ServerOptions server;
    server.listen = {{QHostAddress::LocalHost, 0}};
    server.loops = loops;
    m_server = std::make_unique<net::Server>(std::move(server), [this](int, runtime::Loop &loop) {
        auto door = std::make_unique<Door>(loop, *m_parts);
        m_doors.push_back(door.get());
        return door;
    });
    if (const auto started = m_server->start(); !started)
        qFatal("%s", started.error().detail.constData());
    const QByteArray address = m_server->addresses().front();
    m_port = address.mid(address.lastIndexOf(':') + 1).toUShort();
}

LiveServer::~LiveServer()
{
    m_server->stop();
    m_store->stop();
}

QByteArray LiveServer::token(const model::UserId &user) const
{
    const model::Instant now = m_clock.now();
    return auth::writeToken({user, now, now + std::chrono::minutes(10), {}}, secret);
}

void LiveServer::send(service::Submission what)
{
    const auth::Principal key{auth::Principal::Kind::Key, "key", "test", {}, auth::allScopes, {}};
    ++m_pending;
    m_services->submitter.submit(m_loop, key, std::move(what),
                                 [this](model::Result<ports::SubmitResult> result) {
                                     --m_pending;
                                     if (!result)
                                         qFatal("%s", result.error().detail.constData());
                                 });
}

void LiveServer::submitLater(const model::UserId &user)
{
    service::Submission what;
    what.to = user;
    what.content.title = "title";
    send(std::move(what));
}

void LiveServer::submit(const model::UserId &user, int count, qsizetype bytes)
{
    for (int i = 0; i < count; ++i) {
        service::Submission what;
        what.to = user;
        what.content.title = "title";
        what.content.message = QByteArray(bytes, 'x');
        send(std::move(what));
        if (m_pending >= 1'000 && !waitUntil([this] { return m_pending < 500; }))
            qFatal("the store does not answer");
    }
    if (!waitUntil([this] { return m_pending == 0; }))
        qFatal("the store does not answer");
}

void LiveServer::broadcastLiveOnly()
{
    auto item = std::make_shared<model::Notification>();
    item->id = model::Uuid::makeV7(m_clock.now());
    item->state = model::State::Done;
    item->content.title = "to all";
    m_fanout.publish(ports::LiveOnly{{}, item, model::Alert::Sound, {}});
}

void LiveServer::drain()
{
    for (Door *door : m_doors)
        door->loop.post([door] { door->gateway->drain(); });
}
} // namespace belfry::test
