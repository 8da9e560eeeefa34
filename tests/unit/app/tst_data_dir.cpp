#include "app/data_dir.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace belfry;

class TstDataDir : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theFolderIsTheOwnersOnly()
    {
        QTemporaryDir temp;
        const app::DataDir dir(temp.filePath(QStringLiteral("a/b")));
        QVERIFY(dir.prepare());
        QVERIFY(dir.prepare());
        const auto permissions = QFileInfo(dir.path()).permissions();
        QVERIFY(!(permissions & (QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::ExeOther)));
    }

    void secretsAreTheOwnersOnlyAndStay()
    {
        QTemporaryDir temp;
        const app::DataDir dir(temp.path());
        QVERIFY(!dir.bootstrapKey());
        QVERIFY(dir.keepBootstrapKey("blf_x"));
        QCOMPARE(*dir.bootstrapKey(), "blf_x");
        const auto permissions = QFileInfo(dir.bootstrapKeyFile()).permissions();
        QVERIFY(!(permissions & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));

        const auto secret = dir.jwtSecret();
        QVERIFY(secret);
        QVERIFY(secret->size() >= 32);
        QCOMPARE(*dir.jwtSecret(), *secret);
    }

    void whatCannotBeMadeIsSaid()
    {
        QTemporaryDir temp;
        QFile blocker(temp.filePath(QStringLiteral("file")));
        QVERIFY(blocker.open(QIODevice::WriteOnly));
        const auto prepared = app::DataDir(temp.filePath(QStringLiteral("file/dir"))).prepare();
        QVERIFY(!prepared);
        QVERIFY(prepared.error().detail.contains("--data-dir"));
        QVERIFY(!app::DataDir(temp.filePath(QStringLiteral("absent"))).keepBootstrapKey("x"));
    }
};

QTEST_APPLESS_MAIN(TstDataDir)
#include "tst_data_dir.moc"
