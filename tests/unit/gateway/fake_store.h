#pragma once

#include "ports/store.h"
#include "runtime/clock.h"

#include <deque>
#include <map>

namespace belfry::test {
/// The user logs of a store, and what the gateway may ask of one, with faults on demand. Answers are posted,
/// never given within the call. One thread.
class FakeInbox final : public ports::Inbox
{
public:
    struct Log
    {
        std::vector<model::Change> changes;
        model::Seq floor = 1;
        model::Counts counts;
        [[nodiscard]] model::Seq head() const { return static_cast<model::Seq>(changes.size()); }
        [[nodiscard]] ports::LogState state() const { return {head(), floor, counts}; }
    };

    explicit FakeInbox(const runtime::Clock &clock)
        : m_clock(clock)
    {
    }

    /// A created item of this user, as the writer lane would hand it to the bus.
    ports::Committed create(const model::UserId &user, const QByteArray &title = "title",
                            model::Alert alert = model::Alert::Sound);
    ports::Committed append(const model::UserId &user, model::Change change);

    std::map<model::UserId, Log> logs;
    /// Hears of what ops changed, before their answer is posted: as the commit listener does.
    std::function<void(ports::Committed)> committed;
    std::optional<model::Error> failStates;
    std::optional<model::Error> failPages;
    std::optional<model::Error> failOps;
    int pageSize = 500;
    bool holdOps = false; ///< answers wait for releaseOps()
    void releaseOps();
    bool holdStates = false; ///< the same for log states
    void releaseOldestState();

    // What was asked
    int stateReads = 0;
    int usersInStateReads = 0;
    int pageReads = 0;
    int mostAskedFor = 0; ///< of one page
    struct Cursor
    {
        model::UserId user;
        model::DeviceId device;
        model::Seq seq = 0;
        friend bool operator==(const Cursor &, const Cursor &) = default;
    };
    std::vector<Cursor> cursors;
    std::vector<std::pair<model::UserId, model::Op>> ops;

    void applyOps(runtime::Loop &home, model::UserId user, std::vector<model::Op> asked, model::Instant now,
                  runtime::Reply<model::Result<ports::OpsResult>> reply) override;
    void moveCursor(model::UserId user, model::DeviceId device, model::Seq seq, model::Instant now) override;
    void logStates(runtime::Loop &home, std::vector<model::UserId> users,
                   runtime::Reply<model::Result<std::vector<ports::LogState>>> reply) override;
    void log(runtime::Loop &home, model::UserId user, model::Seq since, int limit,
             runtime::Reply<model::Result<ports::LogPage>> reply) override;

    // Nothing that the gateway may ask for.
    void submit(runtime::Loop &, ports::Submit, runtime::Reply<model::Result<ports::SubmitResult>>) override;
    void patch(runtime::Loop &, ports::Patch, runtime::Reply<model::Result<model::Notification>>) override;
    void recall(runtime::Loop &, model::NotificationId, model::Instant,
                runtime::Reply<model::Result<model::Notification>>) override;
    void cancel(runtime::Loop &, model::NotificationId, model::Instant,
                runtime::Reply<model::Result<model::Notification>>) override;
    void settle(runtime::Loop &, std::vector<ports::Settle>, model::Instant,
                runtime::Reply<model::Result<int>>) override;
    void list(runtime::Loop &, ports::InboxQuery, runtime::Reply<model::Result<ports::InboxPage>>) override;
    void item(runtime::Loop &, model::NotificationId,
              runtime::Reply<model::Result<model::Notification>>) override;
    void itemByLegacyId(runtime::Loop &, model::UserId, qint32,
                        runtime::Reply<model::Result<model::Notification>>) override;
    void assignLegacyIds(runtime::Loop &, std::vector<model::NotificationId>,
                         runtime::Reply<model::Result<std::vector<qint32>>>) override;
    void due(runtime::Loop &, model::Instant, int, runtime::Reply<model::Result<ports::DueBatch>>) override;
    void timeline(runtime::Loop &, model::NotificationId,
                  runtime::Reply<model::Result<ports::Timeline>>) override;

private:
    const runtime::Clock &m_clock;
    std::vector<runtime::Task> m_held;
    std::deque<runtime::Task> m_heldStates;
};

/// A store of nothing but that inbox and an epoch.
class FakeStore final : public ports::Store
{
public:
    explicit FakeStore(const runtime::Clock &clock);
    ~FakeStore() override;

    FakeInbox logs;
    bool exclusive = true;

    model::VoidResult start() override { return {}; }
    void stop() override {}
    ports::Inbox &inbox() override { return logs; }
    ports::Directory &directory() override;
    ports::Webhooks &webhooks() override { qFatal("live sessions ask for no webhooks"); }
    ports::Sessions &sessions() override { qFatal("nobody signs in at the fake store"); }
    ports::People &people() override { qFatal("nobody administers the fake store"); }
    ports::Operations &operations() override { qFatal("live sessions are no operators"); }
    ports::Registry &registry() override { qFatal("live sessions ask for no categories"); }
    ports::Retention &retention() override { qFatal("live sessions remove nothing"); }
    void setCommitListener(ports::CommitListener *) override {}
    void setOutboxEncoder(const ports::OutboxEncoder *) override {}
    bool isExclusive() const override { return exclusive; }
    Health health() const override { return {true, {}}; }
    ports::StoreProbe &probe() override { return m_probe; }

private:
    ports::StoreProbe m_probe;
    std::unique_ptr<ports::Directory> m_directory;
};
} // namespace belfry::test
