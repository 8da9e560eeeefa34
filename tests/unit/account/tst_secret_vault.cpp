#include "account/secret_vault.h"
#include "support/memory_secrets.h"
#include "support/wait_until.h"

namespace belfry::account {
using model::ErrorCode;
using Place = SecretVault::Place;

class TestSecretVault : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void keepsInTheKeychain();
    void withoutConsentNothingGoesToAFile();
    void withConsentTheFileHoldsWhatTheKeychainDoesNot();
    void movesIntoAKeychainThatComesLater();
    void theYoungerOneCounts();
    void staleFileOfACrashGoes();
    void consentTakenBackRemovesTheFile();
    void aKeychainThatIsAwayIsNotEmpty();
    void whatCannotBeReadIsSaid();
    void forgetsEverywhere();
    void forgettingTellsWhatStays();
    void afterAStoreComesItsForget();
    void probes();
    void nobodyIsCalledAfterItsEnd();

private:
    [[nodiscard]] model::Result<Secret> load();
    [[nodiscard]] model::VoidResult store(const Secret &secret);
    [[nodiscard]] model::VoidResult forget();
    void setKeychainAway(bool isAway)
    {
        m_keychain->fault.reset();
        if (isAway)
            m_keychain->fault = model::Error{ErrorCode::Unavailable, "no keychain", {}, {}};
    }

    const offline::Account m_account{QUrl(QStringLiteral("https://notify.example")), {"eva"}};
    const Secret m_first{Secret::Kind::Session, "access-1", model::Instant{1}, "refresh-1", {10}};
    const Secret m_second{Secret::Kind::Session, "access-2", model::Instant{2}, "refresh-2", {20}};
    std::unique_ptr<test::MemorySecrets> m_keychain;
    std::unique_ptr<test::MemorySecrets> m_file;
    std::unique_ptr<SecretVault> m_vault;
};

void TestSecretVault::init()
{
    m_keychain = std::make_unique<test::MemorySecrets>();
    m_file = std::make_unique<test::MemorySecrets>();
    m_vault = std::make_unique<SecretVault>(*m_keychain, *m_file);
}

void TestSecretVault::cleanup()
{
    m_vault.reset();
    m_file.reset();
    m_keychain.reset();
}

namespace {
const model::Error neverAnswered{ErrorCode::Internal, "no answer", {}, {}};
} // namespace

model::Result<Secret> TestSecretVault::load()
{
    std::optional<model::Result<Secret>> got;
    m_vault->load(m_account, [&](const model::Result<Secret> &secret) { got = secret; });
    if (!test::waitUntil([&] { return got.has_value(); }))
        return tl::unexpected(neverAnswered);
    return *got;
}

model::VoidResult TestSecretVault::store(const Secret &secret)
{
    std::optional<model::VoidResult> got;
    m_vault->store(m_account, secret, [&](const model::VoidResult &result) { got = result; });
    if (!test::waitUntil([&] { return got.has_value(); }))
        return tl::unexpected(neverAnswered);
    return *got;
}

model::VoidResult TestSecretVault::forget()
{
    std::optional<model::VoidResult> got;
    m_vault->forget(m_account, [&](const model::VoidResult &result) { got = result; });
    if (!test::waitUntil([&] { return got.has_value(); }))
        return tl::unexpected(neverAnswered);
    return *got;
}

void TestSecretVault::keepsInTheKeychain()
{
    m_vault->setFileAllowed(true);
    QCOMPARE(load().error().code, ErrorCode::NotFound);
    QVERIFY(store(m_first));
    QCOMPARE(m_vault->place(), Place::Keychain);
    QCOMPARE(m_keychain->kept.size(), 1);
    QVERIFY(m_keychain->kept.firstKey().contains(u"eva"));
    QVERIFY(m_file->kept.isEmpty());
    QVERIFY(load().value() == m_first);
}

void TestSecretVault::withoutConsentNothingGoesToAFile()
{
    setKeychainAway(true);
    const auto stored = store(m_first);
    QCOMPARE(stored.error().code, ErrorCode::Unavailable);
    QVERIFY(m_file->kept.isEmpty());
    QCOMPARE(m_vault->place(), Place::Nowhere);
}

void TestSecretVault::withConsentTheFileHoldsWhatTheKeychainDoesNot()
{
    setKeychainAway(true);
    m_vault->setFileAllowed(true);
    QVERIFY(store(m_first));
    QCOMPARE(m_vault->place(), Place::File);
    QCOMPARE(m_file->kept.size(), 1);
    QVERIFY(load().value() == m_first);
    QCOMPARE(m_vault->place(), Place::File);
}

void TestSecretVault::movesIntoAKeychainThatComesLater()
{
    setKeychainAway(true);
    m_vault->setFileAllowed(true);
    QVERIFY(store(m_first));
    setKeychainAway(false);
    QVERIFY(load().value() == m_first);
    QVERIFY(test::waitUntil([&] { return m_file->kept.isEmpty(); }));
    QCOMPARE(m_vault->place(), Place::Keychain);
    QVERIFY(load().value() == m_first);
}

