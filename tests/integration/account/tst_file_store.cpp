#include "account/file_store.h"
#include "support/wait_until.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

namespace belfry::account {
using model::ErrorCode;

class TestFileStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comesBack();
    void onlyItsOwnerReadsIt();
    void namesAreOfAnyKind();
    void tellsWhatTheDiskRefuses();
    void theEndWaitsForWhatWasAsked();

private:
    [[nodiscard]] static model::Result<QByteArray> read(FileStore &store, const QString &name);
    [[nodiscard]] static model::VoidResult write(FileStore &store, const QString &name,
                                                 const QByteArray &secret);
    [[nodiscard]] static model::VoidResult remove(FileStore &store, const QString &name);
};

model::Result<QByteArray> TestFileStore::read(FileStore &store, const QString &name)
{
    std::optional<model::Result<QByteArray>> got;
    store.read(name, [&](const model::Result<QByteArray> &secret) { got = secret; });
    if (!test::waitUntil([&] { return got.has_value(); }))
        qFatal("no answer");
    return *got;
}

model::VoidResult TestFileStore::write(FileStore &store, const QString &name, const QByteArray &secret)
{
    std::optional<model::VoidResult> got;
    store.write(name, secret, [&](const model::VoidResult &result) { got = result; });
    if (!test::waitUntil([&] { return got.has_value(); }))
        qFatal("no answer");
    return *got;
}

model::VoidResult TestFileStore::remove(FileStore &store, const QString &name)
{
    std::optional<model::VoidResult> got;
    store.remove(name, [&](const model::VoidResult &result) { got = result; });
    if (!test::waitUntil([&] { return got.has_value(); }))
        qFatal("no answer");
    return *got;
}

void TestFileStore::comesBack()
{
    const QTemporaryDir dir;
    FileStore store(dir.filePath(QStringLiteral("secrets")));
    QCOMPARE(read(store, QStringLiteral("eva")).error().code, ErrorCode::NotFound);
    QVERIFY(remove(store, QStringLiteral("eva")));
    QVERIFY(write(store, QStringLiteral("eva"), "one"));
    QVERIFY(write(store, QStringLiteral("eva"), "two"));
    QCOMPARE(read(store, QStringLiteral("eva")).value(), QByteArray("two"));
    QVERIFY(remove(store, QStringLiteral("eva")));
    QCOMPARE(read(store, QStringLiteral("eva")).error().code, ErrorCode::NotFound);
}

void TestFileStore::onlyItsOwnerReadsIt()
{
    const QTemporaryDir dir;
    const QString folder = dir.filePath(QStringLiteral("secrets"));
    FileStore store(folder);
    QVERIFY(write(store, QStringLiteral("eva"), "one"));
    constexpr auto own =
        QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadUser | QFileDevice::WriteUser;
    QCOMPARE(QFile::permissions(store.pathOf(QStringLiteral("eva"))), own);
    QCOMPARE(QFile::permissions(folder), own | QFileDevice::ExeOwner | QFileDevice::ExeUser);
}

void TestFileStore::namesAreOfAnyKind()
{
    const QTemporaryDir dir;
    FileStore store(dir.path());
    const QString hostile = QStringLiteral("../../etc/passwd at https://x");
    QVERIFY(write(store, hostile, "one"));
    QCOMPARE(QFileInfo(store.pathOf(hostile)).absolutePath(), QFileInfo(dir.path()).absoluteFilePath());
    QVERIFY(store.pathOf(hostile) != store.pathOf(QStringLiteral("eva")));
}

void TestFileStore::tellsWhatTheDiskRefuses()
{
    const QTemporaryDir dir;
    const QString file = dir.filePath(QStringLiteral("file"));
    QVERIFY(QFile(file).open(QIODevice::WriteOnly));
    FileStore store(file + QStringLiteral("/secrets")); // below a file
    QCOMPARE(write(store, QStringLiteral("eva"), "hunter2").error().code, ErrorCode::Unavailable);
    QVERIFY(!write(store, QStringLiteral("eva"), "hunter2").error().detail.contains("hunter2"));
}

void TestFileStore::theEndWaitsForWhatWasAsked()
{
    const QTemporaryDir dir;
    bool isCalled = false;
    {
        FileStore store(dir.path());
        store.write(QStringLiteral("eva"), "one", [&](const model::VoidResult &) { isCalled = true; });
    }
    FileStore again(dir.path());
    QCOMPARE(read(again, QStringLiteral("eva")).value(), QByteArray("one"));
    QVERIFY(!isCalled);
}
} // namespace belfry::account

QTEST_GUILESS_MAIN(belfry::account::TestFileStore)
#include "tst_file_store.moc"
