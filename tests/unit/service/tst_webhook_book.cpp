#include "world.h"

#include <QTest>

using namespace belfry;
using namespace belfry::test;
using model::Channel;
using model::SuppressReason;
using ports::Webhook;

/// Who is told of what (decisions H91).
class TestWebhookBook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fits_data();
    void fits();
    void emptyWithoutWebhooks();
    void knowsAChangeBeforeItsReply();
    void submitsGoTheirWays();
    void liveOnlyOnesDoNot();
    void explains();
    void anOlderReadComesTooLate();
    void followsOtherServers();
    void whatCouldNotBeReadIsReadAgain();
};

namespace {
Webhook hookOf(const QByteArray &user = {}, const QList<QByteArray> &types = {}, bool enabled = true)
{
    Webhook webhook;
    webhook.id = model::Uuid::makeV7({1'700'000'000'000'000});
    webhook.user.text = user;
    webhook.types = types;
    webhook.enabled = enabled;
    return webhook;
}

void loadBook(World &w)
{
    Answer<model::VoidResult> loaded;
    w.services.webhookBook.load(w.home, loaded.reply());
    if (!loaded.wait() || !*loaded)
        qFatal("the book is not loaded");
}

model::Preferences withWebhook(bool on)
{
    model::Preferences preferences;
    preferences.matrix["*"].byChannel[std::size_t(Channel::Webhook)] = on;
    return preferences;
}
} // namespace

void TestWebhookBook::fits_data()
{
    QTest::addColumn<QByteArray>("user");
    QTest::addColumn<QList<QByteArray>>("types");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QList<Channel>>("channels");
    QTest::addColumn<int>("ways");
    const auto row = [](const char *name, const char *user, QList<QByteArray> types, const char *type,
                        QList<Channel> channels, int ways) {
        QTest::newRow(name) << QByteArray(user) << types << QByteArray(type) << channels << ways;
    };
    row("everything", "", {}, "chat", {}, 1);
    row("its user", "ada", {}, "chat", {}, 1);
    row("another user", "bob", {}, "chat", {}, 0);
    row("its type", "", {"news", "chat"}, "chat", {}, 1);
    row("another type", "", {"news"}, "chat", {}, 0);
    row("no type is general", "", {"general"}, "", {}, 1);
    row("named", "", {}, "chat", {Channel::Webhook}, 1);
    row("another channel named", "", {}, "chat", {Channel::Email}, 0);
}

void TestWebhookBook::fits()
{
    QFETCH(QByteArray, user);
    QFETCH(QList<QByteArray>, types);
    QFETCH(QByteArray, type);
    QFETCH(QList<Channel>, channels);
    QFETCH(int, ways);
    World w;
    w.store.registered = {hookOf(user, types), hookOf(user, types, false)};
    loadBook(w);
    model::Content content;
    content.type = type;
    content.channels = channels;
    const auto found = w.services.webhookBook.ways(ada, {}, content);
    QCOMPARE(static_cast<int>(found.size()), ways);
    if (ways > 0)
        QCOMPARE(found[0], (ports::Way{w.store.registered[0].id, SuppressReason::None, "server_default"}));
}

void TestWebhookBook::emptyWithoutWebhooks()
{
    World w;
    QVERIFY(w.services.webhookBook.isEmpty());
    w.store.registered = {hookOf({}, {}, false)};
    loadBook(w);
    QVERIFY(w.services.webhookBook.isEmpty());
    w.store.registered = {hookOf()};
    loadBook(w);
    QVERIFY(!w.services.webhookBook.isEmpty());
}

void TestWebhookBook::knowsAChangeBeforeItsReply()
{
    World w;
    Answer<model::Result<Webhook>> made;
    w.services.webhooks.create(w.home, World::key(), {"https://a.example", {}, {}, {}, true}, made.reply());
    QVERIFY(made.wait());
    QVERIFY(!w.services.webhookBook.isEmpty());
    Answer<model::VoidResult> removed;
    w.services.webhooks.remove(w.home, World::key(), made->value().id, removed.reply());
    QVERIFY(removed.wait());
    QVERIFY(w.services.webhookBook.isEmpty());
}

void TestWebhookBook::submitsGoTheirWays()
{
    World w;
    w.store.registered = {hookOf()};
    loadBook(w);
    w.store.documents[bob] = withWebhook(false);
    service::Submission what;
    what.to = std::vector<model::UserId>{ada, bob};
    what.content.title = "x";
    Answer<model::Result<ports::SubmitResult>> sent;
    w.services.submitter.submit(w.home, World::key(), what, sent.reply());
    QVERIFY(sent.wait());
    const auto &recipients = w.store.submits.at(0).recipients;
    const auto id = w.store.registered[0].id;
    QCOMPARE(recipients[0].ways, (std::vector<ports::Way>{{id, SuppressReason::None, "server_default"}}));
    QCOMPARE(recipients[1].ways, (std::vector<ports::Way>{{id, SuppressReason::Preference, "channel:*"}}));
}

void TestWebhookBook::liveOnlyOnesDoNot()
{
    World w;
    w.store.registered = {hookOf()};
    loadBook(w);
    service::Submission what;
    what.to = ada;
    what.content.title = "x";
    what.times.ttl = std::chrono::seconds(0);
    Answer<model::Result<ports::SubmitResult>> sent;
    w.services.submitter.submit(w.home, World::key(), what, sent.reply());
    QVERIFY(sent.wait());
    QVERIFY(w.store.submits.empty());
}

void TestWebhookBook::explains()
{
    World w;
    const auto decide = [&w](model::Content content) {
        Answer<model::Result<service::Explanation>> explained;
        w.services.explain.explain(w.home, World::key(), ada, std::move(content), {}, explained.reply());
        if (!explained.wait())
            qFatal("no explanation");
        return explained->value().decisions[std::size_t(Channel::Webhook)];
    };
    model::Content asked;
    asked.channels = {Channel::Webhook};
    QCOMPARE(decide(asked).reason, SuppressReason::ChannelNotConfigured);
    w.store.registered = {hookOf("bob")};
    loadBook(w);
    QCOMPARE(decide(asked).reason, SuppressReason::NoEndpoint);
    w.store.registered = {hookOf("ada")};
    loadBook(w);
    QCOMPARE(decide(asked).verdict, domain::Verdict::Deliver);
    QCOMPARE(decide({}).verdict, domain::Verdict::Deliver);
}

void TestWebhookBook::anOlderReadComesTooLate()
{
    World w;
    w.store.holdReads = true;
    Answer<model::VoidResult> early, late;
    w.services.webhookBook.load(w.home, early.reply());
    w.store.registered = {hookOf()};
    w.services.webhookBook.load(w.home, late.reply());
    w.store.heldReads.at(1)();
    QVERIFY(late.wait() && *late);
    w.store.heldReads.at(0)();
    QVERIFY(early.wait() && *early);
    QVERIFY(!w.services.webhookBook.isEmpty());
}

void TestWebhookBook::followsOtherServers()
{
    World w;
    w.store.exclusive = false;
    w.services.webhookBook.follow(w.home, std::chrono::milliseconds(1));
    w.store.registered = {hookOf()};
    QVERIFY(waitUntil([&w] { return !w.services.webhookBook.isEmpty(); }));
    w.home.dropDelayed();
}

void TestWebhookBook::whatCouldNotBeReadIsReadAgain()
{
    World w;
    w.store.registered = {hookOf()};
    w.store.holdReads = true;
    w.services.webhookBook.refresh(w.home, std::chrono::milliseconds(1));
    w.store.failWith = model::Error{model::ErrorCode::Unavailable, "away", {}, {}};
    w.store.heldReads.at(0)();
    QVERIFY(waitUntil([&w] { return w.store.heldReads.size() == 2; }));
    QVERIFY(w.services.webhookBook.isEmpty());
    w.store.failWith.reset();
    w.store.heldReads.at(1)();
    QVERIFY(waitUntil([&w] { return !w.services.webhookBook.isEmpty(); }));
    QCOMPARE(w.store.heldReads.size(), 2u);
}

QTEST_GUILESS_MAIN(TestWebhookBook)
#include "tst_webhook_book.moc"
