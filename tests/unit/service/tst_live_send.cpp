#include "world.h"

#include <QTest>

using namespace belfry;
using namespace belfry::test;
using model::Alert;
using model::State;
using ports::SubmitOutcome;
using service::Submission;

namespace {
class Listener final : public ports::NewsListener
{
public:
    void news(const std::shared_ptr<const ports::CommittedBatch> &) override {}
    void reread(const std::vector<model::UserId> &) override {}
    void liveOnly(const ports::LiveOnly &message) override { messages.push_back(message); }
    std::vector<ports::LiveOnly> messages;
};

struct LiveWorld : World
{
    explicit LiveWorld(service::Settings settings = {})
        : World(std::move(settings))
    {
        fanout.add(home, listener);
    }
    ~LiveWorld() { fanout.remove(listener); }
    Listener listener;
    Answer<model::Result<ports::SubmitResult>> made;

    void send(service::Audience to, Submission what = {})
    {
        what.to = std::move(to);
        what.times.ttl = std::chrono::seconds(0);
        services.submitter.submit(home, key(), std::move(what), made.reply());
    }
};
} // namespace

/// Submissions with ttl 0 (decisions H15, H81).
class TestLiveSend : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void toOneWhoIsConnected();
    void toOneWhoIsAway();
    void followsPreferences();
    void toSeveral();
    void broadcastWithinTheCall();
    void broadcastFollowsPreferences();
    void broadcastFollowsTheCategory();
    void broadcastLeavesTheActorOut();
    void broadcastHearsOfOtherNodes();
    void toATopic();
    void unknownTopic();
    void unknownUserWhereNoneAreMade();
    void ownActionSkipped();
    void keepsTheAnswer();
};

void TestLiveSend::toOneWhoIsConnected()
{
    LiveWorld w;
    w.fanout.connected(ada, 1);
    Submission what;
    what.content.urgency = model::Urgency::Low;
    what.traceparent = "00-t";
    w.send(ada, what);
    QVERIFY(w.made.wait());
    const ports::SubmittedItem &item = w.made->value().items[0];
    QCOMPARE(item.outcome, SubmitOutcome::Created);
    QCOMPARE(item.item.state, State::Done);
    QCOMPARE(item.item.seq, model::Seq(0));
    QCOMPARE(w.listener.messages.size(), std::size_t(1));
    const ports::LiveOnly &message = w.listener.messages[0];
    QCOMPARE(message.users, std::vector{ada});
    QCOMPARE(message.alert, Alert::Silent);
    QCOMPARE(message.item->id, item.item.id);
    QCOMPARE(message.item->user, ada);
    QCOMPARE(message.item->traceparent, "00-t");
    QVERIFY(w.store.submits.empty()); // not stored
}

void TestLiveSend::toOneWhoIsAway()
{
    LiveWorld w;
    w.send(ada);
    QVERIFY(w.made.wait());
    QCOMPARE(w.made->value().items[0].item.state, State::Expired);
    QVERIFY(w.listener.messages.empty());
}

void TestLiveSend::followsPreferences()
{
    LiveWorld w;
    w.store.documents[ada] = withInboxOff();
    w.store.documents[bob] = withToastOff();
    w.fanout.connected(ada, 1);
    w.fanout.connected(bob, 1);
    w.send(std::vector{ada, bob});
    QVERIFY(w.made.wait());
    QCOMPARE(w.made->value().items[0].outcome, SubmitOutcome::Suppressed);
    QCOMPARE(w.listener.messages.size(), std::size_t(1));
    QCOMPARE(w.listener.messages[0].users, std::vector{bob});
    QCOMPARE(w.listener.messages[0].alert, Alert::None);
}

void TestLiveSend::toSeveral()
{
    LiveWorld w;
    w.fanout.connected(bob, 1);
    w.send(std::vector{ada, bob});
    QVERIFY(w.made.wait());
    const auto &items = w.made->value().items;
    QCOMPARE(items[0].item.state, State::Expired);
    QCOMPARE(items[1].item.state, State::Done);
    QVERIFY(items[0].item.id != items[1].item.id);
}

void TestLiveSend::broadcastWithinTheCall()
{
    LiveWorld w;
    w.send(service::Everybody{});
    QVERIFY(w.made.has());
    QVERIFY(w.made->value().items.empty());
    QCOMPARE(w.listener.messages.size(), std::size_t(1));
    QVERIFY(w.listener.messages[0].users.empty());
    QCOMPARE(w.listener.messages[0].alert, Alert::Sound);
    QVERIFY(w.listener.messages[0].item->user.isEmpty());
    QVERIFY(w.store.jobs.empty());
}

void TestLiveSend::broadcastFollowsPreferences()
{
    LiveWorld w;
    const model::UserId cid{"cid"};
    w.store.documents[bob] = withToastOff();
    w.store.documents[cid] = withInboxOff();
    for (const model::UserId &user : {ada, bob, cid})
        w.fanout.connected(user, 1);
    const auto heard = [&w] {
        w.made = {};
        w.listener.messages.clear();
        w.send(service::Everybody{});
        return w.made.wait() ? w.listener.messages : std::vector<ports::LiveOnly>{};
    };
    auto messages = heard();
    QCOMPARE(messages.size(), std::size_t(2));
    std::sort(messages[0].except.begin(), messages[0].except.end());
    QCOMPARE(messages[0].except, (std::vector{bob, cid}));
    QCOMPARE(messages[0].alert, Alert::Sound);
    QCOMPARE(messages[1].users, std::vector{bob});
    QCOMPARE(messages[1].alert, Alert::None);
    QCOMPARE(messages[1].item->id, messages[0].item->id);
    QCOMPARE(w.store.preferenceReads, std::vector<std::size_t>{3}); // who is new

    w.fanout.connected(cid, -1);
    QCOMPARE(heard()[0].except, std::vector{bob});
    w.store.documents[ada] = withInboxOff();
    w.store.documents[bob] = {};
    for (const model::UserId &user : {ada, bob}) {
        const auto batch = commitOf(user, 1, model::ChangeKind::Preferences);
        w.services.changes.committed(batch);
        w.fanout.publish(batch);
    }
    messages = heard();
    QCOMPARE(messages.size(), std::size_t(1));
    QCOMPARE(messages[0].except, std::vector{ada});
    QCOMPARE(w.store.preferenceReads, (std::vector<std::size_t>{3, 2}));
}

