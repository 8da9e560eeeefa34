#include "schedule/job_runner.h"

#include "cache/memory_cache.h"
#include "support/fake_store.h"
#include "support/wait_until.h"

#include <QRegularExpression>
#include <QTest>

using namespace belfry;

namespace {
struct JobWorld
{
    runtime::FakeClock clock;
    test::FakeStore store;
    cache::MemoryCache cache{{}, clock};
    service::Changes changes{store, cache};
    service::PreferenceSource preferences{store, cache, changes};
    schedule::ScheduleProbe probe;
    runtime::Loop control;
    service::CategoryBook categories{store};
    service::WebhookBook webhooks{store, categories};
    schedule::DueQueue due{control, store, preferences, webhooks, clock, probe};
    schedule::JobRunner runner{control, store, due, webhooks, clock, probe};
};
} // namespace

class TestJobRunner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finishesInStepsAfterARestart();
    void wakesByAcceptance();
    void jobDuringAStepIsNotMissed();
    void decidesByTheRules();
    void scheduledOnesAreFound();
    void retries();
    void stops();
};

void TestJobRunner::finishesInStepsAfterARestart()
{
    JobWorld w;
    w.store.jobRecipientsLeft = 1'201;
    w.runner.start();
    QVERIFY(test::waitUntil([&] { return w.store.jobSteps.size() == 4; }));
    QCOMPARE(w.store.jobSteps, std::vector<int>(4, 500));
    QVERIFY(test::waitUntil([&] { return w.probe.jobRecipients.value() == 1'201; }));
    QCOMPARE(w.probe.jobSteps.value(), 3u);
}

void TestJobRunner::wakesByAcceptance()
{
    JobWorld w;
    w.runner.start();
    QVERIFY(test::waitUntil([&] { return w.store.jobSteps.size() == 1; }));
    w.store.jobRecipientsLeft = 3;
    w.runner.jobAdded();
    QVERIFY(test::waitUntil([&] { return w.probe.jobRecipients.value() == 3; }));
}

void TestJobRunner::jobDuringAStepIsNotMissed()
{
    JobWorld w;
    w.runner.start(); // its first step is under way and will answer 0
    w.store.jobRecipientsLeft = 3;
    w.runner.jobAdded();
    QVERIFY(test::waitUntil([&] { return w.probe.jobRecipients.value() == 3; }));
}

void TestJobRunner::decidesByTheRules()
{
    JobWorld w;
    w.runner.start();
    QVERIFY(test::waitUntil([&] { return bool(w.store.lastDecide); }));
    model::Preferences off;
    off.matrix["*"].byChannel[std::size_t(model::Channel::Toast)] = false;
    const ports::Recipient one = w.store.lastDecide({"ada"}, off, {});
    QCOMPARE(one.user.text, "ada");
    QVERIFY(one.inApp && !one.toast);
    QVERIFY(!one.id.isNull());
    model::Content own;
    own.actorId = "ada";
    QCOMPARE(w.store.lastDecide({"ada"}, {}, own).reason, model::SuppressReason::OwnAction);
    QVERIFY(w.store.lastDecide({"bob"}, {}, {}).id != one.id);
}

void TestJobRunner::scheduledOnesAreFound()
{
    JobWorld w;
    w.due.start();
    QVERIFY(test::waitUntil([&] { return w.store.dueReads == 1; }));
    w.store.jobRecipientsLeft = 3;
    w.runner.start();
    QVERIFY(test::waitUntil([&] { return w.store.dueReads >= 2; }));
}

void TestJobRunner::retries()
{
    JobWorld w;
    w.store.jobRecipientsLeft = 3;
    w.store.failWith = model::Error{model::ErrorCode::Unavailable, "away", {}, {}};
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("wait for the store")));
    QTest::ignoreMessage(QtInfoMsg, QRegularExpression(QStringLiteral("go on")));
    w.runner.start();
    QVERIFY(test::waitUntil([&] { return w.probe.failures.value() == 1; }));
    w.store.failWith.reset();
    QVERIFY(test::waitUntil([&] { return w.probe.jobRecipients.value() == 3; }));
}

void TestJobRunner::stops()
{
    JobWorld w;
    w.runner.start();
    QVERIFY(test::waitUntil([&] { return w.store.jobSteps.size() == 1; }));
    w.runner.stop();
    w.store.jobRecipientsLeft = 3;
    w.runner.jobAdded();
    bool turned = false;
    w.control.post([&turned] { turned = true; });
    QVERIFY(test::waitUntil([&] { return turned; }));
    QCOMPARE(w.store.jobSteps.size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TestJobRunner)
#include "tst_job_runner.moc"
