#pragma once

#include <QProcess>
#include <QTemporaryDir>
#include <chrono>

namespace belfry::test {
/// The real belfryd as its operator runs it: private data folder, a port that it picks itself. Killed at the
/// end when it still runs. One thread.
class ServerProcess
{
public:
    struct Options
    {
        QByteArray databaseUrl; ///< empty: SQLite in the data folder
        QStringList arguments;
        QMap<QString, QString> environment;
        /// The key of BELFRY_ADMIN_KEY; limits on requests are off.
        QByteArray adminKey = "the key of the tests";
    };

    ServerProcess();
    explicit ServerProcess(Options options);
    ~ServerProcess();
    ServerProcess(const ServerProcess &) = delete;
    ServerProcess &operator=(const ServerProcess &) = delete;

    /// Starts it on the same data and waits until it answers. False: error() has what it printed.
    [[nodiscard]] bool start();
    /// SIGKILL, and waits for the end.
    void kill();
    /// SIGTERM, and waits. The exit code; −1: it did not end in time, or by a signal.
    [[nodiscard]] int terminate(std::chrono::milliseconds deadline = std::chrono::seconds(12));
    /// Waits for an end that it comes to by itself; as terminate().
    [[nodiscard]] int waitForExit(std::chrono::milliseconds deadline = std::chrono::seconds(12));
    void signal(int number);

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    [[nodiscard]] bool isRunning() const { return m_process.state() == QProcess::Running; }
    [[nodiscard]] QByteArray key() const { return m_options.adminKey; }
    [[nodiscard]] QString dataDir() const { return m_dataDir.path(); }
    /// All that it printed since the last start.
    [[nodiscard]] QByteArray output();
    [[nodiscard]] QByteArray error() { return "belfryd: " + output(); }

    /// Starts another belfryd with the same surroundings, such as `self-test`, and waits for it. The exit
    /// code; what it printed goes to `printed`, `input` is what it reads.
    [[nodiscard]] int run(const QStringList &arguments, QByteArray *printed = nullptr,
                          const QByteArray &input = {});

private:
    [[nodiscard]] QProcessEnvironment environment() const;
    [[nodiscard]] bool readReadyFile();

    Options m_options;
    QTemporaryDir m_dataDir;
    QProcess m_process;
    QByteArray m_output;
    quint16 m_port = 0;
};
} // namespace belfry::test
