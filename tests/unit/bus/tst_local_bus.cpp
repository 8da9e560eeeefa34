#include "bus/local_bus.h"

#include <QTest>

using namespace belfry;

class TestLocalBus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void consumersInOrderAtOnce();
    void emptyBatchesAreNoNews();
};

void TestLocalBus::consumersInOrderAtOnce()
{
    bus::LocalBus bus;
    QByteArray calls;
    bus.addConsumer([&calls](const auto &batch) { calls += 'a' + QByteArray::number(int(batch->size())); });
    bus.addConsumer([&calls](const auto &batch) { calls += 'b' + QByteArray::number(int(batch->size())); });
    bus.committed(std::make_shared<const ports::CommittedBatch>(3));
    QCOMPARE(calls, "a3b3");
    QVERIFY(bus.health().ok);
}

void TestLocalBus::emptyBatchesAreNoNews()
{
    bus::LocalBus bus;
    int calls = 0;
    bus.addConsumer([&calls](const auto &) { ++calls; });
    bus.committed(std::make_shared<const ports::CommittedBatch>());
    bus.committed(nullptr);
    QCOMPARE(calls, 0);
}

QTEST_GUILESS_MAIN(TestLocalBus)
#include "tst_local_bus.moc"
