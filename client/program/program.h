#pragma once

#include "account/file_store.h"
#include "account/keychain_store.h"
#include "account_screens/settings_view.h"
#include "account_screens/sign_in_view.h"
#include "desktop/appearance.h"
#include "desktop/autostart.h"
#include "program/accounts.h"
#include "program/desktop_link.h"
#include "program/language.h"
#include "program/stall_watch.h"

#include <QElapsedTimer>
#include <QQmlApplicationEngine>
#include <QQuickWindow>

namespace belfry::program {
/// The desktop client from its start to its end: who is signed in, the window, and the desktop around it. One
/// thread, that of the GUI.
class Program : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by main")
    Q_PROPERTY(Screen screen READ screen NOTIFY screenChanged)
    Q_PROPERTY(belfry::program::AccountDesk *desk READ desk NOTIFY partsChanged)
    Q_PROPERTY(belfry::account_screens::SignInView *signIn READ signIn NOTIFY partsChanged)
    Q_PROPERTY(belfry::account_screens::SettingsView *settings READ settings CONSTANT)
    /// Something that went wrong as the last account was left; "": nothing.
    Q_PROPERTY(QString notice READ notice NOTIFY noticeChanged)
    Q_PROPERTY(bool hasTray READ hasTray NOTIFY trayChanged)
    /// As Theme numbers them.
    Q_PROPERTY(int scheme READ scheme NOTIFY lookChanged)
    Q_PROPERTY(bool isCompact READ isCompact NOTIFY lookChanged)
    Q_PROPERTY(bool isMotionReduced READ isMotionReduced NOTIFY lookChanged)
public:
    enum Screen {
        Nothing, ///< for a moment
        SignIn,
        Tour, ///< after the first sign-in
        Inbox
    };
    Q_ENUM(Screen)

    struct Buses
    {
        QDBusConnection session;
        QDBusConnection system;
    };
    Program(const Places &places, const Buses &buses, QObject *parent = nullptr);
    ~Program() override;

    /// An account for this start alone (BELFRY_SERVER, BELFRY_USER, BELFRY_KEY).
    struct Given
    {
        QString server;
        QString user;
        QString key;
    };
    /// False: no window could be made, or `given` is of no use, which was told on stderr.
    [[nodiscard]] bool start(bool isHidden, const std::optional<Given> &given);
    /// One of the .desktop file's actions; what it does not know opens the window.
    void perform(const QString &action, const QString &activationToken);
    /// The window to the front; the token lets it come there.
    void showWindow(const QString &activationToken = {});
    /// Ends, once what has to be written is.
    void quit();

    [[nodiscard]] Screen screen() const;
    [[nodiscard]] AccountDesk *desk() const { return m_accounts.desk(); }
    /// Null: nobody wants to sign in.
    [[nodiscard]] account_screens::SignInView *signIn() const { return m_signIn.get(); }
    [[nodiscard]] account_screens::SettingsView *settings() { return &m_settingsView; }
    [[nodiscard]] QString notice() const { return m_notice; }
    [[nodiscard]] bool hasTray() { return m_link.tray().isThere(); }
    [[nodiscard]] int scheme() const;
    [[nodiscard]] bool isCompact() const;
    [[nodiscard]] bool isMotionReduced() const { return m_settings.options().isMotionReduced; }

    // Of the window.
    /// It is being closed: hidden instead, where it can be found again.
    Q_INVOKABLE void closing();
    /// Not to sign in after all: back to what is here.
    Q_INVOKABLE void leaveSignIn();
    Q_INVOKABLE void openLink(const QString &link);
    Q_INVOKABLE void copy(const QString &text);

Q_SIGNALS:
    void screenChanged();
    /// After screenChanged(): what showed them has gone by then.
    void partsChanged();
    void noticeChanged();
    void trayChanged();
    void lookChanged();
    /// Show this notification; "": the list.
    void showWanted(const QString &id);
    void settingsWanted();

private:
    [[nodiscard]] bool use(const Given &given);
    void joinDesktop();
    void joinSettings();
    void followDesk();
    void tellSettings();
    void updateSignIn();
    void applyOptions(const account::Options &now);
    void optionsChanged(const account::Options &now, const account::Options &before);
    void setAutostart(bool isOn);
    void speak(const QString &code);
    void tell(const QString &problem);
    [[nodiscard]] account_screens::SettingsView::Parts settingsParts(const Places &places);
    [[nodiscard]] account::Facts facts() const;

    [[nodiscard]] bool makeWindow();
    void measureFirstFrame();
    void placeWindow();
    void keepGeometry();
    void toggleWindow();
    void hideWindow();
    void windowShown();

    QElapsedTimer m_sinceStart;
    StallWatch m_stalls;
    Language m_language;
    account::LocalSettings m_settings;
    account::KeychainStore m_keychain;
    account::FileStore m_files;
    Accounts m_accounts;
    desktop::Appearance m_appearance;
    desktop::Autostart m_autostart;
    DesktopLink m_link;
    account_screens::SettingsView m_settingsView;
    std::unique_ptr<account_screens::SignInView> m_signIn;
    bool m_isSignInWanted = false; ///< though somebody has an account here
    bool m_isEnding = false;
    QString m_notice;
    QQmlApplicationEngine m_engine;
    QQuickWindow *m_window = nullptr; ///< the engine's; null until it is first shown
};
} // namespace belfry::program
