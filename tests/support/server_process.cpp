#include "support/server_process.h"

#include "support/wait_until.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcessEnvironment>
#include <csignal>

namespace belfry::test {
namespace {
QString binary()
{
    return QFile::decodeName(qgetenv("BELFRY_BIN_DIR")) + QStringLiteral("/belfryd");
}

int ms(std::chrono::milliseconds duration)
{
    return static_cast<int>(duration.count());
}
} // namespace

ServerProcess::ServerProcess()
    : ServerProcess(Options{})
{
}

ServerProcess::ServerProcess(Options options)
    : m_options(std::move(options))
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
}

ServerProcess::~ServerProcess()
{
    kill();
}

QProcessEnvironment ServerProcess::environment() const
{
    auto environment = QProcessEnvironment::systemEnvironment();
    // What a developer has set for a belfryd of their own is none of this one's business.
    for (const QString &name : environment.keys()) {
        if (name.startsWith(QLatin1String("BELFRY_")))
            environment.remove(name);
    }
    environment.insert(QStringLiteral("BELFRY_DATA_DIR"), m_dataDir.path());
    environment.insert(QStringLiteral("BELFRY_LIMIT_KEY_RATE"), QStringLiteral("0"));
    if (!m_options.adminKey.isEmpty())
        environment.insert(QStringLiteral("BELFRY_ADMIN_KEY"), QString::fromUtf8(m_options.adminKey));
    if (!m_options.databaseUrl.isEmpty())
        environment.insert(QStringLiteral("BELFRY_DATABASE_URL"), QString::fromUtf8(m_options.databaseUrl));
    for (auto it = m_options.environment.begin(); it != m_options.environment.end(); ++it)
        environment.insert(it.key(), it.value());
    return environment;
}

bool ServerProcess::start()
{
    const QString ready = m_dataDir.filePath(QStringLiteral("ready.json"));
    QFile::remove(ready);
    m_output.clear();
    m_process.setProcessEnvironment(environment());
    m_process.start(binary(),
                    QStringList{QStringLiteral("serve"), QStringLiteral("--listen"),
                                QStringLiteral("127.0.0.1:0"), QStringLiteral("--ready-file"), ready} +
                        m_options.arguments);
    const bool settled =
        waitUntil([&] { return QFile::exists(ready) || m_process.state() == QProcess::NotRunning; },
                  std::chrono::seconds(30));
    return settled && isRunning() && readReadyFile();
}

bool ServerProcess::readReadyFile()
{
    QFile file(m_dataDir.filePath(QStringLiteral("ready.json")));
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QString address = QJsonDocument::fromJson(file.readAll())
                                .object()
                                .value(QStringLiteral("addresses"))
                                .toArray()
                                .first()
                                .toString();
    m_port = address.section(QLatin1Char(':'), -1).toUShort();
    return m_port != 0;
}

void ServerProcess::kill()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished(ms(patience));
}

void ServerProcess::signal(int number)
{
    if (m_process.processId() > 0)
        ::kill(static_cast<pid_t>(m_process.processId()), number);
}

int ServerProcess::terminate(std::chrono::milliseconds deadline)
{
    signal(SIGTERM);
    return waitForExit(deadline);
}

int ServerProcess::waitForExit(std::chrono::milliseconds deadline)
{
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(ms(deadline)))
        return -1;
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

QByteArray ServerProcess::output()
{
    m_output += m_process.readAll();
    return m_output;
}

int ServerProcess::run(const QStringList &arguments, QByteArray *printed, const QByteArray &input)
{
    QProcess process;
    process.setProcessEnvironment(environment());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(binary(), arguments);
    process.write(input);
    process.closeWriteChannel();
    const bool ended = process.waitForFinished(30'000);
    if (printed)
        *printed = process.readAll();
    return ended && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
}
} // namespace belfry::test
