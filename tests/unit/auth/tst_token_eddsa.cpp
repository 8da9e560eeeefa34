#include "auth/authenticator.h"
#include "auth/base64url.h"
#include "auth/token.h"
#include "cache/memory_cache.h"
#include "support/token_issuer.h"

#include <QTest>

using namespace belfry;
using model::ErrorCode;

namespace {
constexpr model::Instant issued{1'800'000'000'000'000};
const QByteArray claims = R"({"sub":"anna","iat":1800000000,"exp":1800000600})";

auth::VerifyKey keyOf(const test::TokenIssuer &issuer)
{
    return {issuer.id(), issuer.publicKey()};
}

auth::TokenTrust trustIn(const std::vector<auth::VerifyKey> &keys)
{
    return {"a secret of at least 32 characters", keys};
}
} // namespace

class TstTokenEdDsa : public QObject
{
    Q_OBJECT
private:
    const test::TokenIssuer m_first{"first"};
    const test::TokenIssuer m_second{"second"};

private Q_SLOTS:
    void theKeyThatKidNamesIsAsked()
    {
        const auto trust = trustIn({keyOf(m_first), keyOf(m_second)});
        for (const test::TokenIssuer *issuer : {&m_first, &m_second}) {
            const auto read = auth::readToken(issuer->token(claims), trust, issued);
            QVERIFY2(read, read ? "" : read.error().detail.constData());
            QCOMPARE(read->subject.text, "anna");
        }
        QVERIFY(!auth::readToken(m_first.token(claims, R"({"alg":"EdDSA","kid":"second"})"), trust, issued));
    }

    void withoutKidAnyKeyMayFit()
    {
        const QByteArray token = m_second.token(claims, R"({"alg":"EdDSA"})");
        QVERIFY(auth::readToken(token, trustIn({keyOf(m_first), keyOf(m_second)}), issued));
        QVERIFY(!auth::readToken(token, trustIn({keyOf(m_first)}), issued));
    }

    void noKeySetIsNoTrust()
    {
        const auto read = auth::readToken(m_first.token(claims), trustIn({}), issued);
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::Unauthenticated);
    }

    void whatWasTouchedIsRefused()
    {
        const auto trust = trustIn({keyOf(m_first)});
        const QByteArray good = m_first.token(claims);
        const QByteArray other = R"({"sub":"bert","iat":1800000000,"exp":1800000600})";
        const QByteArray forged =
            good.left(good.indexOf('.') + 1) + auth::encodeBase64Url(other) + good.mid(good.lastIndexOf('.'));
        QVERIFY(auth::readToken(good, trust, issued));
        QVERIFY(!auth::readToken(forged, trust, issued));
        QVERIFY(!auth::readToken(good.chopped(1), trust, issued));
        QVERIFY(!auth::readToken(good.left(good.lastIndexOf('.') + 1), trust, issued));
    }

    void aPublicKeyIsNeverASecret()
    {
        // HS256 over the public key: what a server that mixes the two up believes.
        const auth::VerifyKey key = keyOf(m_first);
        const QByteArray token =
            auth::writeToken({{"anna"}, issued, issued + std::chrono::minutes(10), {}}, key.publicKey);
        QVERIFY(!auth::readToken(token, trustIn({key}), issued));
        QVERIFY(!auth::readToken(token, {"", {key}}, issued));
    }

    void timesHoldAsForTheOthers()
    {
        const QByteArray token = m_first.token(R"({"sub":"anna","iat":1800000000,"exp":1800003601})");
        const auto read = auth::readToken(token, trustIn({keyOf(m_first)}), issued);
        QVERIFY(!read && read.error().detail.contains("3600"));
    }

    void aTokenOfANewKeyAsksForANewerSet()
    {
        runtime::FakeClock clock(issued);
        cache::MemoryCache cache({}, clock);
        auth::Authenticator authenticator({"", "a secret of at least 32 characters", true}, cache, clock);
        int asked = 0;
        authenticator.onUnknownTokenKey([&asked] { ++asked; });
        authenticator.setTokenKeys({keyOf(m_first)});
        QVERIFY(authenticator.fromToken(m_first.token(claims)));
        QCOMPARE(asked, 0);
        QVERIFY(!authenticator.fromToken(m_second.token(claims)));
        QCOMPARE(asked, 1);
        authenticator.setTokenKeys({keyOf(m_second)});
        QVERIFY(authenticator.fromToken(m_second.token(claims)));
        QVERIFY(!authenticator.fromToken(m_first.token(claims))); // its key was taken out of the set
        QVERIFY(!authenticator.fromToken(m_second.token(claims).chopped(2)));
        QCOMPARE(asked, 2);
    }
};

QTEST_APPLESS_MAIN(TstTokenEdDsa)
#include "tst_token_eddsa.moc"
