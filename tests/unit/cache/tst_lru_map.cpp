#include "cache/lru_map.h"

#include <QTest>
#include <string>

using belfry::cache::LruMap;

class TestLruMap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatIsUsed();
    void replacesInPlace();
    void removes();
};

void TestLruMap::keepsWhatIsUsed()
{
    LruMap<int, std::string> map(2);
    map.put(1, "one");
    map.put(2, "two");
    QVERIFY(map.find(1));
    map.put(3, "three"); // 2 was used longest ago
    QVERIFY(!map.find(2));
    QCOMPARE(*map.find(1), std::string("one"));
    QCOMPARE(*map.find(3), std::string("three"));
    QCOMPARE(map.size(), std::size_t(2));
}

void TestLruMap::replacesInPlace()
{
    LruMap<int, std::string> map(2);
    map.put(1, "one");
    map.put(2, "two");
    map.put(1, "uno");
    QCOMPARE(map.size(), std::size_t(2));
    map.put(3, "three");
    QVERIFY(!map.find(2));
    QCOMPARE(*map.find(1), std::string("uno"));
}

void TestLruMap::removes()
{
    LruMap<int, std::string> map(2);
    map.put(1, "one");
    QVERIFY(map.remove(1));
    QVERIFY(!map.remove(1));
    QVERIFY(!map.find(1));
    QCOMPARE(map.size(), std::size_t(0));
}

QTEST_GUILESS_MAIN(TestLruMap)
#include "tst_lru_map.moc"
