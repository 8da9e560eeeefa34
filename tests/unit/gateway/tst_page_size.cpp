#include "gateway/page_size.h"

#include <QTest>

using namespace belfry;
using gateway::PageSize;

namespace {
std::vector<model::Change> page(int items, qsizetype dataBytes)
{
    model::Notification item;
    item.content.data = QByteArray(dataBytes, 'x');
    model::Change change;
    change.what = item;
    return std::vector<model::Change>(static_cast<std::size_t>(items), change);
}
} // namespace

class TstPageSize : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void followsWhatTheItemsWeigh_data()
    {
        QTest::addColumn<int>("items");
        QTest::addColumn<qsizetype>("bytes");
        QTest::addColumn<int>("least");
        QTest::addColumn<int>("most");
        QTest::newRow("nothing learnt") << 0 << qsizetype(0) << 64 << 64;
        QTest::newRow("small") << 64 << qsizetype(10) << 200 << 500;
        QTest::newRow("4 KiB") << 64 << qsizetype(4'096) << 45 << 60;
        QTest::newRow("the largest there are") << 64 << qsizetype(256 * 1024) << 1 << 1;
    }
    void followsWhatTheItemsWeigh()
    {
        QFETCH(const int, items);
        QFETCH(const qsizetype, bytes);
        QFETCH(const int, least);
        QFETCH(const int, most);
        PageSize size;
        size.learn(page(items, bytes));
        QVERIFY2(size.limit() >= least && size.limit() <= most, qPrintable(QString::number(size.limit())));
    }
};

QTEST_APPLESS_MAIN(TstPageSize)
#include "tst_page_size.moc"
