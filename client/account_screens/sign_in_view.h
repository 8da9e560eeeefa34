#pragma once

#include "account/local_settings.h"
#include "account/secret_vault.h"
#include "account/server_check.h"
#include "account/sign_in.h"

#include <QtQmlIntegration/qqmlintegration.h>

namespace belfry::account_screens {
using account::LocalSettings;
using account::Options;
using account::SecretVault;
using account::ServerCheck;
using account::SignedIn;
using account::SignIn;
using account::SignInPlace;
using account::SignInProblem;
/// The first screen (C1) as data: an address that is looked at while it is typed, who signs in, where the
/// secret goes. What was used last is there already. Passwords and tokens pass through and are not kept here.
/// GUI thread.
class SignInView : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(QString address READ address WRITE setAddress NOTIFY addressChanged)
    Q_PROPERTY(ServerState serverState READ serverState NOTIFY serverChanged)
    Q_PROPERTY(QString serverWords READ serverWords NOTIFY serverChanged)
    /// Of a certificate that may be trusted; empty: there is none to decide about.
    Q_PROPERTY(QString fingerprint READ fingerprint NOTIFY serverChanged)
    /// Where the server is instead; empty: nowhere else.
    Q_PROPERTY(QString otherAddress READ otherAddress NOTIFY serverChanged)
    /// What is typed would travel readable.
    Q_PROPERTY(bool isPlain READ isPlain NOTIFY serverChanged)
    Q_PROPERTY(QString lastEmail READ lastEmail CONSTANT)

    Q_PROPERTY(bool isBusy READ isBusy NOTIFY busyChanged)
    Q_PROPERTY(QString problem READ problem NOTIFY problemChanged)
    Q_PROPERTY(QString emailProblem READ emailProblem NOTIFY problemChanged)
    Q_PROPERTY(QString passwordProblem READ passwordProblem NOTIFY problemChanged)
    Q_PROPERTY(QString tokenProblem READ tokenProblem NOTIFY problemChanged)
    Q_PROPERTY(QString userProblem READ userProblem NOTIFY problemChanged)
    Q_PROPERTY(QString requestId READ requestId NOTIFY problemChanged)
    /// Seconds until the server takes another try; counts down.
    Q_PROPERTY(int retryIn READ retryIn NOTIFY retryInChanged)

    Q_PROPERTY(bool staysSignedIn READ staysSignedIn WRITE setStaysSignedIn NOTIFY optionsChanged)
    Q_PROPERTY(bool startsAtLogin READ startsAtLogin WRITE setStartsAtLogin NOTIFY optionsChanged)
    /// Nobody keeps secrets on this computer: only a file can, if the person wants that.
    Q_PROPERTY(bool isKeychainMissing READ isKeychainMissing NOTIFY keychainChanged)
    Q_PROPERTY(bool maySecretBeInFile READ maySecretBeInFile WRITE setMaySecretBeInFile NOTIFY optionsChanged)

public:
    enum class ServerState { Nothing, Checking, Good, Problem };
    Q_ENUM(ServerState)

    /// Settings and vault outlive the view. `deviceName`: of this computer, as its person knows it.
    SignInView(LocalSettings &settings, SecretVault &vault, QString deviceName, QObject *parent = nullptr);

    [[nodiscard]] QString address() const { return m_address; }
    void setAddress(const QString &address);
    [[nodiscard]] ServerState serverState() const;
    [[nodiscard]] QString serverWords() const { return m_check.finding().words(); }
    [[nodiscard]] QString fingerprint() const { return m_check.finding().fingerprint(); }
    [[nodiscard]] QString otherAddress() const { return m_check.finding().leadsTo.toString(); }
    [[nodiscard]] bool isPlain() const { return m_check.finding().isPlain(); }
    [[nodiscard]] QString lastEmail() const { return m_lastEmail; }

    [[nodiscard]] bool isBusy() const { return m_signIn.isBusy() || m_isWaitingForServer; }
    [[nodiscard]] QString problem() const { return wordsAt(SignInProblem::Field::Whole); }
    [[nodiscard]] QString emailProblem() const { return wordsAt(SignInProblem::Field::Email); }
    [[nodiscard]] QString passwordProblem() const { return wordsAt(SignInProblem::Field::Password); }
    [[nodiscard]] QString tokenProblem() const { return wordsAt(SignInProblem::Field::Token); }
    [[nodiscard]] QString userProblem() const { return wordsAt(SignInProblem::Field::User); }
    [[nodiscard]] QString requestId() const { return QString::fromUtf8(m_problem.requestId); }
    [[nodiscard]] int retryIn() const { return m_retryIn; }

    [[nodiscard]] bool staysSignedIn() const { return m_settings.options().staysSignedIn; }
    void setStaysSignedIn(bool stays);
    [[nodiscard]] bool startsAtLogin() const { return m_settings.options().startsAtLogin; }
    void setStartsAtLogin(bool starts);
    [[nodiscard]] bool isKeychainMissing() const { return m_isKeychainMissing; }
    [[nodiscard]] bool maySecretBeInFile() const { return m_settings.options().maySecretBeInFile; }
    void setMaySecretBeInFile(bool may);

    /// The fingerprint was compared and is the right one.
    Q_INVOKABLE void trust() { m_check.trust(); }
    /// To otherAddress.
    Q_INVOKABLE void goThere() { setAddress(otherAddress()); }
    Q_INVOKABLE void checkAgain() { m_check.checkNow(m_address); }
    /// Nothing happens while there is no server. `password` goes to the server and is forgotten.
    Q_INVOKABLE void signInWithPassword(const QString &email, const QString &password);
    Q_INVOKABLE void signInWithToken(const QString &token, const QString &user);
    Q_INVOKABLE void cancel();

Q_SIGNALS:
    /// Written to the settings; the secret is the program's to keep (AccountTokens::adopt).
    void signedIn(const belfry::account::SignedIn &who);

    void addressChanged();
    void serverChanged();
    void busyChanged();
    void problemChanged();
    void retryInChanged();
    void optionsChanged();
    void keychainChanged();

private:
    void serverFound();
    void begin(std::function<void()> signIn);
    void succeeded(const SignedIn &who);
    void failed(const SignInProblem &problem);
    void setProblem(const SignInProblem &problem);
    [[nodiscard]] QString wordsAt(SignInProblem::Field field) const;
    [[nodiscard]] SignInPlace place() const;

    LocalSettings &m_settings;
    SecretVault &m_vault;
    const QString m_deviceName;
    ServerCheck m_check;
    SignIn m_signIn;
    QString m_address;
    QString m_lastEmail;
    QString m_email; ///< of the sign-in under way
    SignInProblem m_problem;
    std::function<void()> m_waiting; ///< a sign-in that was asked for while the address was looked at
    bool m_isWaitingForServer = false;
    bool m_isKeychainMissing = false;
    int m_retryIn = 0;
    QTimer m_second; ///< while retryIn counts
};
} // namespace belfry::account_screens
