// A cache that is of no use any more: begun anew, without losing what exists nowhere else.
#include "offline/cache_file.h"
#include "offline_samples.h"

#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QtTest>

namespace belfry::offline {
class TestCacheSetAside : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void noDatabaseAtAll();
    void ofANewerBelfry();
    void ofAnotherAccount();
    void damagedPages();
    void opsThatCannotBeReadAreTold();
    void keepsOneOldFile();
    void aFolderThatCannotBeWritten();

private:
    [[nodiscard]] QString path() const { return m_file->path(); }
    void withoutBelfry(const QString &sql);
    void breakBytes(qint64 from, const QByteArray &bytes);
    void fill(int rows);

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<CacheFile> m_file;
    model::DeviceId m_device;
};

void TestCacheSetAside::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_file = std::make_unique<CacheFile>(m_dir->path(), sampleAccount);
    const auto opened = m_file->open();
    QVERIFY(opened);
    m_device = opened->device;
    QVERIFY(m_file->write(
        {PutRow{sampleRow(1)}, PutCursor{{{"e"}, 1}}, PutOp{sampleOp("a")}, PutOp{sampleOp("b")}}));
    m_file->close();
}

void TestCacheSetAside::cleanup()
{
    m_file.reset();
    m_dir.reset();
}

void TestCacheSetAside::withoutBelfry(const QString &sql)
{
    {
        QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("by hand"));
        db.setDatabaseName(path());
        QVERIFY(db.open());
        QSqlQuery query(db);
        QVERIFY2(query.exec(sql), qPrintable(sql));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("by hand"));
}

void TestCacheSetAside::breakBytes(qint64 from, const QByteArray &bytes)
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(from));
    QCOMPARE(file.write(bytes), bytes.size());
}

void TestCacheSetAside::fill(int rows)
{
    QVERIFY(m_file->open());
    std::vector<Write> batch;
    for (int i = 2; i < rows; ++i)
        batch.push_back(PutRow{sampleRow(i)});
    QVERIFY(m_file->write(batch));
    m_file->close();
}

void TestCacheSetAside::noDatabaseAtAll()
{
    breakBytes(0, QByteArray(200, 'x'));
    const auto opened = m_file->open();
    QVERIFY(opened);
    QVERIFY(opened->setAside);
    QVERIFY(opened->setAside->mayLackOps);
    QVERIFY(opened->newest.empty());
    QVERIFY(!opened->cursor.since);
    QVERIFY(QFileInfo::exists(opened->setAside->path));
    QVERIFY(m_file->write({PutRow{sampleRow(3)}}));
}

void TestCacheSetAside::ofANewerBelfry()
{
    withoutBelfry(QStringLiteral("PRAGMA user_version = 99"));
    const auto opened = m_file->open();
    QVERIFY(opened);
    QVERIFY(opened->setAside);
    QVERIFY2(opened->setAside->why.contains("99"), opened->setAside->why.constData());
    QVERIFY(!opened->setAside->mayLackOps);
    QCOMPARE(opened->setAside->opsSaved, 2);
    QCOMPARE(opened->ops, (QList<model::Op>{sampleOp("a"), sampleOp("b")}));
    QCOMPARE(opened->device, m_device);
    m_file->close();
    const auto again = m_file->open();
    QVERIFY(!again->setAside);
    QCOMPARE(again->ops.size(), 2);
}

void TestCacheSetAside::ofAnotherAccount()
{
    const QString other = QDir(m_dir->path()).filePath(fileNameOf({sampleAccount.server, {"v"}}));
    QVERIFY(QFile::rename(path(), other));
    CacheFile file(m_dir->path(), {sampleAccount.server, {"v"}});
    const auto opened = file.open();
    QVERIFY(opened);
    QVERIFY(opened->setAside);
    QVERIFY(opened->newest.empty());
    QVERIFY(opened->ops.isEmpty()); // of somebody else
}

void TestCacheSetAside::damagedPages()
{
    fill(2000);
    withoutBelfry(QStringLiteral("UPDATE fact SET value = '0' WHERE name = 'clean'")); // as after a crash
    const qint64 size = QFileInfo(path()).size();
    for (qint64 page = size / 2; page < size / 2 + 10 * 4096; page += 4096)
        breakBytes(page / 4096 * 4096, QByteArray(64, '\xff'));
    const auto opened = m_file->open();
    QVERIFY(opened);
    QVERIFY(opened->setAside);
    QCOMPARE(opened->ops.size(), 2);
    QVERIFY(!opened->setAside->mayLackOps);
}

void TestCacheSetAside::opsThatCannotBeReadAreTold()
{
    withoutBelfry(QStringLiteral("UPDATE op SET json = '{\"of\": \"the future\"}' WHERE id = 'a'"));
    const auto opened = m_file->open();
    QVERIFY(opened);
    QVERIFY(opened->setAside);
    QVERIFY(opened->setAside->mayLackOps);
    QCOMPARE(opened->ops, (QList<model::Op>{sampleOp("b")}));
}

void TestCacheSetAside::keepsOneOldFile()
{
    for (int i = 0; i < 3; ++i) {
        withoutBelfry(QStringLiteral("PRAGMA user_version = 99"));
        QVERIFY(m_file->open()->setAside);
        m_file->close();
    }
    const QStringList old = QDir(m_dir->path()).entryList({QStringLiteral("*.set-aside")});
    QCOMPARE(old.size(), 1);
}

void TestCacheSetAside::aFolderThatCannotBeWritten()
{
    const QString blocked = QDir(m_dir->path()).filePath(QStringLiteral("file"));
    QFile file(blocked);
    QVERIFY(file.open(QIODevice::WriteOnly));
    CacheFile nowhere(blocked, sampleAccount);
    const auto opened = nowhere.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, model::ErrorCode::Unavailable);
    QVERIFY2(opened.error().detail.contains(blocked.toUtf8()), opened.error().detail.constData());
}
} // namespace belfry::offline

QTEST_GUILESS_MAIN(belfry::offline::TestCacheSetAside)
#include "tst_cache_set_aside.moc"
