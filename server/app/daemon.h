#pragma once

#include "api/api_settings.h"
#include "api/event_tails.h"
#include "app/bootstrap.h"
#include "app/config.h"
#include "app/data_dir.h"
#include "app/key_set_source.h"
#include "app/own_self_test.h"
#include "app/server_info.h"
#include "app/tls_files.h"
#include "auth/authenticator.h"
#include "bus/local_bus.h"
#include "bus/outbox_encoder.h"
#include "cache/local_fanout.h"
#include "cache/memory_cache.h"
#include "channels/webhook_channel.h"
#include "gateway/parts.h"
#include "net/server.h"
#include "runtime/loop.h"
#include "schedule/backlog_watch.h"
#include "schedule/due_queue.h"
#include "schedule/eraser.h"
#include "schedule/job_runner.h"
#include "schedule/retention_runner.h"
#include "service/services.h"

#include <QTimer>
#include <atomic>

namespace belfry::app {
class LoopHandler;

/// The server: makes every part, joins them, starts and stops them in order. Control thread (main). How a
/// commit flows:
///
///     store's writer lane → LocalBus → Services::changes (cache stays true)
///                                    → DueQueue (earliest due time)
///                                    → LocalFanout → Gateway of each loop → sockets
///                                    → EventTails → operators who look on
///     (what it made due outside)     → WebhookChannel → endpoints
class Daemon
{
public:
    using Ended = std::function<void(int exitCode)>;

    /// `jwtSecret`: the configured one, or the data folder's. `scheduleClock` is what falls due goes by
    /// (H65).
    Daemon(const Config &config, const DataDir &dataDir, QByteArray jwtSecret, const runtime::Clock &clock,
           const runtime::Clock &scheduleClock);
    ~Daemon();

    /// Opens the database, listens, writes the ready file; goes on on the event loop. `ended` is called once,
    /// when the server has stopped or could not start.
    void start(Ended ended);
    /// Drains, then ends (H75): within 10 s, whatever clients do.
    void stop();
    /// Reads again what may change while it runs: the key set of user tokens, certificates.
    void reload();

private:
    void joinBus();
    void loadCategories();
    void loadWebhooks();
    void loadStandings();
    void listen();
    void leaveKey();
    void showKey(const QByteArray &made);
    void reloadTls();
    [[nodiscard]] model::Result<net::ServerOptions> netOptions() const;
    void announce();
    void fail(const model::Error &error);
    void waitForDrain();
    void finish(int code);
    [[nodiscard]] std::unique_ptr<net::Handler> makeHandler(runtime::Loop &loop);
    [[nodiscard]] api::HealthReport health() const;
    [[nodiscard]] QByteArray metrics() const;

    const Config &m_config;
    const DataDir &m_dataDir;
    const runtime::Clock &m_clock;
    Ended m_ended;

    runtime::Loop m_control;
    std::unique_ptr<ports::Store> m_store;
    cache::MemoryCache m_cache;
    cache::LocalFanout m_fanout;
    bus::LocalBus m_bus;
    bus::OutboxEncoder m_outboxEncoder;
    auth::Authenticator m_authenticator;
    KeySetSource m_keySet;
    service::Services m_services;
    schedule::ScheduleProbe m_scheduleProbe;
    schedule::DueQueue m_dueQueue;
    schedule::JobRunner m_jobs;
    schedule::Eraser m_eraser;
    schedule::RetentionRunner m_retention;
    schedule::BacklogWatch m_backlogs;
    channels::WebhookChannel m_webhooks;
    Bootstrap m_bootstrap;

    gateway::SessionRegistry m_registry;
    gateway::GatewayProbe m_gatewayProbe;
    std::unique_ptr<gateway::GatewayParts> m_gatewayParts;
    api::ApiSettings m_apiSettings;
    api::EventTails m_tails;
    OwnSelfTest m_selfTest;
    std::vector<std::pair<runtime::Loop *, LoopHandler *>> m_handlers;
    std::unique_ptr<net::Server> m_server;

    ServerInfoFile m_readyFile;
    ServerInfoFile m_serverFile;
    std::atomic<bool> m_draining{false};
    QTimer m_drainTimer;
    QTimer m_tlsTimer; ///< certificates are read again, and the keys of tickets change
    runtime::SteadyTime m_drainUntil;
};
} // namespace belfry::app
