#pragma once

#include "account_screens/settings_view.h"
#include "account_screens/sign_in_view.h"
#include "support/memory_secrets.h"
#include "support/qml_warnings.h"
#include "support/small_server.h"

#include <QTemporaryDir>

namespace belfry::account_screens {
/// All that the screens of the account show, in front of a server of few lines that the test steers.
class AccountBed : public QObject
{
    Q_OBJECT
    Q_PROPERTY(belfry::account_screens::SignInView *signIn READ signIn NOTIFY made)
    Q_PROPERTY(belfry::account_screens::SettingsView *settings READ settings NOTIFY made)
    Q_PROPERTY(QString address READ address NOTIFY made)
    Q_PROPERTY(QStringList wanted READ wanted)
    Q_PROPERTY(QString signedIn READ signedIn)
public:
    explicit AccountBed(QObject *parent = nullptr);
    ~AccountBed() override;

    [[nodiscard]] SignInView *signIn() const { return m_signIn.get(); }
    [[nodiscard]] SettingsView *settings() const { return m_view.get(); }
    [[nodiscard]] QString address() const { return m_server->url().toString(); }
    /// What the views asked the program for: "sign out", "clear" …
    [[nodiscard]] QStringList wanted() const { return m_wanted; }
    /// "7 session": who, and by what.
    [[nodiscard]] QString signedIn() const { return m_signedIn; }
    /// What QML complained of since the last time.
    Q_INVOKABLE [[nodiscard]] QStringList takeWarnings() { return m_warnings.take(); }

    /// Everything anew: nobody is signed in, the keychain is there unless told otherwise.
    Q_INVOKABLE void reset(bool hasKeychain = true);
    /// "login", "known", "devices", "send" are answered with this from now on.
    Q_INVOKABLE void answer(const QString &what, int status, const QString &body);
    Q_INVOKABLE void problem(const QString &what, int status, const QString &slug,
                             const QString &members = {});
    Q_INVOKABLE void holdBack(const QString &what);
    /// As after a sign-in, with three devices.
    Q_INVOKABLE void setAccount();
    /// `user` was here before and kept a search.
    Q_INVOKABLE void saveSearchOf(const QString &user);
    /// The same, with an address that is not another one each time.
    Q_INVOKABLE void setAccountAt(const QString &server);
    Q_INVOKABLE [[nodiscard]] QString option(const QString &name) const;
    /// PNG into the folder of BELFRY_SHOTS, when that is set.
    Q_INVOKABLE [[nodiscard]] QString shotPath(const QString &name) const;

Q_SIGNALS:
    void made();

private:
    [[nodiscard]] test::SmallServer::Answer answerTo(const test::SmallServer::Request &request) const;
    void listen();

    test::QmlWarnings m_warnings;
    QMap<QString, test::SmallServer::Answer> m_answers;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<test::SmallServer> m_server;
    std::unique_ptr<test::MemorySecrets> m_keychain;
    std::unique_ptr<test::MemorySecrets> m_file;
    std::unique_ptr<account::LocalSettings> m_settings;
    std::unique_ptr<account::SecretVault> m_vault;
    std::unique_ptr<client::RestClient> m_rest;
    account::ConnectionLog m_log;
    std::unique_ptr<SignInView> m_signIn;
    std::unique_ptr<SettingsView> m_view;
    QStringList m_wanted;
    QString m_signedIn;
};
} // namespace belfry::account_screens
