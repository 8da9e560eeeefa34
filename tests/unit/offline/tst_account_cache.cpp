#include "offline/account_cache.h"
#include "offline_samples.h"

#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QtTest>

namespace belfry::offline {
class TestAccountCache : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesInTheBackground();
    void readsSeeWhatWasWritten();
    void journalOutlivesTheProgram();
    void tellsWhenNothingCanBeKept();
    void whatFailedHoldsTheRestBack();
    void goesOnWhenItIsMended();
    void answersNobodyAfterItsEnd();
};

namespace {
std::optional<Opened> openNow(AccountCache &cache)
{
    std::optional<model::Result<Opened>> answer;
    cache.open([&](model::Result<Opened> opened) { answer = std::move(opened); });
    if (!QTest::qWaitFor([&] { return answer.has_value(); }) || !*answer)
        return std::nullopt;
    return **std::move(answer);
}

std::vector<Row> rowsOf(AccountCache &cache)
{
    std::optional<model::Result<std::vector<Row>>> answer;
    cache.older(1'000'000, 10'000, [&](auto rows) { answer = std::move(rows); });
    return QTest::qWaitFor([&] { return answer.has_value(); }) && *answer ? **answer : std::vector<Row>();
}

/// A statement of its own on the file, while no cache has it.
void runBeside(const QTemporaryDir &dir, const QString &sql)
{
    CacheFile file(dir.path(), sampleAccount);
    QVERIFY(file.open());
    QSqlDatabase db = QSqlDatabase::database(QSqlDatabase::connectionNames().constFirst(), false);
    QVERIFY(QSqlQuery(db).exec(sql));
}

QString stoppedWhile(const QString &condition)
{
    return QStringLiteral("CREATE TRIGGER stop BEFORE INSERT ON item WHEN %1 BEGIN "
                          "SELECT RAISE(ABORT, 'disk full'); END")
        .arg(condition);
}
} // namespace

void TestAccountCache::writesInTheBackground()
{
    const QTemporaryDir dir;
    {
        AccountCache cache(dir.path(), sampleAccount);
        QVERIFY(openNow(cache));
        for (model::Seq place = 1; place <= 1'000; ++place) {
            cache.write(PutRow{sampleRow(place)});
            cache.write(PutCursor{{{"e"}, place}});
        }
    } // writes what waits
    AccountCache cache(dir.path(), sampleAccount);
    const auto opened = openNow(cache);
    QVERIFY(opened);
    QCOMPARE(opened->cursor.since, std::optional<model::Seq>(1'000));
    QCOMPARE(opened->newest.size(), std::size_t(500));
    QCOMPARE(rowsOf(cache).size(), std::size_t(1'000));
}

void TestAccountCache::readsSeeWhatWasWritten()
{
    const QTemporaryDir dir;
    AccountCache cache(dir.path(), sampleAccount);
    QVERIFY(openNow(cache));
    cache.write(PutRow{sampleRow(1, "needle")});
    cache.write(PutRow{sampleRow(2)});
    std::optional<model::Result<QList<model::NotificationId>>> found;
    cache.search("needle", [&](auto ids) { found = std::move(ids); });
    QTRY_VERIFY(found.has_value());
    QCOMPARE(found->value().size(), 1);
    QCOMPARE(placesOf(rowsOf(cache)), (QList<qint64>{2, 1}));
    // While a large batch is under way, too.
    for (model::Seq place = 3; place <= 2'000; ++place)
        cache.write(PutRow{sampleRow(place)});
    QCoreApplication::processEvents();
    cache.write(PutRow{sampleRow(3'000, "needle")});
    found.reset();
    cache.search("needle", [&](auto ids) { found = std::move(ids); });
    QTRY_VERIFY(found.has_value());
    QCOMPARE(found->value().size(), 2);
}

void TestAccountCache::journalOutlivesTheProgram()
{
    const QTemporaryDir dir;
    {
        AccountCache cache(dir.path(), sampleAccount);
        QVERIFY(openNow(cache));
        cache.add(sampleOp("a"));
        cache.add(sampleOp("b"));
        cache.remove({"a"});
    }
    AccountCache cache(dir.path(), sampleAccount);
    QVERIFY(cache.load().isEmpty());
    QVERIFY(openNow(cache));
    QCOMPARE(cache.load(), (QList<model::Op>{sampleOp("b")}));
}

void TestAccountCache::tellsWhenNothingCanBeKept()
{
    const QTemporaryDir dir;
    QFile blocker(dir.filePath(QStringLiteral("file")));
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    AccountCache cache(blocker.fileName(), sampleAccount);
    QSignalSpy failed(&cache, &AccountCache::failed);
    QVERIFY(!openNow(cache));
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed.first().at(1).toBool(), false);
    cache.add(sampleOp("a")); // never silently
    QCOMPARE(failed.size(), 2);
    QCOMPARE(failed.last().at(1).toBool(), true);
    cache.write(PutRow{sampleRow(1)});
    QCOMPARE(failed.size(), 2);
    QVERIFY(cache.flush());
    QVERIFY(rowsOf(cache).empty());
}

void TestAccountCache::whatFailedHoldsTheRestBack()
{
    const QTemporaryDir dir;
    runBeside(dir, stoppedWhile(QStringLiteral("1")));
    {
        AccountCache cache(dir.path(), sampleAccount);
        QSignalSpy failed(&cache, &AccountCache::failed);
        QVERIFY(openNow(cache));
        cache.write(PutRow{sampleRow(1)});
        cache.write(PutCursor{{{"e"}, 1}});
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed.first().at(1).toBool(), false);
        cache.add(sampleOp("a"));
        QCOMPARE(failed.size(), 2);
        QCOMPARE(failed.last().at(1).toBool(), true);
        cache.write(PutCursor{{{"e"}, 2}});
        QVERIFY(cache.flush());
    }
    AccountCache cache(dir.path(), sampleAccount);
    const auto opened = openNow(cache);
    QVERIFY(opened);
    QVERIFY(!opened->cursor.since); // never ahead of the rows
}

void TestAccountCache::goesOnWhenItIsMended()
{
    const QTemporaryDir dir;
    constexpr double dayMs = 86'400'000;
    constexpr double epoch = 2'440'587.5;
    const double mendedAt = epoch + double(QDateTime::currentMSecsSinceEpoch() + 400) / dayMs;
    runBeside(dir, stoppedWhile(QStringLiteral("julianday('now') < %1").arg(mendedAt, 0, 'f', 10)));
    AccountCache cache(dir.path(), sampleAccount, {100, 10, std::chrono::milliseconds(30)});
    QSignalSpy failed(&cache, &AccountCache::failed);
    QSignalSpy mended(&cache, &AccountCache::mended);
    QVERIFY(openNow(cache));
    cache.write(PutRow{sampleRow(1, "older")});
    QTRY_COMPARE(failed.size(), 1);
    cache.write(PutRow{sampleRow(1, "newer")});
    QTRY_COMPARE(mended.size(), 1);
    const std::vector<Row> rows = rowsOf(cache);
    QCOMPARE(rows.size(), std::size_t(1));
    QCOMPARE(rows.front().item.content.title, model::Text("newer"));
    QCOMPARE(failed.size(), 1);
}

void TestAccountCache::answersNobodyAfterItsEnd()
{
    const QTemporaryDir dir;
    int answers = 0;
    {
        AccountCache cache(dir.path(), sampleAccount);
        cache.open([&](const auto &) { ++answers; });
        cache.search("x", [&](const auto &) { ++answers; });
    }
    QCoreApplication::processEvents();
    QCOMPARE(answers, 0);
}
} // namespace belfry::offline

QTEST_GUILESS_MAIN(belfry::offline::TestAccountCache)
#include "tst_account_cache.moc"
