#include "bus/local_bus.h"
#include "cache/local_fanout.h"
#include "cache/memory_cache.h"
#include "schedule/job_runner.h"
#include "service/services.h"
#include "store/open_store.h"
#include "support/answer.h"

#include <QTest>

using namespace belfry;
using model::ErrorCode;
using model::Result;
using model::State;
using ports::SubmitOutcome;
using service::Submission;
using std::chrono::seconds;
using test::Answer;

namespace {
const model::UserId ada{"ada"};
const model::UserId bob{"bob"};

store::StoreOptions inMemory()
{
    store::StoreOptions options;
    options.url = "memory:";
    return options;
}

const auth::Principal &key()
{
    static const auth::Principal all{auth::Principal::Kind::Key, "k", "Tests", {}, auth::allScopes, {}};
    return all;
}

/// The server without its ways in, wired as the daemon wires it.
struct House
{
    House()
    {
        bus.addConsumer([this](const auto &batch) { services.changes.committed(batch); });
        bus.addConsumer([this](const auto &batch) { due.committed(*batch); });
        bus.addConsumer([this](const auto &batch) { fanout.publish(batch); });
        store->setCommitListener(&bus);
        services.submitter.setAlarms(
            {[this](model::Instant at) { due.dueAt(at); }, [this] { jobs.jobAdded(); }});
        started = store->start().has_value();
        due.start();
        jobs.start();
    }
    ~House()
    {
        due.stop();
        jobs.stop();
        store->stop();
    }

    Result<ports::SubmitResult> submit(service::Audience to, Submission what = {})
    {
        what.to = std::move(to);
        Answer<Result<ports::SubmitResult>> made;
        services.submitter.submit(home, key(), std::move(what), made.reply());
        if (!made.wait())
            return model::fail(ErrorCode::Timeout, "no answer");
        return std::move(*made);
    }
    model::Notification item(model::NotificationId id)
    {
        Answer<Result<model::Notification>> found;
        store->inbox().item(home, id, found.reply());
        return found.wait() ? found->value() : model::Notification{};
    }
    std::vector<model::Notification> list(const model::UserId &user)
    {
        Answer<Result<ports::InboxPage>> page;
        services.reading.list(home, key(), user, {}, page.reply());
        return page.wait() ? page->value().items : std::vector<model::Notification>{};
    }
    ports::LogState counts(const model::UserId &user)
    {
        Answer<Result<ports::LogState>> state;
        services.reading.counts(home, key(), user, state.reply());
        return state.wait() ? state->value() : ports::LogState{};
    }
    bool putPreferences(const model::UserId &user, const model::Preferences &document)
    {
        Answer<Result<ports::StoredPreferences>> stored;
        services.preferences.put(home, key(), user, document, {}, stored.reply());
        return stored.wait() && *stored;
    }
    [[nodiscard]] bool waitForState(model::NotificationId id, State state)
    {
        return test::waitUntil([&] { return item(id).state == state; });
    }

    runtime::FakeClock clock;
    runtime::Loop home;
    std::unique_ptr<ports::Store> store = store::openStore(inMemory(), clock);
    cache::MemoryCache cache{{}, clock};
    cache::LocalFanout fanout;
    bus::LocalBus bus;
    auth::Authenticator authenticator{{}, cache, clock};
    service::Services services{*store, cache, fanout, authenticator, clock, {}};
    schedule::ScheduleProbe probe;
    schedule::DueQueue due{home, *store, services.preferenceSource, services.webhookBook, clock, probe};
    schedule::JobRunner jobs{home, *store, due, services.webhookBook, clock, probe};
    bool started = false;
};
} // namespace

