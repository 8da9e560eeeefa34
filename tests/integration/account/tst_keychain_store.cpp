// The desktop's keychain as it really is: gnome-keyring on a bus of its own, absent, late, stopped.
#include "account/keychain_store.h"
#include "support/wait_until.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <csignal>

namespace belfry::account {
using model::ErrorCode;
using namespace std::chrono_literals;

namespace {
/// A session bus without services, and the surroundings of a user who has nothing.
class PrivateBus
{
public:
    PrivateBus()
    {
        QFile config(m_dir.filePath(QStringLiteral("bus.conf")));
        if (!config.open(QIODevice::WriteOnly))
            qFatal("no file for the bus");
        config.write("<busconfig><type>session</type><auth>EXTERNAL</auth><listen>unix:path=" +
                     address().mid(10).toUtf8() +
                     "</listen><policy context='default'><allow send_destination='*' eavesdrop='true'/>"
                     "<allow eavesdrop='true'/><allow own='*'/></policy></busconfig>");
        config.close();
        qputenv("DBUS_SESSION_BUS_ADDRESS", address().toUtf8());
        for (const char *name :
             {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"})
            qputenv(name, m_dir.path().toUtf8());
        for (const char *name : {"XDG_CURRENT_DESKTOP", "DESKTOP_SESSION", "KDE_FULL_SESSION"})
            qunsetenv(name);
        m_daemon.setProcessChannelMode(QProcess::MergedChannels);
        m_daemon.start(QStringLiteral("dbus-daemon"),
                       {QStringLiteral("--nofork"), QStringLiteral("--print-address"),
                        QStringLiteral("--config-file=") + config.fileName()});
        if (!m_daemon.waitForReadyRead(15'000))
            qFatal("no dbus-daemon: %s", qPrintable(m_daemon.errorString()));
    }
    ~PrivateBus()
    {
        m_daemon.kill();
        m_daemon.waitForFinished();
    }

private:
    [[nodiscard]] QString address() const
    {
        return QStringLiteral("unix:path=") + m_dir.filePath(QStringLiteral("bus"));
    }

    QTemporaryDir m_dir;
    QProcess m_daemon;
};

/// gnome-keyring with an open keyring.
class Keyring
{
public:
    Keyring()
    {
        m_daemon.setProcessChannelMode(QProcess::MergedChannels);
        m_daemon.start(QStringLiteral("gnome-keyring-daemon"),
                       {QStringLiteral("--foreground"), QStringLiteral("--unlock"),
                        QStringLiteral("--components=secrets")});
        if (!m_daemon.waitForStarted())
            qFatal("no gnome-keyring-daemon: %s", qPrintable(m_daemon.errorString()));
        m_daemon.write("password");
        m_daemon.closeWriteChannel();
    }
    ~Keyring()
    {
        signal(SIGCONT);
        m_daemon.kill();
        m_daemon.waitForFinished();
    }
    void signal(int number) const { ::kill(pid_t(m_daemon.processId()), number); }

private:
    QProcess m_daemon;
};
} // namespace

class TestKeychainStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void allOfIt();

private:
    [[nodiscard]] model::Result<QByteArray> read(const QString &name);
    [[nodiscard]] model::VoidResult write(const QString &name, const QByteArray &secret);
    [[nodiscard]] model::VoidResult remove(const QString &name);
    void withoutAKeychain();
    void withAKeychain();
    void withOneThatStopped(const Keyring &keyring);

    KeychainStore m_store{QStringLiteral("Belfry test"), 5s};
    const QString m_name = QStringLiteral("eva at https://notify.example");
};

model::Result<QByteArray> TestKeychainStore::read(const QString &name)
{
    std::optional<model::Result<QByteArray>> got;
    m_store.read(name, [&](const model::Result<QByteArray> &secret) { got = secret; });
    if (!test::waitUntil([&] { return got.has_value(); }))
        qFatal("no answer");
    return *got;
}

model::VoidResult TestKeychainStore::write(const QString &name, const QByteArray &secret)
{
    std::optional<model::VoidResult> got;
    m_store.write(name, secret, [&](const model::VoidResult &result) { got = result; });
    if (!test::waitUntil([&] { return got.has_value(); }))
        qFatal("no answer");
    return *got;
}

model::VoidResult TestKeychainStore::remove(const QString &name)
{
    std::optional<model::VoidResult> got;
    m_store.remove(name, [&](const model::VoidResult &result) { got = result; });
    if (!test::waitUntil([&] { return got.has_value(); }))
        qFatal("no answer");
    return *got;
}

/// One bus for all: libsecret knows one.
void TestKeychainStore::allOfIt()
{
    const PrivateBus bus;
    withoutAKeychain();
    const Keyring keyring;
    // It comes later: found without a new start.
    QVERIFY(test::waitUntil([this] { return read(m_name).error().code == ErrorCode::NotFound; }));
    withAKeychain();
    withOneThatStopped(keyring);
}

void TestKeychainStore::withoutAKeychain()
{
    const auto none = read(m_name);
    QVERIFY2(none.error().code == ErrorCode::Unavailable, none.error().detail);
    QCOMPARE(write(m_name, "hunter2").error().code, ErrorCode::Unavailable);
    QVERIFY(!write(m_name, "hunter2").error().detail.contains("hunter2"));
}

void TestKeychainStore::withAKeychain()
{
    const QByteArray secret = "belfry-secret 1\naccess x\n\xc3\xa4";
    const auto written = write(m_name, secret);
    QVERIFY2(written, written ? "" : written.error().detail.constData());
    QCOMPARE(read(m_name).value(), secret);
    QVERIFY(write(m_name, "second"));
    QCOMPARE(read(m_name).value(), QByteArray("second"));
    QCOMPARE(read(QStringLiteral("ben")).error().code, ErrorCode::NotFound);
    QVERIFY(remove(m_name));
    QCOMPARE(read(m_name).error().code, ErrorCode::NotFound);
    QVERIFY(remove(m_name)); // nothing there is fine
}

/// Nobody waits for it but who asked, and that one not for ever.
void TestKeychainStore::withOneThatStopped(const Keyring &keyring)
{
    keyring.signal(SIGSTOP);
    std::optional<model::Result<QByteArray>> got;
    QElapsedTimer asking;
    asking.start();
    m_store.read(m_name, [&](const model::Result<QByteArray> &secret) { got = secret; });
    QVERIFY2(asking.elapsed() < 500, QByteArray::number(asking.elapsed()));
    QVERIFY(test::waitUntil([&] { return got.has_value(); }));
    QCOMPARE(got->error().code, ErrorCode::Timeout);
    keyring.signal(SIGCONT);
    // What hung is answered to nobody; the next one is.
    QVERIFY(test::waitUntil([this] { return write(m_name, "third").has_value(); }));
    QCOMPARE(read(m_name).value(), QByteArray("third"));
}
} // namespace belfry::account

QTEST_GUILESS_MAIN(belfry::account::TestKeychainStore)
#include "tst_keychain_store.moc"
