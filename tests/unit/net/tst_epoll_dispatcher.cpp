#include "net/epoll_dispatcher.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThread>
#include <QTimer>
#include <fcntl.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace belfry::net;

namespace {
/// Two ends that are closed in the end.
struct Pair
{
    Pair()
    {
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) != 0)
            qFatal("no socket pair");
    }
    ~Pair()
    {
        ::close(ends[0]);
        ::close(ends[1]);
    }
    void say() const { QCOMPARE(::write(ends[1], "x", 1), 1); }
    void hear() const
    {
        char c = 0;
        QCOMPARE(::read(ends[0], &c, 1), 1);
    }
    int ends[2];
};

void turn()
{
    QCoreApplication::processEvents();
}
} // namespace

class TestEpollDispatcher final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(qobject_cast<EpollDispatcher *>(QAbstractEventDispatcher::instance())); }

    void aReadNotifierTellsAsLongAsThereIsSomething()
    {
        const Pair pair;
        int told = 0;
        QSocketNotifier notifier(pair.ends[0], QSocketNotifier::Read);
        connect(&notifier, &QSocketNotifier::activated, this, [&] { ++told; });
        turn();
        QCOMPARE(told, 0);
        pair.say();
        QTRY_VERIFY(told >= 2);
        pair.hear();
        told = 0;
        turn();
        QCOMPARE(told, 0);
    }

    void aDisabledNotifierIsSilent()
    {
        const Pair pair;
        int told = 0;
        QSocketNotifier notifier(pair.ends[0], QSocketNotifier::Read);
        connect(&notifier, &QSocketNotifier::activated, this, [&] { ++told; });
        pair.say();
        notifier.setEnabled(false);
        turn();
        QCOMPARE(told, 0);
        notifier.setEnabled(true);
        QTRY_VERIFY(told > 0);
    }

    void readAndWriteOfOneDescriptorAreTwo()
    {
        const Pair pair;
        int readable = 0;
        int writable = 0;
        QSocketNotifier read(pair.ends[0], QSocketNotifier::Read);
        QSocketNotifier write(pair.ends[0], QSocketNotifier::Write);
        connect(&read, &QSocketNotifier::activated, this, [&] { ++readable; });
        connect(&write, &QSocketNotifier::activated, this, [&] {
            ++writable;
            write.setEnabled(false);
        });
        QTRY_COMPARE(writable, 1);
        turn();
        QCOMPARE(writable, 1);
        QCOMPARE(readable, 0);
        pair.say();
        QTRY_VERIFY(readable > 0);
    }

    void aHangUpIsToldToTheReader()
    {
        auto pair = std::make_unique<Pair>();
        const int mine = ::dup(pair->ends[0]);
        bool ended = false;
        {
            QSocketNotifier notifier(mine, QSocketNotifier::Read);
            connect(&notifier, &QSocketNotifier::activated, this, [&] {
                char c = 0;
                ended = ::read(mine, &c, 1) == 0;
                notifier.setEnabled(false);
            });
            pair.reset();
            QTRY_VERIFY(ended);
        }
        ::close(mine);
    }

    // With interest switched off the kernel would tell of hang-ups all the same, and the loop would spin.
    void aHangUpThatNobodyWatchesDoesNotSpin()
    {
        auto pair = std::make_unique<Pair>();
        const int mine = ::dup(pair->ends[0]);
        {
            QSocketNotifier notifier(mine, QSocketNotifier::Read);
            turn();
            notifier.setEnabled(false);
            pair.reset();
            int turns = 0;
            const auto counted = connect(QAbstractEventDispatcher::instance(),
                                         &QAbstractEventDispatcher::awake, this, [&] { ++turns; });
            QTest::qWait(30);
            disconnect(counted);
            QVERIFY2(turns < 50, qPrintable(QString::number(turns)));
        }
        ::close(mine);
    }

    // Closed and opened anew between two waits: the kernel has forgotten what we told it.
    void aDescriptorThatIsUsedAgainIsWatchedAgain()
    {
        const Pair first;
        auto notifier = std::make_unique<QSocketNotifier>(first.ends[0], QSocketNotifier::Read);
        turn();
        const Pair second;
        notifier.reset();
        QCOMPARE(::dup3(second.ends[0], first.ends[0], O_CLOEXEC), first.ends[0]);
        int told = 0;
        QSocketNotifier again(first.ends[0], QSocketNotifier::Read);
        connect(&again, &QSocketNotifier::activated, this, [&] {
            ++told;
            again.setEnabled(false);
        });
        second.say();
        QTRY_COMPARE(told, 1);
    }

    void aHandlerMayDeleteTheNotifierThatIsNext()
    {
        const Pair one;
        const Pair other;
        int told = 0;
        std::unique_ptr<QSocketNotifier> notifiers[2]{
            std::make_unique<QSocketNotifier>(one.ends[0], QSocketNotifier::Read),
            std::make_unique<QSocketNotifier>(other.ends[0], QSocketNotifier::Read),
        };
        for (int i = 0; i < 2; ++i) {
            connect(notifiers[i].get(), &QSocketNotifier::activated, this, [&, i] {
                ++told;
                notifiers[1 - i].reset();
            });
        }
        one.say();
        other.say();
        turn();
        QCOMPARE(told, 1);
    }

    void timersFire()
    {
        QList<int> order;
        QTimer::singleShot(20, this, [&] { order.append(20); });
        QTimer::singleShot(5, this, [&] { order.append(5); });
        QTimer::singleShot(0, this, [&] { order.append(0); });
        QTRY_COMPARE(order, (QList<int>{0, 5, 20}));
    }

    void aTimerIsNeverEarly()
    {
        QElapsedTimer clock;
        clock.start();
        qint64 took = 0;
        QTimer::singleShot(std::chrono::milliseconds(15), Qt::PreciseTimer, this,
                           [&] { took = clock.nsecsElapsed(); });
        QTRY_VERIFY(took > 0);
        QVERIFY(took >= 15'000'000);
    }

    void remainingTimeIsTold()
    {
        QTimer timer;
        timer.start(10'000);
        QVERIFY(timer.remainingTime() > 9'000 && timer.remainingTime() <= 10'000);
    }

    void queuedCallsComeFromOtherThreads()
    {
        int called = 0;
        std::thread other([&] {
            for (int i = 0; i < 100; ++i)
                QMetaObject::invokeMethod(
                    this, [&] { ++called; }, Qt::QueuedConnection);
        });
        QEventLoop loop;
        QTimer check;
        connect(&check, &QTimer::timeout, &loop, [&] {
            if (called == 100)
                loop.quit();
        });
        check.start(1);
        loop.exec();
        other.join();
        QCOMPARE(called, 100);
    }

    void aSleepingLoopIsWokenFromAnotherThread()
    {
        QEventLoop loop;
        std::thread other([&] {
            QMetaObject::invokeMethod(
                &loop, [&] { loop.exit(7); }, Qt::QueuedConnection);
        });
        QCOMPARE(loop.exec(), 7); // no timer runs: only the wake-up can end it
        other.join();
    }

    void loopsMayBeNested()
    {
        int inner = 0;
        QEventLoop outer;
        QTimer::singleShot(0, this, [&] {
            QEventLoop nested;
            QTimer::singleShot(1, &nested, [&] {
                ++inner;
                nested.quit();
            });
            nested.exec();
            outer.quit();
        });
        outer.exec();
        QCOMPARE(inner, 1);
    }

    void theHookRunsAfterAllPostedEventsOfTheTurn()
    {
        auto *const dispatcher = static_cast<EpollDispatcher *>(QAbstractEventDispatcher::instance());
        QStringList log;
        QMetaObject::invokeMethod(
            this,
            [&] {
                log.append(QStringLiteral("first"));
                QMetaObject::invokeMethod(
                    this, [&] { log.append(QStringLiteral("posted by it")); }, Qt::QueuedConnection);
            },
            Qt::QueuedConnection);
        dispatcher->setBeforeWait([&] { log.append(QStringLiteral("hook")); });
        turn();
        dispatcher->setBeforeWait({});
        QVERIFY(log.size() >= 3);
        QCOMPARE(log.mid(0, 3), (QStringList{QStringLiteral("first"), QStringLiteral("posted by it"),
                                             QStringLiteral("hook")}));
    }

    void socketNotifiersCanBeLeftOut()
    {
        const Pair pair;
        int told = 0;
        QSocketNotifier notifier(pair.ends[0], QSocketNotifier::Read);
        connect(&notifier, &QSocketNotifier::activated, this, [&] { ++told; });
        pair.say();
        QCoreApplication::processEvents(QEventLoop::ExcludeSocketNotifiers);
        QCOMPARE(told, 0);
        turn();
        QCOMPARE(told, 1);
    }

    void carriesQtsOwnSockets()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        QByteArray echoed;
        connect(&server, &QTcpServer::newConnection, this, [&] {
            QTcpSocket *const peer = server.nextPendingConnection();
            connect(peer, &QTcpSocket::readyRead, peer, [peer] { peer->write(peer->readAll()); });
        });
        QTcpSocket client;
        connect(&client, &QTcpSocket::readyRead, this, [&] { echoed += client.readAll(); });
        client.connectToHost(QHostAddress::LocalHost, server.serverPort());
        const QByteArray sent(1'000'000, 'q'); // more than the kernel takes at once
        client.write(sent);
        QTRY_COMPARE_WITH_TIMEOUT(echoed.size(), sent.size(), 10'000);
    }

    void worksOnAThread()
    {
        QThread thread;
        auto *const dispatcher = new EpollDispatcher;
        thread.setEventDispatcher(dispatcher);
        QObject there;
        there.moveToThread(&thread);
        thread.start();
        std::atomic<int> called{0};
        for (int i = 0; i < 1000; ++i)
            QMetaObject::invokeMethod(
                &there, [&] { ++called; }, Qt::QueuedConnection);
        QTRY_COMPARE(called.load(), 1000);
        thread.quit();
        QVERIFY(thread.wait(5000));
    }
};

int main(int argc, char *argv[])
{
    QCoreApplication::setEventDispatcher(new EpollDispatcher);
    const QCoreApplication app(argc, argv);
    TestEpollDispatcher test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_epoll_dispatcher.moc"
