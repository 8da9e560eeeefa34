#pragma once

#include "offline/account.h"

#include <QList>
#include <QObject>
#include <QSettings>
#include <QSslCertificate>
#include <functional>
#include <optional>

namespace belfry::account {
/// A search that the person keeps under a name (C3).
struct SavedSearch
{
    QString name;
    QString query;
    friend bool operator==(const SavedSearch &, const SavedSearch &) = default;
};

/// Who was signed in last; the secret is elsewhere (SecretVault).
struct SavedAccount
{
    offline::Account account;
    QString email;               ///< for the next sign-in; empty: it was none with a password
    QSslCertificate certificate; ///< that the person trusts at this server; null: the system's authorities do
    bool isSignedOut = false;    ///< by its person: only the next sign-in looks at it
    QList<SavedSearch> searches{}; ///< of this account alone; at most mostSearches

    static constexpr qsizetype mostSearches = 50;
    friend bool operator==(const SavedAccount &, const SavedAccount &) = default;
};

/// What a person chose for this computer (desktop.md 5, C9); all of it has a default.
struct Options
{
    enum class Theme { System, Light, Dark, HighContrast };
    enum class Density { Comfortable, Compact };
    /// When banners hide what a notification says (desktop.md 4).
    enum class LockPrivacy { WhenLocked, Always, Never };

    Theme theme = Theme::System;
    Density density = Density::Comfortable;
    bool isMotionReduced = false;
    QString language; ///< as in "de"; empty: the desktop's
    bool startsAtLogin = false;
    bool startsHidden = true; ///< when it starts at login
    bool closesToTray = true;
    LockPrivacy lockPrivacy = LockPrivacy::WhenLocked;
    bool hasSounds = true;
    bool staysSignedIn = true;
    bool maySecretBeInFile = false; ///< the person's consent (desktop.md 1, decision 6)
    bool isTourDone = false;
    bool knowsTray = false;    ///< was told that a closed window is still in the tray
    QByteArray windowGeometry; ///< opaque
    std::optional<SavedAccount> account;

    friend bool operator==(const Options &, const Options &) = default;
};

/// The options in a file of this user alone (ini, 0600). A value that can't be read counts as its default and
/// stays in the file until the person chooses another; so do names that this version does not know. One
/// thread; a change is on disk when update() returns.
class LocalSettings : public QObject
{
    Q_OBJECT
public:
    explicit LocalSettings(const QString &path, QObject *parent = nullptr);

    [[nodiscard]] const Options &options() const { return m_options; }
    /// Lets `change` work on the options; tells what came of it.
    void update(const std::function<void(Options &)> &change);
    /// This installation's own random text, made with the first start and kept for good (H82).
    [[nodiscard]] const model::DeviceId &device() const { return m_device; }
    /// Nothing: all is kept. Else why not, for people.
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    void changed(const belfry::account::Options &now, const belfry::account::Options &before);
    /// It could not be written, or can again: problem().
    void problemChanged();

private:
    void sync();

    QSettings m_file;
    Options m_options;
    model::DeviceId m_device;
    bool m_hadProblem = false;
};
} // namespace belfry::account