/// The use cases on a real store, with bus, cache and schedule as they are in the daemon.
class TestUseCases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void storesAndCounts();
    void changedPreferencesCountAtOnce();
    void headInMemoryIsTheStores();
    void idempotentSubmit();
    void idempotentBatchAfterACrash();
    void scheduledRelease();
    void scheduledReleaseUnderNewPreferences();
    void cancelledIsNotReleased();
    void expires();
    void snoozeEnds();
    void broadcast();
    void scheduledBroadcast();
    void topic();
    void ownAction();
    void legacyList();
    void dailyReminder();
};

void TestUseCases::storesAndCounts()
{
    House house;
    QVERIFY(house.started);
    const auto made = house.submit(std::vector{ada, bob, ada});
    QVERIFY(made);
    QCOMPARE(made->items.size(), std::size_t(2));
    QCOMPARE(made->items[0].item.seq, model::Seq(1));
    QCOMPARE(house.list(ada).size(), std::size_t(1));
    QCOMPARE(house.counts(bob).counts.unread, 1);
}

void TestUseCases::changedPreferencesCountAtOnce()
{
    House house;
    QVERIFY(house.submit(ada)); // now cached
    model::Preferences off;
    off.matrix["*"].byChannel[0] = false;
    QVERIFY(house.putPreferences(ada, off));
    const auto made = house.submit(ada);
    QCOMPARE(made->items[0].outcome, SubmitOutcome::Suppressed);
    QCOMPARE(made->items[0].item.seq, model::Seq(0));
    QCOMPARE(house.item(made->items[0].item.id).suppressReason, model::SuppressReason::Preference);
    QCOMPARE(house.list(ada).size(), std::size_t(1));
    QVERIFY(house.putPreferences(ada, {}));
    QCOMPARE(house.submit(ada)->items[0].outcome, SubmitOutcome::Created);
}

void TestUseCases::headInMemoryIsTheStores()
{
    House house;
    for (int i = 0; i < 20; ++i)
        QVERIFY(house.submit(ada));
    const auto known = house.services.resume.known(ada);
    QVERIFY(known); // from the commits alone
    Answer<Result<std::vector<ports::LogState>>> states;
    house.store->inbox().logStates(house.home, {ada}, states.reply());
    QVERIFY(states.wait());
    QCOMPARE(known->head, states->value()[0].head);
    QCOMPARE(known->floor, states->value()[0].floor);
    QVERIFY(known->counts == states->value()[0].counts);
}

void TestUseCases::idempotentSubmit()
{
    House house;
    Submission what;
    what.idempotency = ports::IdempotencyKey{"k POST", "once", "hash"};
    what.render = [](const ports::SubmitResult &result) {
        return ports::StoredAnswer{201, "application/json", result.items[0].item.id.toText()};
    };
    const auto first = house.submit(ada, what);
    const auto repeat = house.submit(ada, what);
    QVERIFY(first && !first->replayed);
    QVERIFY(repeat && repeat->replayed);
    QCOMPARE(repeat->replayed->body, first->items[0].item.id.toText());
    QCOMPARE(house.list(ada).size(), std::size_t(1));
    what.idempotency->bodyHash = "other";
    QCOMPARE(house.submit(ada, what).error().code, ErrorCode::IdempotencyReuse);
}

void TestUseCases::idempotentBatchAfterACrash()
{
    House house;
    const auto batch = [](int count) {
        std::vector<Submission> items;
        for (int i = 0; i < count; ++i) {
            Submission what;
            what.to = ada;
            what.idempotency = ports::IdempotencyKey{"k POST batch", "once", "hash"};
            what.render = [](const ports::SubmitResult &) { return ports::StoredAnswer{201, "t", "item"}; };
            items.push_back(std::move(what));
        }
        return items;
    };
    // The crash came when two of three were stored, before the answer of the batch was kept.
    Answer<service::Submitter::BatchResult> before, after;
    house.services.submitter.submitBatch(house.home, key(), batch(2), before.reply());
    QVERIFY(before.wait());
    house.services.submitter.submitBatch(house.home, key(), batch(3), after.reply());
    QVERIFY(after.wait());
    QVERIFY((*after)[0]->replayed && (*after)[1]->replayed);
    QVERIFY(!(*after)[2]->replayed);
    QCOMPARE(house.list(ada).size(), std::size_t(3));
}

