#include "runtime/loop_thread.h"

#include "support/answer.h"
#include "support/wait_until.h"

#include <QRegularExpression>
#include <QTest>
#include <QThread>
#include <atomic>
#include <pthread.h>
#include <thread>

using namespace belfry;
using namespace Qt::StringLiterals;
using runtime::LoopThread;

class TstLoopThread : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tasksRunOnTheNamedThread();
    void whatIsPostedBeforeTheStartRuns();
    void stopRunsWhatIsPostedAndItsTurnEnd();
    void stopDropsWhatIsDelayed();
    void stopIsIdempotentAndNeedsNoStart();
    void itMayStartAgain();
    void repliesComeHome();
    void stopWaitsForTheThreadLocalData();
};

void TstLoopThread::tasksRunOnTheNamedThread()
{
    LoopThread thread(u"lane"_s);
    thread.start();
    QVERIFY(!thread.loop().isCurrent());
    std::atomic<bool> current = false;
    std::atomic<bool> named = false;
    thread.loop().post([&] {
        named = QThread::currentThread()->objectName() == u"lane"_s;
        current = thread.loop().isCurrent();
    });
    QVERIFY(test::waitUntil([&] { return current.load(); }));
    QVERIFY(named);
}

void TstLoopThread::whatIsPostedBeforeTheStartRuns()
{
    LoopThread thread(u"lane"_s);
    std::atomic<int> ran = 0;
    thread.loop().post([&] { ++ran; });
    thread.start();
    thread.stop();
    QCOMPARE(ran.load(), 1);
}

void TstLoopThread::stopRunsWhatIsPostedAndItsTurnEnd()
{
    LoopThread thread(u"lane"_s);
    thread.start();
    QList<int> ran; // touched by the thread alone until it has ended
    for (int i = 0; i < 100; ++i)
        thread.loop().post([&ran, i] { ran << i; });
    thread.loop().post([&] { thread.loop().atTurnEnd([&] { ran << 100; }); });
    thread.stop();
    QCOMPARE(ran.size(), 101);
    QCOMPARE(ran.last(), 100);
}

void TstLoopThread::stopDropsWhatIsDelayed()
{
    QTest::failOnWarning(
        QRegularExpression(u".*"_s)); // Qt warns of timers that are stopped from another thread
    auto owned = std::make_shared<int>(1);
    const std::weak_ptr<int> watched = owned;
    {
        LoopThread thread(u"lane"_s);
        thread.start();
        thread.loop().post([&thread, held = std::move(owned)]() mutable {
            thread.loop().after(std::chrono::hours(1), [held = std::move(held)] {});
        });
        thread.stop();
        QVERIFY(watched.expired());
    }
}

void TstLoopThread::stopIsIdempotentAndNeedsNoStart()
{
    LoopThread never(u"never"_s);
    never.stop();

    LoopThread thread(u"lane"_s);
    thread.start();
    thread.stop();
    thread.stop();
    bool ran = false;
    thread.loop().post([&] { ran = true; });
    QCoreApplication::processEvents();
    QVERIFY(!ran);
}

void TstLoopThread::itMayStartAgain()
{
    LoopThread thread(u"lane"_s);
    std::atomic<int> ran = 0;
    for (int round = 0; round < 3; ++round) {
        thread.start();
        thread.loop().post([&] { ++ran; });
        thread.stop();
    }
    QCOMPARE(ran.load(), 3);
}

void TstLoopThread::repliesComeHome()
{
    // The pattern of every port: the work on its own thread, the reply on the caller's loop, a move-only
    // value.
    LoopThread worker(u"worker"_s);
    worker.start();
    runtime::Loop home;
    test::Answer<std::unique_ptr<int>> answer;
    worker.loop().post([&home, reply = answer.reply()]() mutable {
        home.post([reply = std::move(reply), value = std::make_unique<int>(42)]() mutable {
            reply(std::move(value));
        });
    });
    QVERIFY(answer.wait());
    QCOMPARE(**answer, 42);
}

void TstLoopThread::stopWaitsForTheThreadLocalData()
{
    // As libraries keep theirs: the kernel's thread is the one that lets go of it, after everything of Qt.
    static std::atomic<int> letGo = 0;
    pthread_key_t key{};
    QCOMPARE(pthread_key_create(&key,
                                [](void *) {
                                    // Without the wait this is long enough to be missed, time after time.
                                    std::this_thread::sleep_for(std::chrono::milliseconds(2));
                                    ++letGo;
                                }),
             0);
    for (int round = 1; round <= 20; ++round) {
        LoopThread thread(u"lane"_s);
        thread.start();
        thread.loop().post([key] { pthread_setspecific(key, &letGo); });
        thread.stop();
        QCOMPARE(letGo.load(), round);
    }
    pthread_key_delete(key);
}

QTEST_GUILESS_MAIN(TstLoopThread)
#include "tst_loop_thread.moc"
