#include "runtime/bounded_queue.h"

#include <QTest>
#include <memory>
#include <thread>

using belfry::runtime::BoundedQueue;

namespace {
template<typename T>
bool push(BoundedQueue<T> &queue, T value)
{
    return queue.tryPush(value);
}
} // namespace

class TstBoundedQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesAllInOrder();
    void fullRefusesAndLeavesTheItem();
    void closedRefusesButGivesWhatIsIn();
    void closeWakesAWaitingConsumer();
    void everyItemOfSeveralProducersArrivesOnce();
};

void TstBoundedQueue::takesAllInOrder()
{
    BoundedQueue<int> queue(8);
    QCOMPARE(queue.capacity(), std::size_t(8));
    for (int i = 0; i < 5; ++i)
        QVERIFY(push(queue, i));
    QCOMPARE(queue.size(), std::size_t(5));
    std::vector<int> out;
    QVERIFY(queue.takeAll(out));
    QCOMPARE(out, (std::vector<int>{0, 1, 2, 3, 4}));
    QCOMPARE(queue.size(), std::size_t(0));
}

void TstBoundedQueue::fullRefusesAndLeavesTheItem()
{
    BoundedQueue<std::unique_ptr<int>> queue(2);
    QVERIFY(push(queue, std::make_unique<int>(1)));
    QVERIFY(push(queue, std::make_unique<int>(2)));
    auto third = std::make_unique<int>(3);
    QVERIFY(!queue.tryPush(third));
    QVERIFY(third);
    QCOMPARE(queue.size(), std::size_t(2));

    std::vector<std::unique_ptr<int>> out;
    QVERIFY(queue.takeAll(out));
    QVERIFY(queue.tryPush(third));
    QVERIFY(!third);
}

void TstBoundedQueue::closedRefusesButGivesWhatIsIn()
{
    BoundedQueue<int> queue(4);
    QVERIFY(push(queue, 1));
    queue.close();
    queue.close();
    QVERIFY(!push(queue, 2));
    std::vector<int> out;
    QVERIFY(queue.takeAll(out));
    QCOMPARE(out, std::vector<int>{1});
    out.clear();
    QVERIFY(!queue.takeAll(out));
    QVERIFY(out.empty());
}

void TstBoundedQueue::closeWakesAWaitingConsumer()
{
    BoundedQueue<int> queue(4);
    bool more = true;
    std::thread consumer([&] {
        std::vector<int> out;
        more = queue.takeAll(out);
    });
    queue.close();
    consumer.join();
    QVERIFY(!more);
}

void TstBoundedQueue::everyItemOfSeveralProducersArrivesOnce()
{
    constexpr int producers = 3;
    constexpr int perProducer = 20'000;
    BoundedQueue<int> queue(64);
    std::vector<std::thread> threads;
    for (int p = 0; p < producers; ++p) {
        threads.emplace_back([&queue, p] {
            for (int i = 0; i < perProducer; ++i) {
                while (!push(queue, p * perProducer + i))
                    std::this_thread::yield();
            }
        });
    }

    std::vector<int> last(producers, -1);
    int taken = 0;
    std::vector<int> out;
    while (taken < producers * perProducer && queue.takeAll(out)) {
        QVERIFY(out.size() <= queue.capacity());
        for (const int value : out) {
            int &before = last[static_cast<std::size_t>(value / perProducer)];
            QCOMPARE(value % perProducer, before + 1);
            before = value % perProducer;
        }
        taken += static_cast<int>(out.size());
        out.clear();
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(taken, producers * perProducer);
}

QTEST_GUILESS_MAIN(TstBoundedQueue)
#include "tst_bounded_queue.moc"