void TestUseCases::scheduledRelease()
{
    House house;
    Submission what;
    what.times.scheduledFor = house.clock.now() + seconds(60);
    what.times.ttl = seconds(10);
    const auto made = house.submit(ada, what);
    QCOMPARE(made->items[0].outcome, SubmitOutcome::Scheduled);
    const auto id = made->items[0].item.id;
    QCOMPARE(house.list(ada).size(), std::size_t(0));
    house.clock.advance(seconds(60));
    QVERIFY(test::waitUntil([&] { return house.list(ada).size() == 1; }));
    QCOMPARE(house.item(id).seq, model::Seq(1));
    house.clock.advance(seconds(10)); // ttl counts from due
    QVERIFY(house.waitForState(id, State::Expired));
    QCOMPARE(house.counts(ada).counts.unread, 0);
    QCOMPARE(house.probe.released.value(), 1u);
}

void TestUseCases::scheduledReleaseUnderNewPreferences()
{
    House house;
    Submission what;
    what.times.scheduledFor = house.clock.now() + seconds(60);
    const auto made = house.submit(ada, what);
    model::Preferences off;
    off.matrix["*"].byChannel[0] = false;
    QVERIFY(house.putPreferences(ada, off));
    house.clock.advance(seconds(60));
    QVERIFY(house.waitForState(made->items[0].item.id, State::Suppressed));
    QVERIFY(house.list(ada).empty());
}

void TestUseCases::cancelledIsNotReleased()
{
    House house;
    Submission what;
    what.times.scheduledFor = house.clock.now() + seconds(60);
    const auto id = house.submit(ada, what)->items[0].item.id;
    const auto other = house.submit(bob, what)->items[0].item.id;
    Answer<Result<model::Notification>> cancelled;
    house.services.amendments.cancel(house.home, key(), id, cancelled.reply());
    QVERIFY(cancelled.wait());
    house.clock.advance(seconds(60));
    QVERIFY(test::waitUntil([&] { return house.item(other).createdSeq == 1; }));
    QCOMPARE(house.item(id).state, State::Cancelled);
}

void TestUseCases::expires()
{
    House house;
    Submission what;
    what.times.ttl = seconds(30);
    const auto id = house.submit(ada, what)->items[0].item.id;
    QCOMPARE(house.counts(ada).counts.unseen, 1);
    house.clock.advance(seconds(30));
    QVERIFY(house.waitForState(id, State::Expired));
    QCOMPARE(house.counts(ada).counts.unseen, 0);
    QCOMPARE(house.counts(ada).head, model::Seq(2));
}

void TestUseCases::snoozeEnds()
{
    House house;
    const auto id = house.submit(ada)->items[0].item.id;
    model::Op op;
    op.id.text = "op";
    op.set = model::OpSet::Snooze;
    op.target = QList{id};
    op.until = house.clock.now() + seconds(30);
    Answer<Result<ports::OpsResult>> applied;
    house.services.ops.apply(house.home, key(), ada, {op}, applied.reply());
    QVERIFY(applied.wait() && *applied);
    QVERIFY(house.list(ada).empty());
    house.clock.advance(seconds(30));
    QVERIFY(test::waitUntil([&] { return house.list(ada).size() == 1; }));
}

