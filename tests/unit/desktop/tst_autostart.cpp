#include "desktop/application_id.h"
#include "desktop/autostart.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace belfry::desktop {
class TestAutostart : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void switchesOnAndOff();
    void standsInThePersonsFolder();
    void quotesWhatAPathMayHave();
    void knowsWhatOthersChanged_data();
    void knowsWhatOthersChanged();
    void saysWhyItCouldNot();
};

namespace {
void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}
} // namespace

void TestAutostart::switchesOnAndOff()
{
    const QTemporaryDir folder;
    const Autostart autostart(QStringLiteral("/usr/bin/belfry"), folder.filePath(QStringLiteral("not/yet")));
    QVERIFY(!autostart.isOn());
    QVERIFY(autostart.set(false));
    QVERIFY(autostart.set(true));
    QVERIFY(autostart.isOn());
    QVERIFY(contentOf(autostart.file()).contains("\nExec=\"/usr/bin/belfry\" --hidden\n"));
    QVERIFY(autostart.set(true));
    QVERIFY(autostart.set(false));
    QVERIFY(!autostart.isOn());
    QVERIFY(!QFile::exists(autostart.file()));
}

void TestAutostart::standsInThePersonsFolder()
{
    const QTemporaryDir folder;
    const QByteArray before = qgetenv("XDG_CONFIG_HOME");
    qputenv("XDG_CONFIG_HOME", folder.path().toUtf8());
    QCOMPARE(Autostart(QStringLiteral("belfry")).file(),
             folder.filePath(QStringLiteral("autostart/") + applicationId + QStringLiteral(".desktop")));
    if (before.isNull())
        qunsetenv("XDG_CONFIG_HOME");
    else
        qputenv("XDG_CONFIG_HOME", before);
}

void TestAutostart::quotesWhatAPathMayHave()
{
    const QTemporaryDir folder;
    const Autostart autostart(QStringLiteral("/opt/a b/$x`\"\\100%/belfry"), folder.path());
    QVERIFY(autostart.set(true));
    const QByteArray exec = R"(Exec="/opt/a b/\\$x\\`\\"\\\\100%%/belfry" --hidden)";
    QVERIFY(contentOf(autostart.file()).contains(exec));
}

void TestAutostart::knowsWhatOthersChanged_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<bool>("isOn");
    QTest::newRow("plain") << QByteArray("[Desktop Entry]\nExec=x\n") << true;
    QTest::newRow("hidden") << QByteArray("[Desktop Entry]\nExec=x\nHidden=true\n") << false;
    QTest::newRow("GNOME") << QByteArray("[Desktop Entry]\nExec=x\nX-GNOME-Autostart-enabled = false\n")
                           << false;
    QTest::newRow("another group") << QByteArray("[Desktop Entry]\nExec=x\n[Desktop Action a]\nHidden=true\n")
                                   << true;
    QTest::newRow("empty") << QByteArray() << false;
}

void TestAutostart::knowsWhatOthersChanged()
{
    QFETCH(QByteArray, content);
    const QTemporaryDir folder;
    const Autostart autostart(QStringLiteral("belfry"), folder.path());
    write(autostart.file(), content);
    QTEST(autostart.isOn(), "isOn");
}

void TestAutostart::saysWhyItCouldNot()
{
    const QTemporaryDir folder;
    const QString inTheWay = folder.filePath(QStringLiteral("file"));
    write(inTheWay, "x");
    const Autostart autostart(QStringLiteral("belfry"), inTheWay);
    const model::VoidResult result = autostart.set(true);
    QVERIFY(!result);
    QCOMPARE(result.error().code, model::ErrorCode::Unavailable);
    QVERIFY(result.error().detail.contains(inTheWay.toUtf8()));
}
} // namespace belfry::desktop

QTEST_GUILESS_MAIN(belfry::desktop::TestAutostart)
#include "tst_autostart.moc"
