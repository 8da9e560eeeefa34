#pragma once

#include "store/cursor_buffer.h"
#include "store/directory_port.h"
#include "store/inbox_port.h"
#include "store/open_store.h"
#include "store/operations_port.h"
#include "store/people_port.h"
#include "store/registry_port.h"
#include "store/retention_port.h"
#include "store/search_feeder.h"
#include "store/session_port.h"
#include "store/webhook_port.h"

namespace belfry::store {
/// The store above any dialect: owns the lanes and their order of start and stop.
class Engine final : public ports::Store
{
public:
    Engine(Result<std::unique_ptr<Dialect>> dialect, const StoreOptions &options,
           const runtime::Clock &clock);
    ~Engine() override;

    VoidResult start() override;
    void stop() override;
    ports::Inbox &inbox() override { return m_inbox; }
    ports::Directory &directory() override { return m_directory; }
    ports::Webhooks &webhooks() override { return m_webhooks; }
    ports::Sessions &sessions() override { return m_sessions; }
    ports::People &people() override { return m_people; }
    ports::Operations &operations() override { return m_operations; }
    ports::Registry &registry() override { return m_registry; }
    ports::Retention &retention() override { return m_retention; }
    void setCommitListener(ports::CommitListener *listener) override { m_lane.setListener(listener); }
    void setOutboxEncoder(const ports::OutboxEncoder *encoder) override { m_lane.setOutboxEncoder(encoder); }
    bool isExclusive() const override { return m_dialect && (*m_dialect)->isExclusive(); }
    Health health() const override;
    ports::StoreProbe &probe() override { return m_probe; }

private:
    [[nodiscard]] VoidResult startAll();
    void onHealth(bool ok);
    void probeLater();
    void probe(bool writing, bool reading);

    const StoreOptions m_options;
    const runtime::Clock &m_clock;
    Result<std::unique_ptr<Dialect>> m_dialect;
    ports::StoreProbe m_probe;
    WriterLane m_lane;
    Readers m_readers;
    Readers m_sweeper;            ///< for retention: looks through whole logs, while others wait for nothing
    runtime::LoopThread m_upkeep; ///< what happens by the clock: cursors, probing
    CursorBuffer m_cursors;
    SearchFeeder m_feeder;
    InboxPort m_inbox;
    DirectoryPort m_directory;
    WebhookPort m_webhooks;
    SessionPort m_sessions;
    PeoplePort m_people;
    OperationsPort m_operations;
    RegistryPort m_registry;
    RetentionPort m_retention;
    std::atomic<bool> m_running{false};
    bool m_probing = false; ///< on the loop of m_upkeep
};
} // namespace belfry::store
