#include "schedule/eraser.h"

#include "support/fake_store.h"
#include "support/wait_until.h"

#include <QRegularExpression>
#include <QTest>

using namespace belfry;
using model::Result;
using runtime::Reply;

namespace {
/// Erasures with so many rows left.
class ErasingStore final : public test::FakeStore, public ports::People
{
public:
    int left = 0;
    int stepsAsked = 0;
    bool webhooksGo = false;
    bool away = false;
    int lastLimit = 0;

    ports::People &people() override { return *this; }

    void stepErasure(runtime::Loop &home, int limit, model::Instant,
                     Reply<Result<ports::ErasureStep>> reply) override
    {
        ++stepsAsked;
        lastLimit = limit;
        Result<ports::ErasureStep> step = ports::ErasureStep{left > 0, webhooksGo};
        if (away)
            step = tl::unexpected(model::Error{model::ErrorCode::Unavailable, "away", {}, {}});
        else
            left = std::max(0, left - limit);
        if (std::exchange(webhooksGo, false))
            registered.clear();
        home.post([reply = std::move(reply), step]() mutable { reply(std::move(step)); });
    }

    void add(runtime::Loop &, ports::NewPerson, ports::AuditEntry, Reply<Result<ports::Person>>) override
    {
        never();
    }
    void change(runtime::Loop &, ports::PersonChange, ports::AuditEntry,
                Reply<Result<ports::Person>>) override
    {
        never();
    }
    void erase(runtime::Loop &, model::UserId, model::Role, ports::AuditEntry,
               Reply<model::VoidResult>) override
    {
        never();
    }
    void find(runtime::Loop &, model::UserId, Reply<Result<ports::Person>>) override { never(); }
    void page(runtime::Loop &, ports::PeopleQuery, Reply<Result<ports::PeoplePage>>) override { never(); }
    void standings(runtime::Loop &, model::Instant, model::Instant, Reply<Result<ports::Standings>>) override
    {
        never();
    }

private:
    [[noreturn]] static void never() { qFatal("the eraser only takes steps"); }
};

struct EraserWorld
{
    runtime::FakeClock clock;
    ErasingStore store;
    schedule::ScheduleProbe probe;
    runtime::Loop control;
    service::CategoryBook categories{store};
    service::WebhookBook webhooks{store, categories};
    schedule::Eraser eraser{control, store, webhooks, clock, probe};
};
} // namespace

class TestEraser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finishesInStepsAfterARestart();
    void wakesWhenAsked();
    void askedDuringAStepIsNotMissed();
    void looksForWhatOthersLeft();
    void webhooksThatWentAreAskedNoMore();
    void retries();
    void stops();
};

void TestEraser::finishesInStepsAfterARestart()
{
    EraserWorld w;
    w.store.left = 120;
    w.eraser.start();
    QVERIFY(test::waitUntil([&] { return w.store.stepsAsked == 4; }));
    QCOMPARE(w.store.left, 0);
    QCOMPARE(w.store.lastLimit, schedule::Eraser::stepSize);
}

void TestEraser::wakesWhenAsked()
{
    EraserWorld w;
    w.eraser.start();
    QVERIFY(test::waitUntil([&] { return w.store.stepsAsked == 1; }));
    w.store.left = 1;
    w.eraser.asked();
    QVERIFY(test::waitUntil([&] { return w.store.left == 0; }));
}

void TestEraser::askedDuringAStepIsNotMissed()
{
    EraserWorld w;
    w.eraser.start(); // its first step is under way and will find nothing
    w.store.left = 1;
    w.eraser.asked();
    QVERIFY(test::waitUntil([&] { return w.store.left == 0; }));
}

void TestEraser::looksForWhatOthersLeft()
{
    EraserWorld w;
    w.store.exclusive = false;
    w.eraser.start();
    QVERIFY(test::waitUntil([&] { return w.store.stepsAsked == 1; }));
    w.store.left = 1; // of a server that died
    QVERIFY(test::waitUntil([&] { return w.store.left == 0; }));
}

void TestEraser::webhooksThatWentAreAskedNoMore()
{
    EraserWorld w;
    ports::Webhook webhook;
    webhook.id = ports::WebhookId::makeV7(w.clock.now());
    webhook.url = "https://app.example";
    w.store.registered.push_back(webhook);
    w.webhooks.load(w.control, [](const model::VoidResult &) {});
    QVERIFY(test::waitUntil([&] { return !w.webhooks.isEmpty(); }));
    w.store.left = 1;
    w.store.webhooksGo = true;
    w.eraser.start();
    QVERIFY(test::waitUntil([&] { return w.webhooks.isEmpty(); }));
}

void TestEraser::retries()
{
    EraserWorld w;
    w.store.left = 1;
    w.store.away = true;
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("erasures wait for the store: \"?away")));
    QTest::ignoreMessage(QtInfoMsg, QRegularExpression(QStringLiteral("erasures go on")));
    w.eraser.start();
    QVERIFY(test::waitUntil([&] { return w.probe.failures.value() == 1; }));
    w.store.away = false;
    QVERIFY(test::waitUntil([&] { return w.store.stepsAsked == 3; })); // failed, worked, found nothing
    QCOMPARE(w.store.left, 0);
}

void TestEraser::stops()
{
    EraserWorld w;
    w.eraser.start();
    QVERIFY(test::waitUntil([&] { return w.store.stepsAsked == 1; }));
    w.eraser.stop();
    w.store.left = 1;
    w.eraser.asked();
    bool turned = false;
    w.control.post([&turned] { turned = true; });
    QVERIFY(test::waitUntil([&] { return turned; }));
    QCOMPARE(w.store.left, 1);
    QCOMPARE(w.store.stepsAsked, 1);
}

QTEST_GUILESS_MAIN(TestEraser)
#include "tst_eraser.moc"
