#pragma once

#include "account/account_tokens.h"
#include "account/diagnostics.h"
#include "account/local_data.h"
#include "account/local_settings.h"
#include "account/secret_vault.h"
#include "account/sign_in.h"
#include "program/account_desk.h"
#include "program/places.h"

namespace belfry::program {
/// Who is signed in on this computer: one account, at work as a desk, or none. An account whose sign-in ended
/// keeps its desk, so that what is here can be read; one that was signed out by its person leaves nothing
/// here but what makes the next sign-in shorter. One thread; nothing waits.
class Accounts : public QObject
{
    Q_OBJECT
public:
    /// Settings and stores outlive this.
    struct Parts
    {
        account::LocalSettings &settings;
        account::SecretStore &keychain;
        account::SecretStore &files;
        QString caches;
    };
    explicit Accounts(const Parts &parts, QObject *parent = nullptr);
    ~Accounts() override;

    /// Opens the account of last time, if it is to stay signed in.
    void start();
    /// Null: nobody is signed in, or the desk is made anew.
    [[nodiscard]] AccountDesk *desk() const { return m_desk.get(); }
    /// Somebody has an account here, though it may have no desk this moment.
    [[nodiscard]] bool hasAccount() const { return m_tokens != nullptr; }
    [[nodiscard]] account::SecretVault &vault() { return m_vault; }
    [[nodiscard]] const account::ConnectionLog &log() const { return m_log; }

    /// An account with a key that the start of the program was given: for this start alone, kept nowhere.
    void openWithKey(const offline::Account &account, const model::Text &key);
    /// The settings know the account already (SignInView).
    void signedIn(const account::SignedIn &who);
    /// The cache goes, too. What of it fails is told by leftSomething().
    void signOut();
    /// Takes the desk away, lets `work` do what can't be done beside it, and makes it anew when that calls
    /// back.
    void withoutDesk(const std::function<void(std::function<void()>)> &work);
    /// The server is worth a try now: another network, or the person wants it.
    void retryNow();
    /// Ends what is under way and calls back, at the latest after `patience`: the program may end then.
    void finish(std::function<void()> done);

    static constexpr std::chrono::seconds patience{3};

Q_SIGNALS:
    /// Before the former one ends.
    void deskChanged();
    /// The desk's session can be asked now.
    void opened();
    void signInWanted();
    /// For people: something of an account is still on this computer.
    void leftSomething(const QString &words);

private:
    void openTokens(bool areKept);
    void openDesk();
    void joinSearches(window::SavedSearches &shown, const QList<account::SavedSearch> &kept);
    void closeDesk();
    void left();

    const Parts m_parts;
    account::SecretVault m_vault;
    account::ConnectionLog m_log;
    std::unique_ptr<account::AccountTokens> m_tokens;
    std::unique_ptr<AccountDesk> m_desk;
    int m_leaving = 0; ///< what of a sign-out is still under way
    std::function<void()> m_finished;
    QTimer m_patience;
};
} // namespace belfry::program
