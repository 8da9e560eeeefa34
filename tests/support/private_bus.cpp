#include "support/private_bus.h"

#include "support/wait_until.h"

#include <QDBusArgument>
#include <QDBusConnectionInterface>
#include <QDBusVariant>
#include <QDir>
#include <QFile>
#include <csignal>

namespace belfry::test {
namespace {
/// Nobody else is asked, and nobody is started by the bus but what a test offers.
constexpr char configuration[] =
    R"(<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=%1/bus</listen>
  <auth>EXTERNAL</auth>
  <servicedir>%1/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
)";

int nextConnection = 0;

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void end(QProcess &process)
{
    process.kill();
    process.waitForFinished();
}
} // namespace

PrivateBus::PrivateBus()
{
    const QString file = m_folder.filePath(QStringLiteral("bus.conf"));
    QFile config(file);
    if (!config.open(QIODevice::WriteOnly))
        qFatal("no folder for a bus");
    config.write(QString::fromLatin1(configuration).arg(m_folder.path()).toUtf8());
    config.close();
    const QString log = m_folder.filePath(QStringLiteral("bus.log"));
    m_daemon.setStandardErrorFile(log); // as an ordinary user it always has something to complain of
    m_daemon.start(QStringLiteral("dbus-daemon"),
                   {QStringLiteral("--config-file=") + file, QStringLiteral("--nofork"),
                    QStringLiteral("--nopidfile"), QStringLiteral("--print-address=1")});
    while (!m_daemon.canReadLine()) {
        if (!m_daemon.waitForReadyRead(int(patience.count())))
            qFatal("dbus-daemon did not start (is the package dbus there?): %s", contentOf(log).constData());
    }
    m_address = QString::fromLatin1(m_daemon.readLine()).trimmed();
    m_own = std::make_unique<QDBusConnection>(connect());
}

PrivateBus::PrivateBus(const QString &address)
    : m_address(address)
{
    m_own = std::make_unique<QDBusConnection>(connect());
}

PrivateBus::~PrivateBus()
{
    m_own.reset();
    for (const QString &name : std::as_const(m_connections))
        QDBusConnection::disconnectFromBus(name);
    for (auto &[name, process] : m_programs)
        end(*process);
    if (m_daemon.state() != QProcess::NotRunning)
        end(m_daemon);
}

QDBusConnection PrivateBus::connect()
{
    m_connections.append(QStringLiteral("test%1").arg(++nextConnection));
    return QDBusConnection::connectToBus(m_address, m_connections.constLast());
}

bool PrivateBus::start(const QString &program, const QStringList &arguments, const QString &name,
                       const QStringList &environment)
{
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
    variables.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), m_address);
    variables.insert(QStringLiteral("HOME"), m_folder.path());
    // Python of the system, without what a sanitizer put before everything that is started.
    variables.remove(QStringLiteral("LD_PRELOAD"));
    for (const QString &pair : environment)
        variables.insert(pair.section(u'=', 0, 0), pair.section(u'=', 1));
    process->setProcessEnvironment(variables);
    process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process->setStandardOutputFile(QProcess::nullDevice());
    process->start(program, arguments);
    QProcess &started = *process;
    m_programs.emplace_back(name, std::move(process));
    return waitUntil([&] {
        return started.state() != QProcess::NotRunning && m_own->interface()->isServiceRegistered(name);
    });
}

bool PrivateBus::startMock(const QString &pattern, const QString &name, const QString &parameters)
{
    return start(QStringLiteral("/usr/bin/python3"),
                 {QStringLiteral("-m"), QStringLiteral("dbusmock"), QStringLiteral("--session"),
                  QStringLiteral("--template"), pattern, QStringLiteral("--parameters"), parameters},
                 name);
}

bool PrivateBus::offerMock(const QString &pattern, const QString &name, const QString &parameters)
{
    const QString script = m_folder.filePath(name + QStringLiteral(".sh"));
    QFile program(script);
    QFile service(m_folder.filePath(QStringLiteral("services/") + name + QStringLiteral(".service")));
    if (!QDir(m_folder.path()).mkpath(QStringLiteral("services")) || !program.open(QIODevice::WriteOnly) ||
        !service.open(QIODevice::WriteOnly))
        return false;
    program.write(QStringLiteral("#!/bin/sh\nexec /usr/bin/python3 -m dbusmock --session --template %1 "
                                 "--parameters '%2' --logfile /dev/null\n")
                      .arg(pattern, parameters)
                      .toUtf8());
    program.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    service.write(QStringLiteral("[D-BUS Service]\nName=%1\nExec=%2\n").arg(name, script).toUtf8());
    program.close();
    service.close();
    const QString bus = QStringLiteral("org.freedesktop.DBus");
    (void)call(bus, QStringLiteral("/org/freedesktop/DBus"), bus, QStringLiteral("ReloadConfig"));
    return true;
}

bool PrivateBus::startMockObject(const QString &name, const QString &path, const QString &interface)
{
    return start(QStringLiteral("/usr/bin/python3"),
                 {QStringLiteral("-m"), QStringLiteral("dbusmock"), QStringLiteral("--session"), name, path,
                  interface},
                 name);
}

bool PrivateBus::stop(const QString &name)
{
    for (auto program = m_programs.begin(); program != m_programs.end(); ++program) {
        if (program->first == name) {
            end(*program->second);
            m_programs.erase(program);
            break;
        }
    }
    return waitUntil([&] { return !m_own->interface()->isServiceRegistered(name); });
}

void PrivateBus::freeze(const QString &name, bool isFrozen)
{
    for (const auto &[known, process] : m_programs) {
        if (known == name)
            ::kill(pid_t(process->processId()), isFrozen ? SIGSTOP : SIGCONT);
    }
}

QVariant PrivateBus::call(const QString &service, const QString &path, const QString &interface,
                          const QString &method, const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(service, path, interface, method);
    message.setArguments(arguments);
    const QDBusMessage answer = m_own->call(message, QDBus::BlockWithGui);
    if (answer.type() == QDBusMessage::ErrorMessage)
        qWarning().noquote() << method << answer.errorName() << answer.errorMessage();
    const QVariant value = answer.arguments().value(0);
    const bool isVariant = value.metaType() == QMetaType::fromType<QDBusVariant>();
    return isVariant ? qvariant_cast<QDBusVariant>(value).variant() : value;
}

QVariant PrivateBus::mock(const QString &service, const QString &path, const QString &method,
                          const QVariantList &arguments)
{
    return call(service, path, QStringLiteral("org.freedesktop.DBus.Mock"), method, arguments);
}

QList<QVariantList> PrivateBus::callsOf(const QString &service, const QString &path, const QString &method)
{
    QList<QVariantList> calls;
    const QVariant answer = mock(service, path, QStringLiteral("GetMethodCalls"), {method});
    if (answer.metaType() != QMetaType::fromType<QDBusArgument>())
        return calls;
    const auto argument = qvariant_cast<QDBusArgument>(answer);
    argument.beginArray();
    while (!argument.atEnd()) {
        quint64 time = 0;
        QVariantList arguments;
        argument.beginStructure();
        argument >> time >> arguments;
        argument.endStructure();
        calls.append(arguments);
    }
    argument.endArray();
    return calls;
}
} // namespace belfry::test
