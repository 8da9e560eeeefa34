#include "account/local_data.h"
#include "offline/account_cache.h"
#include "support/wait_until.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

namespace belfry::account {
using model::ErrorCode;

class TestLocalData : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void measures();
    void clears();
    void doesNotClearWhatIsInUse();
    void tellsWhatIsLost();
    void exports();
    void exportsNothingToNowhere();

private:
    const offline::Account m_account{QUrl(QStringLiteral("https://notify.example")), {"eva"}};
    const offline::Account m_other{QUrl(QStringLiteral("https://notify.example")), {"ben"}};
};

namespace {
void makeCache(const QString &folder, const offline::Account &account, int ops = 0)
{
    offline::CacheFile file(folder, account);
    QVERIFY(file.open());
    std::vector<offline::Write> writes;
    for (int i = 0; i < ops; ++i) {
        model::Op op;
        op.id.text = QByteArray::number(i);
        op.target = model::UpTo{7, {}};
        writes.emplace_back(offline::PutOp{op});
    }
    QVERIFY(file.write(writes));
}

template<typename T>
struct Later
{
    std::function<void(model::Result<T>)> answer()
    {
        return [this](model::Result<T> result) { got = std::move(result); };
    }
    model::Result<T> wait()
    {
        if (!test::waitUntil([this] { return got.has_value(); }))
            qFatal("no answer");
        return *got;
    }
    std::optional<model::Result<T>> got;
};

model::Notification notification(const char *title)
{
    model::Notification item;
    item.user.text = "eva";
    item.content.title = title;
    return item;
}
} // namespace

void TestLocalData::measures()
{
    const QTemporaryDir dir;
    LocalData data(dir.path(), m_account);
    Later<qint64> before;
    data.size(before.answer());
    QCOMPARE(before.wait().value(), 0);
    makeCache(dir.path(), m_account);
    makeCache(dir.path(), m_other);
    Later<qint64> after;
    data.size(after.answer());
    const qint64 bytes = after.wait().value();
    QVERIFY(bytes > 4096);
    QVERIFY(bytes < 2 * 1024 * 1024);
}

void TestLocalData::clears()
{
    const QTemporaryDir dir;
    makeCache(dir.path(), m_account);
    makeCache(dir.path(), m_other);
    LocalData data(dir.path(), m_account);
    Later<LocalData::Cleared> cleared;
    data.clear(cleared.answer());
    QCOMPARE(cleared.wait().value().lostOps, 0);
    const QStringList left = QDir(dir.path()).entryList(QDir::Files);
    QVERIFY2(left.filter(offline::fileNameOf(m_account)).isEmpty(), qPrintable(left.join(u' ')));
    QVERIFY(!left.filter(offline::fileNameOf(m_other)).isEmpty());
    Later<LocalData::Cleared> again; // nothing there is fine, too
    data.clear(again.answer());
    QVERIFY(again.wait());
}

void TestLocalData::doesNotClearWhatIsInUse()
{
    const QTemporaryDir dir;
    makeCache(dir.path(), m_account);
    offline::CacheFile user(dir.path(), m_account);
    QVERIFY(user.open());
    LocalData data(dir.path(), m_account);
    Later<LocalData::Cleared> cleared;
    data.clear(cleared.answer());
    QCOMPARE(cleared.wait().error().code, ErrorCode::Unavailable);
    QVERIFY(QFile::exists(user.path()));
}

void TestLocalData::tellsWhatIsLost()
{
    const QTemporaryDir dir;
    makeCache(dir.path(), m_account, 3);
    LocalData data(dir.path(), m_account);
    Later<LocalData::Cleared> cleared;
    data.clear(cleared.answer());
    QCOMPARE(cleared.wait().value().lostOps, 3);
}

void TestLocalData::exports()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("out.json"));
    LocalData data(dir.path(), m_account);
    Later<qint64> written;
    data.exportTo(path, {notification("one \"quoted\""), notification("two")}, {1'700'000'000'000'000},
                  written.answer());
    const qint64 bytes = written.wait().value();
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.size(), bytes);
    QVERIFY(!(file.permissions() & (QFileDevice::ReadOther | QFileDevice::ReadGroup)));
    const QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
    QCOMPARE(root[u"belfry_export"].toInt(), 1);
    QCOMPARE(root[u"user_id"].toString(), QStringLiteral("eva"));
    QCOMPARE(root[u"exported_at"].toString(), QStringLiteral("2023-11-14T22:13:20.000Z"));
    const QJsonArray items = root[u"notifications"].toArray();
    QCOMPARE(items.size(), 2);
    QCOMPARE(items[0][u"title"].toString(), QStringLiteral("one \"quoted\""));
}

void TestLocalData::exportsNothingToNowhere()
{
    const QTemporaryDir dir;
    LocalData data(dir.path(), m_account);
    Later<qint64> written;
    data.exportTo(dir.filePath(QStringLiteral("none/out.json")), {}, {}, written.answer());
    QCOMPARE(written.wait().error().code, ErrorCode::Unavailable);
    Later<qint64> empty;
    data.exportTo(dir.filePath(QStringLiteral("out.json")), {}, {}, empty.answer());
    QVERIFY(empty.wait());
    QFile file(dir.filePath(QStringLiteral("out.json")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(QJsonDocument::fromJson(file.readAll()).object()[u"notifications"].isArray());
}
} // namespace belfry::account

QTEST_GUILESS_MAIN(belfry::account::TestLocalData)
#include "tst_local_data.moc"
