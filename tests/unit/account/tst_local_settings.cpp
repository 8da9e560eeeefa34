#include "account/local_settings.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace belfry::account {
class TestLocalSettings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_dir = QTemporaryDir(); }
    void everythingHasADefault();
    void everythingIsKept();
    void theFileIsThePersonsAlone();
    void brokenValuesFallBackAndStay();
    void unknownNamesStay();
    void tellsChangesOnce();
    void theDeviceStays();
    void anAccountWithoutAServerIsNone();
    void tellsWhatCannotBeWritten();

private:
    [[nodiscard]] QString path() const { return m_dir.filePath(QStringLiteral("config/belfry.ini")); }
    void write(const QByteArray &text);
    [[nodiscard]] QByteArray text() const;

    QTemporaryDir m_dir;
};

void TestLocalSettings::write(const QByteArray &text)
{
    {
        const LocalSettings made(path());
    }
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
}

QByteArray TestLocalSettings::text() const
{
    QFile file(path());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestLocalSettings::everythingHasADefault()
{
    QTemporaryDir dir;
    const LocalSettings settings(dir.filePath(QStringLiteral("none.ini")));
    QCOMPARE(settings.options(), Options());
    QVERIFY(settings.options().closesToTray && settings.options().staysSignedIn);
    QVERIFY(!settings.options().maySecretBeInFile && !settings.options().startsAtLogin);
    QCOMPARE(settings.options().lockPrivacy, Options::LockPrivacy::WhenLocked);
}

void TestLocalSettings::everythingIsKept()
{
    Options wanted;
    wanted.theme = Options::Theme::HighContrast;
    wanted.density = Options::Density::Compact;
    wanted.isMotionReduced = true;
    wanted.language = QStringLiteral("de");
    wanted.startsAtLogin = true;
    wanted.startsHidden = false;
    wanted.closesToTray = false;
    wanted.lockPrivacy = Options::LockPrivacy::Never;
    wanted.hasSounds = false;
    wanted.staysSignedIn = false;
    wanted.maySecretBeInFile = true;
    wanted.isTourDone = true;
    wanted.windowGeometry = QByteArray("\0\1\xff geometry", 12);
    wanted.account = SavedAccount{{QUrl(QStringLiteral("https://x.example/belfry")), {"eva"}},
                                  QStringLiteral("eva@example.org"),
                                  QSslCertificate(),
                                  true,
                                  {{QStringLiteral("Builds, red"), QStringLiteral("app:ci \"is red\"")},
                                   {QStringLiteral("Größe"), QStringLiteral("größe")}}};
    wanted.knowsTray = true;
    {
        LocalSettings settings(path());
        settings.update([&](Options &options) { options = wanted; });
    }
    QVERIFY(LocalSettings(path()).options() == wanted);
    {
        LocalSettings settings(path());
        settings.update([](Options &options) { options = Options(); });
    }
    QVERIFY(LocalSettings(path()).options() == Options());
}

void TestLocalSettings::theFileIsThePersonsAlone()
{
    LocalSettings settings(path());
    settings.update([](Options &options) { options.hasSounds = false; });
    constexpr auto others =
        QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    QVERIFY(!(QFile::permissions(path()) & others));
}

void TestLocalSettings::brokenValuesFallBackAndStay()
{
    write("[look]\ntheme=plaid\nreducedMotion=perhaps\n[notifications]\nsounds=false\n");
    LocalSettings settings(path());
    QCOMPARE(settings.options().theme, Options::Theme::System);
    QVERIFY(!settings.options().isMotionReduced);
    QVERIFY(!settings.options().hasSounds);
    settings.update([](Options &options) { options.closesToTray = false; });
    QVERIFY2(text().contains("theme=plaid") && text().contains("reducedMotion=perhaps"), text());
    settings.update([](Options &options) { options.theme = Options::Theme::Dark; });
    QVERIFY2(text().contains("theme=dark"), text());
}

void TestLocalSettings::unknownNamesStay()
{
    write("[look]\nsparkle=7\n");
    LocalSettings settings(path());
    settings.update([](Options &options) { options.theme = Options::Theme::Light; });
    QVERIFY2(text().contains("sparkle=7"), text());
}

void TestLocalSettings::tellsChangesOnce()
{
    LocalSettings settings(path());
    QSignalSpy changed(&settings, &LocalSettings::changed);
    const bool before = settings.options().hasSounds;
    settings.update([&](Options &options) { options.hasSounds = before; });
    QCOMPARE(changed.size(), 0);
    settings.update([&](Options &options) { options.hasSounds = !before; });
    QCOMPARE(changed.size(), 1);
}

void TestLocalSettings::theDeviceStays()
{
    const model::DeviceId first = LocalSettings(path()).device();
    QVERIFY(first.text.size() >= 32);
    QCOMPARE(LocalSettings(path()).device(), first);
    QTemporaryDir other;
    QVERIFY(LocalSettings(other.filePath(QStringLiteral("a.ini"))).device() != first);
}

void TestLocalSettings::anAccountWithoutAServerIsNone()
{
    write("[account]\nuser=eva\nserver=nowhere\n");
    QVERIFY(!LocalSettings(path()).options().account);
}

void TestLocalSettings::tellsWhatCannotBeWritten()
{
    QTemporaryDir dir;
    LocalSettings settings(dir.path()); // a folder is no file
    QVERIFY(!settings.problem().isEmpty());
    settings.update([](Options &options) { options.hasSounds = false; });
    QVERIFY(!settings.options().hasSounds); // it holds, for as long as the program runs
}
} // namespace belfry::account

QTEST_GUILESS_MAIN(belfry::account::TestLocalSettings)
#include "tst_local_settings.moc"
