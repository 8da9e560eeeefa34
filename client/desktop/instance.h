#pragma once

#include "model/result.h"

#include <QDBusConnection>
#include <QLockFile>
#include <QObject>
#include <QUrl>
#include <functional>
#include <memory>

namespace belfry::desktop {
/// What a start of the program asks of the one that runs.
struct Wanted
{
    enum class Kind {
        Window, ///< show it
        Uris,   ///< open these
        Action, ///< one of the .desktop file's
        Nothing ///< started hidden, as at login
    };
    Kind kind = Kind::Window;
    QString token{}; ///< lets the window come to the front; "": none
    QStringList uris{};
    QString action{};
    friend bool operator==(const Wanted &, const Wanted &) = default;
};

/// The token that the launcher of this program has put into the environment; it counts once and is taken out.
[[nodiscard]] QString takeActivationToken();

/// One program per desktop session (desktop.md 4, "Process"): the owner of a name on the session bus, with
/// `org.freedesktop.Application` behind it; without a bus the holder of a lock file, to which nothing can be
/// handed over. One thread.
class Instance : public QObject
{
    Q_OBJECT
public:
    enum class Place {
        First,  ///< this is the one that runs
        Second, ///< another one runs
    };
    static constexpr std::chrono::seconds patience{5};

    /// `lockFolder`: a folder of this person's (XDG_RUNTIME_DIR).
    Instance(const QDBusConnection &session, const QString &lockFolder, QObject *parent = nullptr);
    /// Gives the name back.
    ~Instance() override;

    /// Before anything is shown; once. Asks the bus itself, which answers at once.
    [[nodiscard]] Place claim();
    /// As the second: tells the first and answers when it has taken it, or why not within the deadline, in
    /// words for a terminal.
    void handOver(const Wanted &wanted, std::function<void(const model::VoidResult &)> answer);

Q_SIGNALS:
    /// Somebody wants to see the program.
    void activated(const QString &token);
    void openWanted(const QStringList &uris, const QString &token);
    /// One of the .desktop file's actions.
    void actionWanted(const QString &action, const QString &token);

private:
    QDBusConnection m_bus;
    QLockFile m_lock;
    bool m_hasName = false;
};
} // namespace belfry::desktop
