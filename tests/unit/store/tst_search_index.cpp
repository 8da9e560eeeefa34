#include "store/sqlite/search_index.h"
#include "store/sqlite/sqlite_dialect.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

namespace belfry::store {
using model::Seq;
using model::Text;

/// The index file: filled in steps, followed by changes, made again when it is lost, damaged or another
/// database's.
class TestSearchIndex : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SqliteDialect> m_dialect;
    std::unique_ptr<WriteTx> m_writer;
    UserRow m_user;
    int m_count = 0;

    [[nodiscard]] Text file() const { return m_folder->filePath(QStringLiteral("b.db")).toUtf8(); }
    NotificationRow add(const Text &title);
    void change(NotificationRow row, const Text &title);
    /// How many documents the index does not have; handles none.
    qint64 lag();
    /// All steps; how many documents.
    int index(int limit = 100);
    [[nodiscard]] std::vector<Seq> find(const Text &words) const;

private Q_SLOTS:
    void init();
    void cleanup();
    void fillsInSteps();
    void isReadableAfterEachStep();
    void followsChanges();
    void isMadeAgain_data();
    void isMadeAgain();
    void keepsPlacesApart();
};

void TestSearchIndex::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_dialect = std::make_unique<SqliteDialect>(file(), QString());
    QVERIFY(m_dialect->open(true));
    m_writer = std::move(*m_dialect->makeWriter());
    QVERIFY(m_writer->begin());
    std::vector<UserRow> users;
    QVERIFY(m_writer->lockUsers({{{"a"}, 0, true}}, {}, users));
    QVERIFY(m_writer->commit());
    m_user = users.front();
    m_count = 0;
}

void TestSearchIndex::cleanup()
{
    m_writer.reset();
    m_dialect.reset();
}

NotificationRow TestSearchIndex::add(const Text &title)
{
    NotificationRow row;
    row.user = m_user.key;
    row.item.user = m_user.id;
    row.item.id = model::NotificationId::makeV7({1});
    row.item.seq = row.item.createdSeq = ++m_count;
    row.item.state = model::State::Queued;
    row.item.content.title = title;
    [&] {
        QVERIFY(m_writer->begin());
        QVERIFY(m_writer->insertNotifications({&row}));
        QVERIFY(m_writer->commit());
    }();
    return row;
}

void TestSearchIndex::change(NotificationRow row, const Text &title)
{
    row.item.content.title = title;
    row.item.seq = ++m_count;
    QVERIFY(m_writer->begin());
    QVERIFY(m_writer->updateNotifications({{&row, EverythingPart}}));
    QVERIFY(m_writer->commit());
}

int TestSearchIndex::index(int limit)
{
    auto indexer = m_dialect->makeIndexer();
    if (!indexer)
        return -1;
    int all = 0;
    while (true) {
        const auto step = (*indexer)->step(limit);
        if (!step)
            return -1;
        if (step->done == 0)
            return all;
        all += step->done;
        if (step->forgetUpTo > 0)
            static_cast<void>(m_writer->forgetSearchChanges(step->forgetUpTo));
    }
}

qint64 TestSearchIndex::lag()
{
    const auto indexer = m_dialect->makeIndexer();
    const auto looked = indexer ? (*indexer)->step(0) : tl::unexpected(indexer.error());
    return looked && looked->done == 0 ? looked->lag : -1;
}

std::vector<Seq> TestSearchIndex::find(const Text &words) const
{
    SearchReader reader(SearchIndex::pathBeside(file()));
    static_cast<void>(reader.begin());
    std::vector<Seq> places;
    reader.find(m_user.key, 0, {words}, [&](Seq place) {
        places.push_back(place);
        return true;
    });
    reader.end();
    return places;
}

void TestSearchIndex::fillsInSteps()
{
    for (int i = 0; i < 25; ++i)
        add("apple " + QByteArray::number(i));
    QVERIFY(find("apple").empty());
    QCOMPARE(lag(), 25);
    QCOMPARE(index(10), 25);
    QCOMPARE(lag(), 0);
    QCOMPARE(find("app").size(), 25);
    QCOMPARE(find("app").front(), 25); // newest first
    QCOMPARE(index(10), 0);
    add("apple again");
    QCOMPARE(index(10), 1);
    QCOMPARE(find("again"), (std::vector<Seq>{26}));
}

/// While who fills it goes on: nothing of a step may still be on its way (walGatherer needs
/// synchronous=FULL).
void TestSearchIndex::isReadableAfterEachStep()
{
    const auto indexer = m_dialect->makeIndexer();
    QVERIFY(indexer);
    for (int i = 1; i <= 3; ++i) {
        add("apple");
        const auto step = (*indexer)->step(100);
        QVERIFY(step);
        QCOMPARE(step->done, 1);
        QCOMPARE(find("apple").size(), i);
    }
}

void TestSearchIndex::followsChanges()
{
    const NotificationRow first = add("apple");
    QCOMPARE(index(), 1);
    change(first, "cherry");
    QCOMPARE(find("apple").size(), 1); // not looked at yet
    QVERIFY(index() > 0);
    QVERIFY(find("apple").empty());
    QCOMPARE(find("cherry"), (std::vector<Seq>{1}));
    NotificationRow recalled = first;
    recalled.item.state = model::State::Recalled;
    change(recalled, "cherry");
    QVERIFY(index() > 0);
    QVERIFY(find("cherry").empty());
}

void TestSearchIndex::isMadeAgain_data()
{
    QTest::addColumn<QByteArray>("what");
    QTest::newRow("lost") << QByteArray("lost");
    QTest::newRow("damaged") << QByteArray("damaged");
    QTest::newRow("another epoch") << QByteArray("epoch");
}

void TestSearchIndex::isMadeAgain()
{
    QFETCH(QByteArray, what);
    for (int i = 0; i < 5; ++i)
        add("apple");
    QCOMPARE(index(), 5);
    const QString path = QString::fromUtf8(SearchIndex::pathBeside(file()));
    if (what == "lost") {
        QVERIFY(QFile::remove(path));
    } else if (what == "damaged") {
        QFile damaged(path);
        QVERIFY(damaged.open(QIODevice::ReadWrite));
        damaged.write(QByteArray(512, 'x'));
    } else {
        QVERIFY(m_dialect->renewEpoch());
    }
    QCOMPARE(index(), 5);
    QCOMPARE(find("apple").size(), 5);
}

void TestSearchIndex::keepsPlacesApart()
{
    QCOMPARE(SearchIndex::placeOf(SearchIndex::rowidOf(7, 9)), 9);
    QVERIFY(SearchIndex::rowidOf(8, 0) > SearchIndex::rowidOf(7, 0xffffffff));
    QCOMPARE(SearchIndex::termsOf(12, "Ab", "c"), Text("12zab 12zc "));
    QCOMPARE(SearchIndex::matchFor(1, {"a", "b"}), Text("\"1za\"* \"1zb\"* "));
}
} // namespace belfry::store

QTEST_GUILESS_MAIN(belfry::store::TestSearchIndex)
#include "tst_search_index.moc"
