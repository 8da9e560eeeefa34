#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QProcess>
#include <QTemporaryDir>
#include <memory>

namespace belfry::test {
/// Where a desktop's notifications are shown.
inline const QString notificationService = QStringLiteral("org.freedesktop.Notifications");
inline const QString notificationPath = QStringLiteral("/org/freedesktop/Notifications");

/// A bus of its own, on which a test stands in for a desktop: programs of python-dbusmock, or others. What is
/// started here ends with it.
class PrivateBus
{
public:
    PrivateBus();
    /// The one that is at this address already: programs and connections on it end with this, it does not.
    explicit PrivateBus(const QString &address);
    ~PrivateBus();
    Q_DISABLE_COPY_MOVE(PrivateBus)

    [[nodiscard]] QString address() const { return m_address; }
    /// Another connection each time, as another program has one.
    [[nodiscard]] QDBusConnection connect();
    /// A program on this bus; it has the name when this returns, or false.
    [[nodiscard]] bool start(const QString &program, const QStringList &arguments, const QString &name,
                             const QStringList &environment = {});
    /// A template of dbusmock; `parameters` is JSON.
    [[nodiscard]] bool startMock(const QString &pattern, const QString &name,
                                 const QString &parameters = QStringLiteral("{}"));
    /// An object of dbusmock without methods yet.
    [[nodiscard]] bool startMockObject(const QString &name, const QString &path, const QString &interface);
    /// The bus starts this template of dbusmock itself, when somebody asks for its name.
    [[nodiscard]] bool offerMock(const QString &pattern, const QString &name,
                                 const QString &parameters = QStringLiteral("{}"));
    /// Ends what has this name, at once.
    [[nodiscard]] bool stop(const QString &name);
    /// Stops what has this name as if it hung, or lets it go on.
    void freeze(const QString &name, bool isFrozen = true);

    /// Asks and waits; an error is a failed test's to tell.
    [[nodiscard]] QVariant call(const QString &service, const QString &path, const QString &interface,
                                const QString &method, const QVariantList &arguments = {});
    /// As call(), of a mock itself (org.freedesktop.DBus.Mock).
    QVariant mock(const QString &service, const QString &path, const QString &method,
                  const QVariantList &arguments = {});
    /// The arguments of each call of a method of a mock so far.
    [[nodiscard]] QList<QVariantList> callsOf(const QString &service, const QString &path,
                                              const QString &method);

private:
    QTemporaryDir m_folder;
    QProcess m_daemon;
    QString m_address;
    std::unique_ptr<QDBusConnection> m_own;
    std::vector<std::pair<QString, std::unique_ptr<QProcess>>> m_programs;
    QStringList m_connections;
};
} // namespace belfry::test
