#include "app/daemon.h"

#include "app/loop_handler.h"
#include "app/metrics.h"
#include "app/output.h"
#include "runtime/log.h"
#include "runtime/trace_budget.h"
#include "store/open_store.h"

#include <algorithm>

namespace belfry::app {
namespace {
using model::Result;

/// Leaves four of the ten seconds of a stop to the store and the sockets' last bytes: peers that do not close
/// their side take two of them.
constexpr std::chrono::seconds drainTime{6};
/// Certificates are renewed by others, often without a word; and no key of session tickets grows old.
constexpr std::chrono::hours tlsRenewal{24};

store::StoreOptions storeOptions(const Config &config)
{
    store::StoreOptions options;
    options.url = config.effectiveDatabaseUrl();
    options.dataDir = config.dataDir;
    options.readers = config.readers;
    options.queueCapacity = static_cast<std::size_t>(config.writeQueue);
    return options;
}

/// Where other nodes write too, their changes of preferences are not heard here: a document is believed for 2
/// s.
cache::MemoryCache::Options cacheOptions(const ports::Store &store)
{
    cache::MemoryCache::Options options;
    if (!store.isExclusive())
        options.preferencesLife = std::chrono::seconds(2);
    return options;
}

service::Settings serviceSettings(const Config &config)
{
    service::Settings settings;
    settings.usersOnFirstUse = config.usersOnFirstUse;
    settings.limits = {config.keyRate, config.keyBurst, config.batchRate, 2 * config.batchRate};
    return settings;
}

api::ApiSettings apiSettings(const Config &config)
{
    api::ApiSettings settings;
    settings.corsOrigins = config.corsOrigins;
    settings.hstsMaxAge = config.hstsMaxAge;
    settings.trustedProxies = config.trustedProxies;
    settings.relay = config.outbox ? "external" : "";
    for (const Listen &listen : config.listen)
        settings.arrayDialect.push_back(listen.dialect == ListenDialect::Array);
    return settings;
}

schedule::RetentionSettings retentionSettings(const Config &config)
{
    const auto life = [](int days) {
        return days > 0 ? ports::Keeping::Life(model::days(days)) : std::nullopt;
    };
    schedule::RetentionSettings settings;
    settings.keeping = {life(config.retainNotifications), {},
                        life(config.retainDeleted),       life(config.retainLog),
                        life(config.retainDeliveries),    life(config.retainDeadLetters),
                        life(config.retainAudit),         life(config.retainOutbox)};
    return settings;
}

/// Was looked at when the configuration was read.
channels::AddressGuard webhookGuard(const Config &config)
{
    return channels::AddressGuard::make(config.webhookAllow).value_or(channels::AddressGuard());
}
} // namespace

Daemon::Daemon(const Config &config, const DataDir &dataDir, QByteArray jwtSecret,
               const runtime::Clock &clock, const runtime::Clock &scheduleClock)
    : m_config(config)
    , m_dataDir(dataDir)
    , m_clock(clock)
    , m_store(store::openStore(storeOptions(config), clock))
    , m_cache(cacheOptions(*m_store), clock)
    , m_authenticator({config.adminKey, std::move(jwtSecret), config.legacyOpen}, m_cache, clock)
    , m_keySet(config.jwtKeySet,
               [this](std::vector<auth::VerifyKey> keys) { m_authenticator.setTokenKeys(std::move(keys)); })
    , m_services(*m_store, m_cache, m_fanout, m_authenticator, clock, serviceSettings(config))
    , m_dueQueue(m_control, *m_store, m_services.preferenceSource, m_services.webhookBook, scheduleClock,
                 m_scheduleProbe)
    , m_jobs(m_control, *m_store, m_dueQueue, m_services.webhookBook, scheduleClock, m_scheduleProbe)
    , m_eraser(m_control, *m_store, m_services.webhookBook, clock, m_scheduleProbe)
    , m_retention(m_control, *m_store, m_services.categoryBook, retentionSettings(config), scheduleClock,
                  m_scheduleProbe)
    , m_backlogs(m_control, *m_store, m_scheduleProbe)
    , m_webhooks(*m_store, webhookGuard(config), scheduleClock)
    , m_bootstrap(m_store->directory(), dataDir, clock)
    , m_apiSettings(apiSettings(config))
    , m_selfTest(m_control, config)
{
    joinBus();
    QObject::connect(&m_drainTimer, &QTimer::timeout, &m_control, [this] { waitForDrain(); });
    QObject::connect(&m_tlsTimer, &QTimer::timeout, &m_control, [this] { reloadTls(); });
}

Daemon::~Daemon()
{
    finish(0);
}

void Daemon::joinBus()
{
    m_bus.addConsumer([this](const auto &batch) { m_services.changes.committed(batch); });
    m_bus.addConsumer([this](const auto &batch) { m_dueQueue.committed(*batch); });
    m_bus.addConsumer([this](const auto &batch) { m_fanout.publish(batch); });
    m_bus.addConsumer([this](const auto &batch) { m_tails.committed(batch); });
    m_bus.addDoubter([this](const auto &users) { m_services.changes.doubted(users); });
    m_bus.addDoubter([this](const auto &users) { m_fanout.reread(users); });
    m_store->setCommitListener(&m_bus);
    if (m_config.outbox)
        m_store->setOutboxEncoder(&m_outboxEncoder);
    m_store->webhooks().setDeliveryListener([this] { m_webhooks.wake(); });
    m_services.submitter.setAlarms(
        {[this](model::Instant at) { m_dueQueue.dueAt(at); }, [this] { m_jobs.jobAdded(); }});
    m_webhooks.onDisabled([this] { m_control.post([this] { m_services.webhookBook.refresh(m_control); }); });
    m_services.people.setErasureAlarm([this] { m_eraser.asked(); });
}

void Daemon::start(Ended ended)
{
    m_ended = std::move(ended);
    if (const auto started = m_store->start(); !started)
        return fail(started.error());
    m_gatewayParts = std::make_unique<gateway::GatewayParts>(gateway::GatewayParts{
        m_authenticator, m_services.resume, m_services.ops, m_fanout, m_clock, m_registry, m_gatewayProbe});
    m_gatewayParts->settings.connectionsPerUser = m_config.connectionsPerUser;
    m_gatewayParts->settings.anonymousPerAddress = m_config.connectionsPerAddress;
    m_services.keys.load(m_control, [this](const model::VoidResult &loaded) {
        if (!loaded)
            return fail(loaded.error());
        loadCategories();
    });
}

/// Before the first request: on which channel and who is to be told is decided by what is in memory.
void Daemon::loadCategories()
{
    m_services.categoryBook.load(m_control, [this](const model::VoidResult &loaded) {
        if (!loaded)
            return fail(loaded.error());
        loadWebhooks();
    });
}

void Daemon::loadWebhooks()
{
    m_services.webhookBook.load(m_control, [this](const model::VoidResult &loaded) {
        if (!loaded)
            return fail(loaded.error());
        loadStandings();
    });
}

/// Before the first request, too: a session that has ended stays ended.
void Daemon::loadStandings()
{
    m_services.standings.load(m_control, [this](const model::VoidResult &loaded) {
        if (!loaded)
            return fail(loaded.error());
        listen();
    });
}

void Daemon::listen()
{
    if (m_draining)
        return; // told to stop while the keys were read
    m_authenticator.onUnknownTokenKey([this] { m_control.post([this] { m_keySet.unknownKey(); }); });
    m_keySet.start();
    auto options = netOptions();
    if (!options)
        return fail(options.error());
    m_server = std::make_unique<net::Server>(*std::move(options),
                                             [this](int, runtime::Loop &loop) { return makeHandler(loop); });
    if (const auto started = m_server->start(); !started)
        return fail(started.error());
    m_dueQueue.start();
    m_jobs.start();
    m_eraser.start();
    m_retention.start();
    m_backlogs.start();
    m_webhooks.start();
    m_services.keys.follow(m_control);
    m_services.standings.follow(m_control);
    m_services.keys.followUses(m_control);
    m_tlsTimer.start(tlsRenewal);
    m_services.webhookBook.follow(m_control);
    m_services.categoryBook.follow(m_control);
    leaveKey();
}

/// Only now: a start that fails, as where the address is in use, must not use up the one showing of the key.
void Daemon::leaveKey()
{
    if (!m_config.adminKey.isEmpty())
        return announce();
    m_bootstrap.makeMissing(m_control, [this](const Result<QByteArray> &made) {
        if (!made)
            return fail(made.error());
        if (made->isEmpty())
            return announce();
        showKey(*made);
    });
}

void Daemon::showKey(const QByteArray &made)
{
    printLine("Bootstrap key, shown once, kept in " + m_dataDir.bootstrapKeyFile().toLocal8Bit() + ":\n  " +
              made);
    m_services.keys.load(m_control, [this](const model::VoidResult &loaded) {
        if (!loaded)
            return fail(loaded.error());
        announce();
    });
}

Result<net::ServerOptions> Daemon::netOptions() const
{
    net::ServerOptions options;
    TlsPairs pairs(TellEnd::Yes);
    for (const Listen &listen : m_config.listen) {
        auto tls = pairs.of(m_config.tlsOf(listen));
        if (!tls)
            return tl::unexpected(tls.error());
        options.listen.push_back({listen.host, listen.port, *std::move(tls)});
    }
    options.loops = m_config.loops;
    options.limits.connectionsPerNode = m_config.connectionsPerNode;
    options.limits.connectionsPerAddress = m_config.openPerAddress;
    options.limits.uncounted = [proxies = m_config.trustedProxies](const QHostAddress &address) {
        return proxies.contains(address);
    };
    return options;
}

void Daemon::reload()
{
    qCInfo(lcApp, "asked to reload");
    m_keySet.reload();
    reloadTls();
}

/// A pair that is of no use leaves the one that is in use.
void Daemon::reloadTls()
{
    if (!m_server || m_draining)
        return;
    TlsPairs pairs(TellEnd::Yes);
    for (std::size_t i = 0; i < m_config.listen.size(); ++i) {
        const TlsFiles files = m_config.tlsOf(m_config.listen[i]);
        if (files.isEmpty())
            continue;
        if (auto tls = pairs.of(files))
            m_server->setTls(static_cast<int>(i), *std::move(tls));
        else
            qCWarning(lcApp, "%s: the old certificate stays in use; mend it and send SIGHUP again",
                      tls.error().detail.constData());
    }
}

std::unique_ptr<net::Handler> Daemon::makeHandler(runtime::Loop &loop)
{
    auto handler = std::make_unique<LoopHandler>(
        loop, *m_gatewayParts, [this](runtime::Loop &own, api::LiveSessions &live) {
            return api::ApiContext{
                own,
                m_clock,
                m_authenticator,
                m_services,
                live,
                m_apiSettings,
                [this] { return health(); },
                [this] { return metrics(); },
                m_tails,
                [this](runtime::Loop &home, auto reply) { m_selfTest.run(home, std::move(reply)); }};
        });
    m_handlers.emplace_back(&loop, handler.get());
    return handler;
}

void Daemon::announce()
{
    if (m_draining)
        return; // told to stop while a key was made
    std::vector<ServedAddress> served;
    QByteArrayList addresses;
    for (const QByteArray &address : m_server->addresses()) {
        served.push_back({address, m_config.tlsOf(m_config.listen[served.size()])});
        addresses.append(served.back().tls.isEmpty() ? address : "https://" + address);
    }
    if (const auto written = m_serverFile.write(m_dataDir.serverFile(), served); !written)
        return fail(written.error());
    qCInfo(lcApp, "belfryd %s listens on %s, data in %s", BELFRY_VERSION, addresses.join(", ").constData(),
           qPrintable(m_dataDir.path()));
    if (m_config.readyFile.isEmpty())
        return;
    if (const auto written = m_readyFile.write(m_config.readyFile, served); !written)
        fail(written.error());
}

void Daemon::fail(const model::Error &error)
{
    complainLine(error.detail);
    finish(1);
}

void Daemon::stop()
{
    if (m_draining.exchange(true))
        return;
    if (!m_server)
        return finish(0);
    m_server->stopAccepting();
    for (const auto &[loop, handler] : m_handlers)
        loop->post([handler = handler] { handler->drain(); });
    m_tails.drain();
    m_drainUntil = m_clock.steady() + drainTime;
    m_drainTimer.start(std::chrono::milliseconds(20));
}

void Daemon::waitForDrain()
{
    const bool answered = m_server->waitForRequests(std::chrono::milliseconds(0));
    const bool quiet = m_gatewayProbe.sockets.value() + m_gatewayProbe.plainSockets.value() +
                           m_gatewayProbe.eventStreams.value() ==
                       0;
    if ((answered && quiet) || m_clock.steady() >= m_drainUntil) {
        qCInfo(lcApp, "drained%s", answered && quiet ? "" : ": time is up for those that are left");
        finish(0);
    }
}

void Daemon::finish(int code)
{
    m_drainTimer.stop();
    m_tlsTimer.stop();
    m_dueQueue.stop();
    m_jobs.stop();
    m_eraser.stop();
    m_retention.stop();
    m_backlogs.stop();
    m_webhooks.stop();
    m_services.keys.noteUses(m_control);
    m_store->stop();
    if (m_server)
        m_server->stop();
    if (auto ended = std::exchange(m_ended, {}))
        ended(code);
}

api::HealthReport Daemon::health() const
{
    const auto database = m_store->health();
    const auto bus = m_bus.health();
    return {{{"database", database.ok, true, database.detail},
             {"bus", bus.ok, false, bus.detail},
             {"cache", true, false, {}}},
            m_draining.load()};
}

QByteArray Daemon::metrics() const
{
    return metricsText({m_server->probe(), m_store->probe(), m_gatewayProbe, m_scheduleProbe,
                        m_webhooks.probe(), m_fanout.connectedSessions(), runtime::tracesLeftOut()});
}
} // namespace belfry::app
