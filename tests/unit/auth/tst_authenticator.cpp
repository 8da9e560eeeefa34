#include "auth/authenticator.h"
#include "auth/key.h"
#include "auth/token.h"

#include <QHash>
#include <QTest>

using namespace belfry;
using auth::Principal;
using auth::Scope;
using model::ErrorCode;

namespace {
const QByteArray secret = "a secret of at least 32 characters";
const QByteArray adminKey = "the key of the environment";

/// Tickets only: nothing else of the cache is asked for here.
class TicketCache final : public ports::Cache
{
public:
    std::shared_ptr<const model::Preferences> preferences(const model::UserId &) const override { return {}; }
    void keepPreferences(const model::UserId &, std::shared_ptr<const model::Preferences>) override {}
    void dropPreferences(const model::UserId &) override {}
    std::optional<ports::LogState> logState(const model::UserId &) const override { return {}; }
    void keepLogState(const model::UserId &, const ports::LogState &) override {}
    Bucket take(const QByteArray &, double, double, double) override { return {}; }

    void keepTicket(const QByteArray &hash, const ports::TicketHolder &holder, model::Instant until) override
    {
        tickets.insert(hash, {holder, until});
    }
    std::optional<ports::TicketHolder> takeTicket(const QByteArray &hash, model::Instant now) override
    {
        const auto [holder, until] = tickets.take(hash);
        return until > now ? std::optional(holder) : std::nullopt;
    }

    QHash<QByteArray, std::pair<ports::TicketHolder, model::Instant>> tickets;
};
} // namespace

class TstAuthenticator : public QObject
{
    Q_OBJECT
private:
    TicketCache m_cache;
    runtime::FakeClock m_clock;

