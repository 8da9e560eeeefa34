#include "world.h"

#include <QTest>

using namespace belfry;
using namespace belfry::test;
using model::ErrorCode;
using model::Result;
using ports::SubmitOutcome;
using service::Submission;
using std::chrono::seconds;

namespace {
using Answered = Answer<Result<ports::SubmitResult>>;

Submission to(service::Audience audience, const model::Text &title = "hello")
{
    Submission what;
    what.to = std::move(audience);
    what.content.title = title;
    return what;
}

std::vector<model::UserId> people(int count)
{
    std::vector<model::UserId> users;
    for (int i = 0; i < count; ++i)
        users.push_back({"u" + QByteArray::number(i)});
    return users;
}

struct Refused
{
    auth::Principal who;
    Submission what;
    ErrorCode code = ErrorCode::Invalid;
    model::Text pointer;
};
} // namespace
Q_DECLARE_METATYPE(Refused)

class TestSubmitter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void storesOne();
    void cachedPreferencesNeedNoRead();
    void refuses_data();
    void refuses();
    void criticalIsNormalised();
    void leavesOutRepeatedUsers();
    void decidesForEach();
    void ownActionIsSuppressedOrSkipped();
    void scheduledIsDecidedLater();
    void pastScheduleIsNow();
    void unknownUserWhereNoneAreMade();
    void jobsForTopicsAndBroadcasts();
    void batchHasAResultEach();
    void batchReadsPreferencesOnceAndKeepsOrder();
    void batchKeysAreNumbered();
    void batchIsBounded();
    void failuresOfTheStorePassThrough();
};

void TestSubmitter::storesOne()
{
    World w;
    Answered made;
    Submission what = to(ada);
    what.dedupeWindow = std::chrono::hours(2);
    what.renotify = true;
    what.legacyId = true;
    what.traceparent = "00-trace";
    what.idempotency = ports::IdempotencyKey{"key-1 POST", "k", "hash"};
    what.render = [](const ports::SubmitResult &) { return ports::StoredAnswer{201, "t", "b"}; };
    w.services.submitter.submit(w.home, World::key(), std::move(what), made.reply());
    QVERIFY(made.wait());
    QVERIFY(*made);
    QCOMPARE(made->value().items.size(), std::size_t(1));
    QCOMPARE(made->value().items[0].item.seq, model::Seq(1));

    QCOMPARE(w.store.submits.size(), std::size_t(1));
    const ports::Submit &submit = w.store.submits[0];
    QCOMPARE(submit.recipients[0].user, ada);
    QVERIFY(!submit.recipients[0].id.isNull());
    QCOMPARE(submit.recipients[0].rule, "server_default");
    QCOMPARE(submit.event, made->value().event);
    QVERIFY(submit.now == w.clock.now());
    QVERIFY(submit.expiresAt == w.clock.now() + model::days(30));
    QVERIFY(submit.dedupeWindow == std::chrono::hours(2));
    QVERIFY(submit.renotify && submit.legacyId && submit.makeUsers);
    QCOMPARE(submit.traceparent, "00-trace");
    QCOMPARE(submit.content->title, "hello");
    QCOMPARE(submit.content->source, "Cron"); // the key's name
    QCOMPARE(submit.idempotency->key, "k");
    QCOMPARE(submit.render({}).status, 201);
}

void TestSubmitter::cachedPreferencesNeedNoRead()
{
    World w;
    Answered first, second;
    w.services.submitter.submit(w.home, World::key(), to(ada), first.reply());
    QVERIFY(first.wait());
    w.services.submitter.submit(w.home, World::key(), to(ada), second.reply());
    QCOMPARE(w.store.submits.size(), std::size_t(2)); // handed on within the call
    QVERIFY(second.wait());
    QCOMPARE(w.store.preferenceReads, std::vector<std::size_t>{1});
}