void TestLiveSend::broadcastFollowsTheCategory()
{
    LiveWorld w;
    ports::Category quiet;
    quiet.name = "quiet";
    quiet.channels.byChannel[std::size_t(model::Channel::Toast)] = false;
    ports::Category none;
    none.name = "none";
    none.channels.any = false;
    w.store.kinds = {{"quiet", quiet}, {"none", none}};
    Answer<model::VoidResult> loaded;
    w.services.categoryBook.load(w.home, loaded.reply());
    QVERIFY(loaded.wait());
    Submission what;
    what.content.type = "quiet";
    w.send(service::Everybody{}, what);
    QVERIFY(w.made.has());
    QCOMPARE(w.listener.messages.size(), std::size_t(1));
    QCOMPARE(w.listener.messages[0].alert, Alert::None);
    LiveWorld other;
    other.store.kinds = w.store.kinds;
    Answer<model::VoidResult> again;
    other.services.categoryBook.load(other.home, again.reply());
    QVERIFY(again.wait());
    what.content.type = "none";
    other.send(service::Everybody{}, what);
    QVERIFY(other.made.has());
    QVERIFY(other.listener.messages.empty());
}

void TestLiveSend::broadcastLeavesTheActorOut()
{
    LiveWorld w;
    Submission what;
    what.content.actorId = "ada";
    w.send(service::Everybody{}, what);
    QVERIFY(w.made.has());
    QCOMPARE(w.listener.messages[0].except, std::vector{ada});
}

void TestLiveSend::broadcastHearsOfOtherNodes()
{
    LiveWorld w;
    w.store.exclusive = false;
    w.fanout.connected(ada, 1);
    w.send(service::Everybody{});
    QVERIFY(w.made.wait());
    w.store.documents[ada] = withInboxOff(); // another node wrote it
    w.cache.dropPreferences(ada);            // its time is over
    w.clock.advance(std::chrono::seconds(2));
    w.made = {};
    w.send(service::Everybody{});
    QVERIFY(w.made.wait());
    QCOMPARE(w.listener.messages.back().except, std::vector{ada});
}

void TestLiveSend::toATopic()
{
    LiveWorld w;
    std::vector<model::UserId> &subscribers = w.store.topicUsers[{"news"}];
    for (int i = 0; i < 600; ++i)
        subscribers.push_back({"u" + QByteArray::number(i)});
    subscribers.push_back(ada);
    subscribers.push_back(bob);
    w.store.documents[bob] = withToastOff();
    w.fanout.connected({"u3"}, 1);
    w.fanout.connected(ada, 1);
    w.fanout.connected(bob, 1);
    w.send(model::TopicName{"news"});
    QVERIFY(w.made.wait());
    QVERIFY(*w.made);
    QCOMPARE(w.listener.messages.size(), std::size_t(3));
    QCOMPARE(w.listener.messages[0].users, std::vector{model::UserId{"u3"}});
    QCOMPARE(w.listener.messages[1].users, std::vector{bob});
    QCOMPARE(w.listener.messages[1].alert, Alert::None);
    QCOMPARE(w.listener.messages[2].users, std::vector{ada});
    QCOMPARE(w.listener.messages[2].alert, Alert::Sound);
    QCOMPARE(w.listener.messages[0].item->id, w.listener.messages[2].item->id);
}

void TestLiveSend::unknownTopic()
{
    LiveWorld w;
    w.send(model::TopicName{"nothing"});
    QVERIFY(w.made.wait());
    QCOMPARE(w.made->error().code, model::ErrorCode::NotFound);
}

void TestLiveSend::unknownUserWhereNoneAreMade()
{
    service::Settings settings;
    settings.usersOnFirstUse = false;
    LiveWorld w(settings);
    w.send(ada);
    QVERIFY(w.made.wait());
    QCOMPARE(w.made->error().code, model::ErrorCode::NotFound);
}

void TestLiveSend::ownActionSkipped()
{
    LiveWorld w;
    w.fanout.connected(ada, 1);
    Submission what;
    what.content.actorId = "ada";
    what.ownAction = service::OwnAction::Skip;
    w.send(ada, what);
    QVERIFY(w.made.wait());
    QVERIFY(w.made->value().items.empty());
    QVERIFY(w.listener.messages.empty());
}

void TestLiveSend::keepsTheAnswer()
{
    LiveWorld w;
    Submission what;
    what.idempotency = ports::IdempotencyKey{"scope ", "k", "hash"};
    what.render = [](const ports::SubmitResult &) { return ports::StoredAnswer{202, "t", "kept"}; };
    w.send(service::Everybody{}, what);
    QVERIFY(!w.made.has());
    QVERIFY(w.made.wait());
    QCOMPARE(w.store.answers["scope k"].second.body, "kept");
}

QTEST_GUILESS_MAIN(TestLiveSend)
#include "tst_live_send.moc"