    auth::Authenticator make(QByteArray admin = adminKey, bool legacyOpen = true)
    {
        return auth::Authenticator({std::move(admin), secret, legacyOpen}, m_cache, m_clock);
    }
    static ports::ApiKey keyRow(const QByteArray &key)
    {
        ports::ApiKey row;
        row.id = "key-1";
        row.name = "ci";
        row.hash = auth::hashKey(key);
        row.scopes = quint32(auth::Scopes(Scope::NotifyWrite).toInt());
        return row;
    }

private Q_SLOTS:
    void keysAreDifferentAndTellWhatTheyAre()
    {
        const QByteArray a = auth::makeKey();
        const QByteArray b = auth::makeKey();
        QVERIFY(a.startsWith("blf_"));
        QCOMPARE(a.size(), 4 + 43);
        QVERIFY(a != b);
        // FIPS 180-2, appendix B.1
        QCOMPARE(auth::hashKey("abc").toHex(),
                 "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    void aKnownKeyIsItsPrincipal()
    {
        auto authenticator = make();
        const QByteArray key = auth::makeKey();
        authenticator.setKeys({keyRow(key)});
        const auto principal = authenticator.fromHeader("Bearer " + key);
        QVERIFY(principal);
        QCOMPARE(principal->kind, Principal::Kind::Key);
        QCOMPARE(principal->id, "key-1");
        QVERIFY(principal->has(Scope::NotifyWrite));
        QVERIFY(!principal->has(Scope::AdminRead));
        QVERIFY(principal->reaches({"anybody"}));
    }

    void headerForms_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<bool>("good");
        QTest::newRow("as RFC 6750 says") << "Bearer " + adminKey << true;
        QTest::newRow("scheme in lower case") << "bearer " + adminKey << true;
        QTest::newRow("two spaces") << "Bearer  " + adminKey << true;
        QTest::newRow("no scheme") << adminKey << false;
        QTest::newRow("another scheme") << "Basic " + adminKey << false;
        QTest::newRow("scheme only") << QByteArray("Bearer ") << false;
        QTest::newRow("empty") << QByteArray() << false;
        QTest::newRow("another key") << QByteArray("Bearer blf_nothing") << false;
    }
    void headerForms()
    {
        QFETCH(QByteArray, header);
        QFETCH(bool, good);
        const auto principal = make().fromHeader(header);
        QCOMPARE(principal.has_value(), good);
        if (!good)
            QCOMPARE(principal.error().code, ErrorCode::Unauthenticated);
    }

    void anAbsentAdminKeyIsNotTheEmptyOne()
    {
        QVERIFY(!make("").fromToken(""));
        QVERIFY(!make("").fromHeader("Bearer "));
    }

    void aRevokedAndAnExpiredKeyAreRefused()
    {
        auto authenticator = make();
        const QByteArray key = auth::makeKey();
        auto row = keyRow(key);
        row.expiresAt = m_clock.now() + std::chrono::seconds(10);
        authenticator.setKeys({row});
        QVERIFY(authenticator.fromToken(key));
        m_clock.advance(std::chrono::seconds(10));
        QVERIFY(!authenticator.fromToken(key));

        row.expiresAt.reset();
        row.revokedAt = m_clock.now();
        authenticator.setKeys({row});
        QVERIFY(!authenticator.fromToken(key));
        authenticator.setKeys({});
        QVERIFY(!authenticator.fromToken(key));
    }

    void keysTellWhenTheyWereUsed()
    {
        auto authenticator = make();
        const QByteArray key = auth::makeKey();
        authenticator.setKeys({keyRow(key)});
        QVERIFY(authenticator.takeKeyUses().empty());
        QVERIFY(authenticator.fromToken(key));
        const model::Instant first = m_clock.now();
        m_clock.advance(std::chrono::milliseconds(999));
        QVERIFY(authenticator.fromToken(key));
        authenticator.setKeys({keyRow(key)}); // nothing is lost when they are read again
        const auto uses = authenticator.takeKeyUses();
        QCOMPARE(uses.size(), 1);
        QCOMPARE(uses[0].id, "key-1");
        QCOMPARE(uses[0].at, first);
        QVERIFY(authenticator.takeKeyUses().empty());
        m_clock.advance(std::chrono::milliseconds(1001));
        QVERIFY(authenticator.fromToken(key));
        QCOMPARE(authenticator.takeKeyUses().front().at, m_clock.now());
    }

    void aLateReadOfTheKeysRevivesNone()
    {
        auto authenticator = make();
        const QByteArray key = auth::makeKey();
        const auto early = authenticator.nextKeyRead();
        authenticator.setKeys({});
        authenticator.setKeys({keyRow(key)}, early);
        QVERIFY(!authenticator.fromToken(key));
    }

    void aTokenReachesItsOwnUserOnly()
    {
        const auto now = m_clock.now();
        const QByteArray token = auth::writeToken({{"anna"}, now, now + std::chrono::minutes(5), {}}, secret);
        const auto principal = make().fromHeader("Bearer " + token);
        QVERIFY(principal);
        QCOMPARE(principal->kind, Principal::Kind::User);
        QVERIFY(principal->reaches({"anna"}));
        QVERIFY(!principal->reaches({"bert"}));
        QVERIFY(principal->has(Scope::InboxWrite));
        QVERIFY(!principal->has(Scope::NotifyWrite));
        QCOMPARE(*principal->expiresAt, now + std::chrono::minutes(5));
    }

    void aSessionHasItsRoleWhileItLives()
    {
        using model::Role;
        auto authenticator = make();
        const QByteArray token = authenticator.makeToken({"anna"}, "s1");
        QVERIFY(!authenticator.fromToken(token)->has(Scope::AdminRead));
        const auto early = authenticator.nextStandingsRead();
        authenticator.setStandings({{{"s1", {"anna"}, Role::Auditor}}, {}},
                                   authenticator.nextStandingsRead());
        QVERIFY(authenticator.fromToken(token)->has(Scope::AdminRead));
        QCOMPARE(authenticator.fromToken(token)->role, Role::Auditor);
        QVERIFY(!authenticator.fromToken(token)->reaches({"bert"}));
        // A session of somebody else, and a read that comes late.
        QVERIFY(!authenticator.fromToken(authenticator.makeToken({"bert"}, "s1"))->has(Scope::AdminRead));
        authenticator.setStandings({}, early);
        QVERIFY(authenticator.fromToken(token)->has(Scope::AdminRead));
        authenticator.setStandings({{}, {"s1"}}, authenticator.nextStandingsRead());
        QCOMPARE(authenticator.fromToken(token).error().code, ErrorCode::Unauthenticated);
        QVERIFY(authenticator.fromToken(authenticator.makeToken({"anna"}, "s2")));
    }

    void aTicketIsGoodOnceAndForThirtySeconds()
    {
        const auto authenticator = make();
        const QByteArray first = authenticator.makeTicket({"anna"}, {});
        const QByteArray second = authenticator.makeTicket({"anna"}, {});
        QVERIFY(!m_cache.tickets.contains(first));
        QCOMPARE(authenticator.fromTicket(first)->user.text, "anna");
        QVERIFY(!authenticator.fromTicket(first));
        m_clock.advance(std::chrono::seconds(30));
        QVERIFY(!authenticator.fromTicket(second));
    }

    void aTicketEndsWithWhatItWasMadeWith()
    {
        const auto authenticator = make();
        const model::Instant end = m_clock.now() + std::chrono::seconds(10);
        const QByteArray first = authenticator.makeTicket({"anna"}, end);
        const QByteArray late = authenticator.makeTicket({"anna"}, end);
        QCOMPARE(authenticator.fromTicket(first)->expiresAt, model::MaybeInstant(end));
        m_clock.advance(std::chrono::seconds(10));
        QCOMPARE(authenticator.fromTicket(late).error().code, ErrorCode::Unauthenticated);
    }

    void aTicketEndsWithItsKey()
    {
        auto authenticator = make();
        ports::ApiKey key;
        key.id = "key-1";
        key.hash = "hash";
        authenticator.setKeys({key});
        const auto ticket = [&] { return authenticator.makeTicket({"anna"}, {}, "key-1"); };
        QCOMPARE(authenticator.fromTicket(ticket())->key, "key-1");
        const QByteArray early = ticket();
        key.expiresAt = m_clock.now() + std::chrono::seconds(10); // rotated
        authenticator.setKeys({key});
        QCOMPARE(authenticator.fromTicket(early)->expiresAt, key.expiresAt);
        const QByteArray late = ticket();
        key.revokedAt = m_clock.now();
        authenticator.setKeys({key});
        QCOMPARE(authenticator.fromTicket(late).error().code, ErrorCode::Unauthenticated);
    }

    void watchersHearOfWhatChanges()
    {
        struct Watcher final : auth::KeyWatcher
        {
            void keysChanged() override { ++told; }
            int told = 0;
        } watcher;
        auto authenticator = make();
        ports::ApiKey key;
        key.id = "key-1";
        key.hash = "hash";
        authenticator.watchKeys(watcher);
        authenticator.setKeys({key}); // a new one ends nothing
        authenticator.setKeys({key});
        QCOMPARE(watcher.told, 0);
        key.expiresAt = m_clock.now() + std::chrono::seconds(1);
        authenticator.setKeys({key});
        QCOMPARE(watcher.told, 1);
        QVERIFY(authenticator.standingOf("key-1").isGood);
        m_clock.advance(std::chrono::seconds(1));
        QVERIFY(!authenticator.standingOf("key-1").isGood);
        authenticator.setKeys({});
        QCOMPARE(watcher.told, 2);
        QVERIFY(!authenticator.standingOf("key-1").isGood);
        QVERIFY(authenticator.standingOf({}).isGood); // what no key opened
        authenticator.unwatchKeys(watcher);
        authenticator.setKeys({key});
        authenticator.setKeys({});
        QCOMPARE(watcher.told, 2);
    }

    void theAnonymousIsNoAdmin()
    {
        const auth::Surroundings local{true, false, "127.0.0.1", {}, "127.0.0.1"};
        const auto principal = make().anonymous(local);
        QVERIFY(principal);
        QCOMPARE(principal->id, "anonymous@127.0.0.1");
        QVERIFY(principal->has(Scope::NotifyWrite));
        QVERIFY(!principal->has(Scope::NotifyCritical));
        QVERIFY(!principal->has(Scope::AdminRead));
        QVERIFY(!principal->has(Scope::AdminWrite));
        QVERIFY(!make(adminKey, false).anonymous(local));
        QVERIFY(!make().anonymous({false, false, "127.0.0.1", {}, "10.0.0.9"}));
    }
};

QTEST_APPLESS_MAIN(TstAuthenticator)
#include "tst_authenticator.moc"