void TestSubmitter::refuses_data()
{
    QTest::addColumn<Refused>("refused");
    const auto row = [](const char *name, const auth::Principal &who, Submission what, ErrorCode code,
                        const char *pointer = "") {
        QTest::newRow(name) << Refused{who, std::move(what), code, pointer};
    };
    using auth::Scope;
    Submission critical = to(ada);
    critical.content.critical = true;
    row("no scope", World::person(ada), to(ada), ErrorCode::Forbidden);
    row("critical without its scope", World::key(Scope::NotifyWrite), critical, ErrorCode::Forbidden);
    row("anonymous critical (H08)", World::anonymous(), critical, ErrorCode::Forbidden);
    row("anonymous broadcast (H08)", World::anonymous(), to(service::Everybody{}), ErrorCode::Forbidden);
    row("anonymous topic (H08)", World::anonymous(), to(model::TopicName{"t"}), ErrorCode::Forbidden);
    row("nobody", World::key(), to(std::vector<model::UserId>{}), ErrorCode::Invalid, "/user_ids");
    row("too many users", World::key(), to(people(1'001)), ErrorCode::Invalid, "/user_ids");
    Submission window = to(ada);
    window.dedupeWindow = model::days(7) + seconds(1);
    row("dedupe window over 7 d", World::key(), window, ErrorCode::Invalid, "/dedupe_window");
    window.dedupeWindow = seconds(0);
    row("no dedupe window", World::key(), window, ErrorCode::Invalid, "/dedupe_window");
    Submission times = to(ada);
    times.times.ttl = seconds(-1);
    row("times", World::key(), times, ErrorCode::Invalid, "/ttl");
    Submission live = to(ada);
    live.times.ttl = seconds(0);
    live.content.collapseKey = "c";
    row("live only with a collapse key (H15)", World::key(), live, ErrorCode::Invalid, "/ttl");
}

void TestSubmitter::refuses()
{
    QFETCH(Refused, refused);
    World w;
    Answered made;
    w.services.submitter.submit(w.home, refused.who, refused.what, made.reply());
    QVERIFY(made.has()); // at once
    QVERIFY(!*made);
    QCOMPARE(made->error().code, refused.code);
    QCOMPARE(made->error().fields.value(0).pointer, refused.pointer);
    QVERIFY(w.store.submits.empty() && w.store.jobs.empty());
}

void TestSubmitter::criticalIsNormalised()
{
    World w;
    Answered made;
    Submission what = to(ada);
    what.content.critical = true;
    what.content.urgency = model::Urgency::Low;
    w.services.submitter.submit(w.home, World::key(), std::move(what), made.reply());
    QVERIFY(made.wait());
    QCOMPARE(w.store.submits[0].content->urgency, model::Urgency::High);
    QVERIFY(w.store.submits[0].content->ackRequired);
}

void TestSubmitter::leavesOutRepeatedUsers()
{
    World w;
    Answered made;
    w.services.submitter.submit(w.home, World::key(), to(std::vector{ada, bob, ada}), made.reply());
    QVERIFY(made.wait());
    QCOMPARE(made->value().items.size(), std::size_t(2));
    QCOMPARE(made->value().items[0].item.user, ada);
    QCOMPARE(made->value().items[1].item.user, bob);
    QCOMPARE(w.store.preferenceReads, std::vector<std::size_t>{2});
}

void TestSubmitter::decidesForEach()
{
    World w;
    w.store.documents[ada] = withInboxOff();
    w.store.documents[bob] = withToastOff();
    Answered made;
    w.services.submitter.submit(w.home, World::key(), to(std::vector{ada, bob}), made.reply());
    QVERIFY(made.wait());
    const auto &recipients = w.store.submits[0].recipients;
    QVERIFY(!recipients[0].inApp);
    QCOMPARE(recipients[0].reason, model::SuppressReason::Preference);
    QVERIFY(recipients[1].inApp && !recipients[1].toast);
    QVERIFY(recipients[0].id != recipients[1].id);
}

void TestSubmitter::ownActionIsSuppressedOrSkipped()
{
    World w;
    Submission own = to(ada);
    own.content.actorId = "ada";
    Answered suppressed;
    w.services.submitter.submit(w.home, World::key(), own, suppressed.reply());
    QVERIFY(suppressed.wait());
    QCOMPARE(w.store.submits[0].recipients[0].reason, model::SuppressReason::OwnAction);
    QVERIFY(!w.store.submits[0].recipients[0].inApp);

    own.ownAction = service::OwnAction::Skip;
    own.idempotency = ports::IdempotencyKey{"scope ", "k", "hash"};
    own.render = [](const ports::SubmitResult &result) {
        return ports::StoredAnswer{200, "t", QByteArray::number(int(result.items.size()))};
    };
    Answered skipped;
    w.services.submitter.submit(w.home, World::key(), own, skipped.reply());
    QVERIFY(skipped.wait());
    QVERIFY(skipped->value().items.empty());
    QCOMPARE(w.store.submits.size(), std::size_t(1));      // nothing made
    QCOMPARE(w.store.answers["scope k"].second.body, "0"); // but the answer is kept

    own.to = std::vector{ada, bob};
    own.idempotency.reset();
    Answered others;
    w.services.submitter.submit(w.home, World::key(), own, others.reply());
    QVERIFY(others.wait());
    QCOMPARE(others->value().items.size(), std::size_t(1));
    QCOMPARE(others->value().items[0].item.user, bob);
}

void TestSubmitter::scheduledIsDecidedLater()
{
    World w;
    w.store.documents[ada] = withInboxOff();
    std::vector<model::Instant> alarms;
    w.services.submitter.setAlarms({[&alarms](model::Instant at) { alarms.push_back(at); }, {}});
    Submission what = to(ada);
    const model::Instant due = w.clock.now() + std::chrono::hours(1);
    what.times.scheduledFor = due;
    Answered made;
    w.services.submitter.submit(w.home, World::key(), std::move(what), made.reply());
    QVERIFY(alarms.empty()); // not before it is durable
    QVERIFY(made.wait());
    QCOMPARE(made->value().items[0].outcome, SubmitOutcome::Scheduled);
    QVERIFY(w.store.submits[0].scheduledFor == due);
    QVERIFY(alarms == std::vector{due});
}

void TestSubmitter::pastScheduleIsNow()
{
    World w;
    Submission what = to(ada);
    what.times.scheduledFor = w.clock.now() - seconds(1);
    Answered made;
    w.services.submitter.submit(w.home, World::key(), std::move(what), made.reply());
    QVERIFY(made.wait());
    QVERIFY(!w.store.submits[0].scheduledFor);
}

void TestSubmitter::unknownUserWhereNoneAreMade()
{
    service::Settings settings;
    settings.usersOnFirstUse = false;
    World w(settings);
    Answered nobody, some;
    w.services.submitter.submit(w.home, World::key(), to(ada), nobody.reply());
    QVERIFY(nobody.wait());
    QVERIFY(!*nobody);
    QCOMPARE(nobody->error().code, ErrorCode::NotFound);
    QVERIFY(!w.store.submits[0].makeUsers);

    w.store.knownPeople[bob] = {bob, "Bob", {}, {}, {}};
    w.services.submitter.submit(w.home, World::key(), to(std::vector{ada, bob}), some.reply());
    QVERIFY(some.wait());
    QVERIFY(*some);
    QCOMPARE(some->value().items[0].outcome, SubmitOutcome::UnknownUser);
    QCOMPARE(some->value().items[1].outcome, SubmitOutcome::Created);
}

void TestSubmitter::jobsForTopicsAndBroadcasts()
{
    World w;
    int woken = 0;
    w.services.submitter.setAlarms({{}, [&woken] { ++woken; }});
    Answered topic, broadcast;
    w.services.submitter.submit(w.home, World::key(), to(model::TopicName{"news"}), topic.reply());
    w.services.submitter.submit(w.home, World::key(), to(service::Everybody{}), broadcast.reply());
    QVERIFY(topic.wait() && broadcast.wait());
    QCOMPARE(w.store.jobs.size(), std::size_t(2));
    QCOMPARE(w.store.jobs[0].topic.text, "news");
    QVERIFY(w.store.jobs[1].topic.isEmpty());
    QCOMPARE(w.store.jobs[0].submit.content->title, "hello");
    QVERIFY(w.store.jobs[0].submit.recipients.empty());
    QCOMPARE(topic->value().event, w.store.jobs[0].event);
    QVERIFY(topic->value().items.empty());
    QCOMPARE(woken, 2);
}

void TestSubmitter::batchHasAResultEach()
{
    World w;
    w.store.failSubmitTo = bob;
    std::vector<Submission> items{to(ada), to(std::vector<model::UserId>{}), to(bob),
                                  to(service::Everybody{}), to(std::vector{ada, bob})};
    items.push_back(to(ada));
    items.back().times.ttl = seconds(0);
    Answer<service::Submitter::BatchResult> results;
    w.services.submitter.submitBatch(w.home, World::key(), std::move(items), results.reply());
    QVERIFY(results.wait());
    QCOMPARE(results->size(), std::size_t(6));
    QCOMPARE((*results)[0]->items[0].item.user, ada);
    QCOMPARE((*results)[1].error().code, ErrorCode::Invalid);
    QCOMPARE((*results)[2].error().code, ErrorCode::Overloaded);
    QVERIFY((*results)[3] && (*results)[3]->items.empty());
    QCOMPARE((*results)[4]->items.size(), std::size_t(2));
    QCOMPARE((*results)[5]->items[0].item.state, model::State::Expired);
}

void TestSubmitter::batchReadsPreferencesOnceAndKeepsOrder()
{
    World w;
    std::vector<Submission> items;
    const auto users = people(700);
    for (const model::UserId &user : users)
        items.push_back(to(user));
    Answer<service::Submitter::BatchResult> results;
    w.services.submitter.submitBatch(w.home, World::key(), std::move(items), results.reply());
    QVERIFY(results.wait());
    QCOMPARE(w.store.preferenceReads, std::vector<std::size_t>{700});
    QCOMPARE(w.store.submits.size(), users.size());
    for (std::size_t i = 0; i < users.size(); ++i)
        QCOMPARE(w.store.submits[i].recipients[0].user, users[i]);
}

void TestSubmitter::batchKeysAreNumbered()
{
    World w;
    std::vector<Submission> items{to(ada), to(bob)};
    for (Submission &item : items)
        item.idempotency = ports::IdempotencyKey{"scope", "k", "hash"};
    Answer<service::Submitter::BatchResult> results;
    w.services.submitter.submitBatch(w.home, World::key(), std::move(items), results.reply());
    QVERIFY(results.wait());
    QCOMPARE(w.store.submits[0].idempotency->key, "k#0");
    QCOMPARE(w.store.submits[1].idempotency->key, "k#1");
}

void TestSubmitter::batchIsBounded()
{
    World w;
    Answer<service::Submitter::BatchResult> tooMany, none;
    w.services.submitter.submitBatch(w.home, World::key(), std::vector<Submission>(1'001, to(ada)),
                                     tooMany.reply());
    QVERIFY(tooMany.has());
    QCOMPARE(tooMany->size(), std::size_t(1'001));
    QCOMPARE((*tooMany)[0].error().code, ErrorCode::Invalid);
    w.services.submitter.submitBatch(w.home, World::key(), {}, none.reply());
    QVERIFY(none.has());
    QVERIFY(none->empty());
    QVERIFY(w.store.submits.empty());
}

void TestSubmitter::failuresOfTheStorePassThrough()
{
    World w;
    w.store.failWith = model::Error{ErrorCode::Unavailable, "away", {}, seconds(1)};
    Answered one;
    Answer<service::Submitter::BatchResult> batch;
    w.services.submitter.submit(w.home, World::key(), to(ada), one.reply());
    w.services.submitter.submitBatch(w.home, World::key(), {to(ada), to(bob)}, batch.reply());
    QVERIFY(one.wait() && batch.wait());
    QCOMPARE(one->error().code, ErrorCode::Unavailable);
    QCOMPARE((*batch)[1].error().code, ErrorCode::Unavailable);
}

QTEST_GUILESS_MAIN(TestSubmitter)
#include "tst_submitter.moc"