void TestUseCases::broadcast()
{
    House house;
    std::vector<model::UserId> users;
    for (int i = 0; i < 1'000; ++i)
        users.push_back({"u" + QByteArray::number(i)});
    QVERIFY(house.submit(users));
    model::Preferences off;
    off.matrix["*"].byChannel[0] = false;
    QVERIFY(house.putPreferences(users[5], off));
    Submission what;
    what.content.title = "to all";
    what.content.actorId = "u6";
    QVERIFY(house.submit(service::Everybody{}, what));
    QVERIFY(test::waitUntil([&] { return house.probe.jobRecipients.value() == 1'000; }));
    QVERIFY(test::waitUntil([&] { return house.list(users[999]).size() == 2; }));
    QCOMPARE(house.list(users[0])[0].content.title, "to all");
    QCOMPARE(house.list(users[5]).size(), std::size_t(1));
    QCOMPARE(house.list(users[6]).size(), std::size_t(1)); // one's own
    QVERIFY(house.probe.jobSteps.value() >= 2);
}

void TestUseCases::scheduledBroadcast()
{
    House house;
    QVERIFY(house.submit(ada));
    Submission what;
    what.times.scheduledFor = house.clock.now() + seconds(60);
    QVERIFY(house.submit(service::Everybody{}, what));
    QVERIFY(test::waitUntil([&] { return house.probe.jobRecipients.value() == 1; }));
    QCOMPARE(house.list(ada).size(), std::size_t(1));
    house.clock.advance(seconds(60));
    QVERIFY(test::waitUntil([&] { return house.list(ada).size() == 2; }));
}

void TestUseCases::topic()
{
    House house;
    QCOMPARE(house.submit(model::TopicName{"news"}).error().code, ErrorCode::NotFound);
    Answer<Result<bool>> made;
    Answer<model::VoidResult> subscribed;
    house.services.topics.put(house.home, key(), {"news"}, "News", made.reply());
    house.services.topics.subscribe(house.home, key(), {"news"}, ada, true, subscribed.reply());
    QVERIFY(made.wait() && subscribed.wait() && *subscribed);
    QVERIFY(house.submit(bob));
    QVERIFY(house.submit(model::TopicName{"news"}));
    QVERIFY(test::waitUntil([&] { return house.list(ada).size() == 1; }));
    QCOMPARE(house.list(bob).size(), std::size_t(1)); // the first one only
}

void TestUseCases::ownAction()
{
    House house;
    Submission own;
    own.content.actorId = "ada";
    const auto kept = house.submit(ada, own);
    QCOMPARE(house.item(kept->items[0].item.id).suppressReason, model::SuppressReason::OwnAction);
    own.ownAction = service::OwnAction::Skip;
    QVERIFY(house.submit(ada, own)->items.empty());
    QVERIFY(house.list(ada).empty());
}

void TestUseCases::legacyList()
{
    House house;
    Submission from;
    from.content.actorId = "bob";
    from.legacyId = true;
    QVERIFY(house.submit(ada, from));
    QVERIFY(house.submit(ada));
    Answer<Result<service::LegacyList>> list;
    house.services.reading.legacyList(house.home, key(), ada, {}, list.reply());
    QVERIFY(list.wait() && *list);
    const auto &items = list->value().page.items;
    QCOMPARE(items.size(), std::size_t(2));
    QVERIFY(items[0].legacyId && items[1].legacyId && *items[0].legacyId != *items[1].legacyId);
    QCOMPARE(list->value().people.size(), std::size_t(2));

    Answer<Result<model::Notification>> read;
    house.services.ops.markReadOf(house.home, key(), ada, *items[0].legacyId, read.reply());
    QVERIFY(read.wait() && *read);
    QCOMPARE(house.counts(ada).counts.unread, 1);
}

void TestUseCases::dailyReminder()
{
    House house;
    QVERIFY(house.submit(ada));
    for (int i = 0; i < 2; ++i) {
        Answer<Result<service::Reminders::Sent>> sent;
        house.services.reminders.daily(house.home, key(), ada, sent.reply());
        QVERIFY(sent.wait() && *sent);
        QCOMPARE(sent->value().sent, i == 0 ? 1 : 0);
    }
    QCOMPARE(house.list(ada)[0].content.type, "daily_reminder");
}

QTEST_GUILESS_MAIN(TestUseCases)
#include "tst_use_cases.moc"