// The keychain was away when the token changed: what it has is used up, and would end the session (H63).
void TestSecretVault::theYoungerOneCounts()
{
    m_vault->setFileAllowed(true);
    QVERIFY(store(m_first));
    setKeychainAway(true);
    QVERIFY(store(m_second));
    setKeychainAway(false);
    QCOMPARE(m_keychain->kept.size(), 1); // the old one
    QVERIFY(load().value() == m_second);
    QVERIFY(test::waitUntil([&] { return m_file->kept.isEmpty(); }));
    QVERIFY(parseSecret(m_keychain->kept.first()).value() == m_second);
}

void TestSecretVault::staleFileOfACrashGoes()
{
    m_vault->setFileAllowed(true);
    QVERIFY(store(m_second));
    m_file->kept.insert(m_keychain->kept.firstKey(), encodeSecret(m_first));
    QVERIFY(load().value() == m_second);
    QVERIFY(test::waitUntil([&] { return m_file->kept.isEmpty(); }));
    QVERIFY(parseSecret(m_keychain->kept.first()).value() == m_second);
}

void TestSecretVault::consentTakenBackRemovesTheFile()
{
    setKeychainAway(true);
    m_vault->setFileAllowed(true);
    QVERIFY(store(m_first));
    m_vault->setFileAllowed(false);
    QVERIFY(!load());
    QVERIFY(test::waitUntil([&] { return m_file->kept.isEmpty(); }));
    QVERIFY(!store(m_second));
    QVERIFY(m_file->kept.isEmpty());
}

void TestSecretVault::aKeychainThatIsAwayIsNotEmpty()
{
    QVERIFY(store(m_first));
    setKeychainAway(true);
    QCOMPARE(load().error().code, ErrorCode::Unavailable);
    setKeychainAway(false);
    QVERIFY(load().value() == m_first);
}

void TestSecretVault::whatCannotBeReadIsSaid()
{
    QVERIFY(store(m_first));
    m_keychain->kept.first() = "hunter2";
    QCOMPARE(load().error().code, ErrorCode::Malformed);
    QCOMPARE(m_keychain->kept.size(), 1); // it is not ours to remove
    QVERIFY(store(m_second));
    QVERIFY(load().value() == m_second);
}

void TestSecretVault::forgetsEverywhere()
{
    m_vault->setFileAllowed(true);
    QVERIFY(store(m_first));
    m_file->kept.insert(m_keychain->kept.firstKey(), encodeSecret(m_second));
    QVERIFY(forget());
    QVERIFY(m_keychain->kept.isEmpty() && m_file->kept.isEmpty());
    QCOMPARE(load().error().code, ErrorCode::NotFound);
}

void TestSecretVault::forgettingTellsWhatStays()
{
    QVERIFY(store(m_first));
    setKeychainAway(true);
    QCOMPARE(forget().error().code, ErrorCode::Unavailable);
    m_vault->setFileAllowed(true);
    QVERIFY(store(m_second));
    QVERIFY(forget()); // it was in the file alone
    m_file->fault = model::Error{ErrorCode::Internal, "disk", {}, {}};
    QCOMPARE(forget().error().code, ErrorCode::Internal);
}

void TestSecretVault::afterAStoreComesItsForget()
{
    bool isForgotten = false;
    m_vault->setFileAllowed(true);
    setKeychainAway(true); // the longest way
    m_vault->store(m_account, m_first, [](const model::VoidResult &) {});
    m_vault->forget(m_account, [&](const model::VoidResult &) { isForgotten = true; });
    QVERIFY(test::waitUntil([&] { return isForgotten; }));
    QCOMPARE(m_file->writes, 1);
    QVERIFY(m_file->kept.isEmpty());
}

void TestSecretVault::probes()
{
    std::optional<model::VoidResult> got;
    const auto done = [&](const model::VoidResult &result) { got = result; };
    m_vault->probe(done);
    QVERIFY(test::waitUntil([&] { return got.has_value(); }));
    QVERIFY(*got);
    got.reset();
    setKeychainAway(true);
    m_vault->probe(done);
    QVERIFY(test::waitUntil([&] { return got.has_value(); }));
    QCOMPARE(got->error().code, ErrorCode::Unavailable);
}

void TestSecretVault::nobodyIsCalledAfterItsEnd()
{
    bool isCalled = false;
    m_vault->load(m_account, [&](const model::Result<Secret> &) { isCalled = true; });
    m_vault.reset();
    bool isRead = false;
    m_file->read({}, [&](const model::Result<QByteArray> &) { isRead = true; }); // behind the vault's
    QVERIFY(test::waitUntil([&] { return isRead; }));
    QVERIFY(!isCalled);
}
} // namespace belfry::account

QTEST_GUILESS_MAIN(belfry::account::TestSecretVault)
#include "tst_secret_vault.moc"
