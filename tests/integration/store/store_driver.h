#pragma once

#include "runtime/clock.h"
#include "store/open_store.h"

#include <QEventLoop>
#include <QTimer>
#include <QtTest>

namespace belfry::store {
/// Calls a store and waits for the answer, on the test's thread; makes the values that tests are about.
class StoreDriver
{
public:
    explicit StoreDriver(ports::Store &store, runtime::FakeClock &clock)
        : m_store(store)
        , m_clock(clock)
    {
    }

    /// Runs `call` with a reply and waits for it; a reply that never comes fails the test.
    template<typename T, typename Call>
    T await(Call call)
    {
        auto got = std::make_shared<std::optional<T>>();
        QEventLoop loop;
        call(m_home, runtime::Reply<T>([got, &loop](T value) {
                 *got = std::move(value);
                 loop.quit();
             }));
        QTimer::singleShot(20'000, &loop, [&loop] { loop.quit(); });
        loop.exec();
        if (!*got)
            qFatal("no reply");
        return std::move(**got);
    }

    [[nodiscard]] ports::Inbox &inbox() { return m_store.inbox(); }
    [[nodiscard]] ports::Directory &directory() { return m_store.directory(); }
    [[nodiscard]] ports::Webhooks &webhooks() { return m_store.webhooks(); }
    [[nodiscard]] ports::Sessions &sessions() { return m_store.sessions(); }
    [[nodiscard]] ports::People &people() { return m_store.people(); }
    [[nodiscard]] ports::Operations &operations() { return m_store.operations(); }
    [[nodiscard]] ports::Registry &registry() { return m_store.registry(); }
    [[nodiscard]] ports::Retention &retention() { return m_store.retention(); }
    [[nodiscard]] runtime::Loop &home() { return m_home; }
    [[nodiscard]] runtime::FakeClock &clock() { return m_clock; }
    [[nodiscard]] model::Instant now() const { return m_clock.now(); }

    [[nodiscard]] static model::Content content(const model::Text &title,
                                                const model::Text &message = "text");
    [[nodiscard]] ports::Recipient to(const model::Text &user) const;
    [[nodiscard]] ports::Submit submitOf(const std::vector<model::Text> &users, model::Content content) const;
    /// Scheduled for now + `in`; ends an hour after that.
    [[nodiscard]] ports::Submit later(const model::Text &user, model::Content content,
                                      model::Duration in) const;

    model::Result<ports::SubmitResult> submit(ports::Submit submit);
    /// One to one user; the stored item. Fails the test when it is refused.
    model::Notification send(const model::Text &user, model::Content content);
    model::Notification send(const model::Text &user, const model::Text &title)
    {
        return send(user, content(title));
    }

    model::Result<model::Notification> item(const model::NotificationId &id);
    model::Result<model::Notification> patch(ports::Patch patch);
    model::Result<model::Notification> recall(const model::NotificationId &id);
    model::Result<model::Notification> cancel(const model::NotificationId &id);
    model::Result<ports::OpsResult> ops(const model::Text &user, std::vector<model::Op> ops);
    /// One op with a fresh id and `at` = now, or as given.
    [[nodiscard]] model::Op op(model::OpSet set,
                               std::variant<QList<model::NotificationId>, model::UpTo> target,
                               model::MaybeInstant at = {});
    model::OpApplied apply(const model::Text &user, model::OpSet set, const model::NotificationId &id,
                           model::MaybeInstant at = {});

    ports::InboxPage list(ports::InboxQuery query);
    ports::InboxPage list(const model::Text &user, ports::ListState state = ports::ListState::Active);
    std::vector<model::Text> titles(const model::Text &user,
                                    ports::ListState state = ports::ListState::Active);
    std::vector<model::Text> search(const model::Text &user, const model::Text &words);
    model::Result<ports::LogPage> log(const model::Text &user, model::Seq since = 0, int limit = 500);
    ports::LogState state(const model::Text &user);
    ports::DueBatch due(int limit = 100);
    /// One step on the way through this shelf; the next one goes on where it stopped.
    model::Result<ports::Swept> sweep(ports::SweepStep step);
    /// Everything that is over its time now; how much that was.
    int sweepAll(const ports::Keeping &keeping = {}, int limit = 64);
    int settle(std::vector<ports::Settle> items);
    int settleAll();
    ports::Backlogs backlogs();

private:
    ports::Store &m_store;
    runtime::FakeClock &m_clock;
    runtime::Loop m_home;
    int m_ops = 0;
};
} // namespace belfry::store
