#include "account/secret_vault.h"

#include <QPointer>
#include <memory>

namespace belfry::account {
using model::ErrorCode;
using model::Result;
using model::VoidResult;

namespace {
/// As the person reads it in the desktop's own program.
QString entryName(const offline::Account &account)
{
    return QString::fromUtf8(account.user.text) + QStringLiteral(" at ") + account.server.toString();
}

Result<Secret> readSecret(const Result<QByteArray> &text)
{
    if (!text)
        return tl::unexpected(text.error());
    return parseSecret(*text);
}

bool isAbsent(const model::Error &error)
{
    return error.code == ErrorCode::NotFound;
}
} // namespace

struct SecretVault::Search
{
    QString name;
    Loaded loaded;
    std::optional<Result<QByteArray>> keychain;
    std::optional<Result<QByteArray>> file;
};

SecretVault::SecretVault(SecretStore &keychain, SecretStore &file, QObject *parent)
    : QObject(parent)
    , m_keychain(keychain)
    , m_file(file)
{
}

template<typename Callback>
auto SecretVault::whileAlive(Callback callback)
{
    return [alive = QPointer<SecretVault>(this), callback = std::move(callback)](const auto &result) {
        if (alive)
            callback(result);
    };
}

void SecretVault::begin(std::function<void()> work)
{
    m_works.push_back(std::move(work));
    if (m_works.size() == 1)
        m_works.front()();
}

void SecretVault::ended()
{
    m_works.pop_front();
    if (!m_works.empty())
        m_works.front()();
}

void SecretVault::load(const offline::Account &account, Loaded loaded)
{
    auto search = std::make_shared<Search>(Search{entryName(account), std::move(loaded), {}, {}});
    begin([this, search] {
        m_keychain.read(search->name, whileAlive([this, search](const Result<QByteArray> &text) {
                            search->keychain = text;
                            found(search);
                        }));
        m_file.read(search->name, whileAlive([this, search](const Result<QByteArray> &text) {
                        search->file = text;
                        found(search);
                    }));
    });
}

void SecretVault::found(const std::shared_ptr<Search> &search)
{
    if (!search->keychain || !search->file)
        return;
    if (*search->file && !m_isFileAllowed) { // the consent was taken back
        search->file = model::fail(ErrorCode::NotFound, "no secret is kept in a file");
        m_file.remove(search->name, [](const VoidResult &) { /* the next load tries again */ });
    }
    const Result<Secret> inKeychain = readSecret(*search->keychain);
    const Result<Secret> inFile = readSecret(*search->file);
    if (!inKeychain && !inFile)
        return foundNothing(*search, isAbsent(inKeychain.error()) ? inFile.error() : inKeychain.error());
    const bool isFileNewer = inFile && (!inKeychain || inKeychain->storedAt < inFile->storedAt);
    const bool hasKeychain = *search->keychain || isAbsent(search->keychain->error());
    const Secret secret = isFileNewer ? *inFile : *inKeychain;
    m_place = isFileNewer ? Place::File : Place::Keychain;
    if (*search->file && hasKeychain)
        settle(search->name, secret);
    else
        ended();
    search->loaded(secret);
}

void SecretVault::foundNothing(const Search &search, const model::Error &why)
{
    m_place = Place::Nowhere;
    ended();
    search.loaded(tl::unexpected(why));
}

/// One place holds it from now on; where that fails the next load tries again, and the younger one counts.
void SecretVault::settle(const QString &name, const Secret &secret)
{
    m_keychain.write(name, encodeSecret(secret), whileAlive([this, name](const VoidResult &written) {
                         if (!written)
                             return ended();
                         m_place = Place::Keychain;
                         m_file.remove(name, whileAlive([this](const VoidResult &) { ended(); }));
                     }));
}

void SecretVault::store(const offline::Account &account, const Secret &secret, Done done)
{
    begin([this, name = entryName(account), text = encodeSecret(secret), done = std::move(done)] {
        m_keychain.write(name, text, whileAlive([this, name, text, done](const VoidResult &written) {
                             if (!written)
                                 return storeInFile(name, text, written.error(), done);
                             m_place = Place::Keychain;
                             m_file.remove(name, whileAlive([this, done](const VoidResult &removed) {
                                               ended();
                                               done(removed);
                                           }));
                         }));
    });
}

void SecretVault::storeInFile(const QString &name, const QByteArray &text, const model::Error &why, Done done)
{
    if (!m_isFileAllowed) {
        m_place = Place::Nowhere;
        return m_file.remove(name, whileAlive([this, why, done = std::move(done)](const VoidResult &) {
                                 ended();
                                 done(tl::unexpected(why)); // it is the reason why nothing is kept
                             }));
    }
    m_file.write(name, text, whileAlive([this, name, done = std::move(done)](const VoidResult &written) {
                     if (!written) {
                         ended();
                         return done(written);
                     }
                     m_place = Place::File;
                     // What a keychain that does not answer may still have is older, and does not count.
                     m_keychain.remove(name, whileAlive([this, done](const VoidResult &) {
                                           ended();
                                           done({});
                                       }));
                 }));
}

void SecretVault::forget(const offline::Account &account, Done done)
{
    begin([this, name = entryName(account), done = std::move(done)] {
        const bool wasInFile = std::exchange(m_place, Place::Nowhere) == Place::File;
        m_file.remove(name, whileAlive([this, name, wasInFile, done](const VoidResult &file) {
                          m_keychain.remove(
                              name, whileAlive([this, file, wasInFile, done](const VoidResult &keychain) {
                                  ended();
                                  // One that is not there has nothing of what was in a file.
                                  done(!file || wasInFile ? file : keychain);
                              }));
                      }));
    });
}

void SecretVault::probe(Done done)
{
    begin([this, done = std::move(done)] {
        m_keychain.read(QStringLiteral("is there a keychain?"),
                        whileAlive([this, done](const Result<QByteArray> &text) {
                            ended();
                            const bool isThere = text || isAbsent(text.error());
                            done(isThere ? VoidResult() : tl::unexpected(text.error()));
                        }));
    });
}
} // namespace belfry::account

#include "moc_secret_vault.cpp"
