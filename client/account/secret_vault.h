#pragma once

#include "account/secret.h"
#include "account/secret_store.h"
#include "offline/account.h"

#include <QObject>
#include <deque>

namespace belfry::account {
/// Where the secret of an account is kept: in the desktop's keychain; in a file of this user alone where
/// there is none and the person agreed to it (desktop.md 1, decision 6); else nowhere. In one of them, never
/// in both: one that is left behind by a crash is the older one, does not count, and goes. One thread;
/// nothing waits; what was asked first is done first, and answers come once each, not after the end of the
/// vault.
class SecretVault : public QObject
{
    Q_OBJECT
public:
    enum class Place { Nowhere, Keychain, File };
    using Loaded = std::function<void(model::Result<Secret>)>;
    using Done = SecretStore::Done;

    /// The stores outlive the vault.
    SecretVault(SecretStore &keychain, SecretStore &file, QObject *parent = nullptr);

    /// The person's consent. Taken back, a file goes with the next load() or store().
    void setFileAllowed(bool isAllowed) { m_isFileAllowed = isAllowed; }
    [[nodiscard]] bool isFileAllowed() const { return m_isFileAllowed; }
    /// Of what was loaded or stored last.
    [[nodiscard]] Place place() const { return m_place; }

    /// NotFound: nobody is signed in. Unavailable, Timeout, Forbidden: nobody can tell now; what is kept
    /// stays. What is found in a file moves into a keychain that is there.
    void load(const offline::Account &account, Loaded loaded);
    /// In place of what was there, which stays when this fails.
    void store(const offline::Account &account, const Secret &secret, Done done);
    /// Everywhere.
    void forget(const offline::Account &account, Done done);
    /// Whether there is a keychain: Unavailable when not, Timeout or Forbidden when it can't be used now.
    void probe(Done done);

private:
    struct Search;
    void begin(std::function<void()> work);
    void ended();
    void found(const std::shared_ptr<Search> &search);
    void foundNothing(const Search &search, const model::Error &why);
    void settle(const QString &name, const Secret &secret);
    void storeInFile(const QString &name, const QByteArray &text, const model::Error &why, Done done);

    /// A callback that does nothing once the vault is gone.
    template<typename Callback>
    [[nodiscard]] auto whileAlive(Callback callback);

    SecretStore &m_keychain;
    SecretStore &m_file;
    bool m_isFileAllowed = false;
    Place m_place = Place::Nowhere;
    std::deque<std::function<void()>> m_works; ///< the first one is under way
};
} // namespace belfry::account
