#include "auth/token.h"

#include <QMessageAuthenticationCode>
#include <QTest>

using namespace belfry;
using model::Instant;

namespace {
constexpr auto encoding = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
const QByteArray signingSecret = "a secret of at least 32 characters";
constexpr Instant noon{1'800'000'000'000'000};

auth::TokenTrust trust()
{
    return {signingSecret, {}};
}

auth::TokenClaims goodClaims()
{
    return {{"anna"}, noon, noon + std::chrono::minutes(10), {}};
}

/// Any header and payload with a signature that fits: writeToken only makes good ones.
QByteArray signedToken(const QByteArray &header, const QByteArray &payload)
{
    const QByteArray text = header.toBase64(encoding) + '.' + payload.toBase64(encoding);
    return text + '.' +
           QMessageAuthenticationCode::hash(text, signingSecret, QCryptographicHash::Sha256)
               .toBase64(encoding);
}
} // namespace

class TstToken : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsWhatItWrites()
    {
        auto claims = goodClaims();
        claims.notBefore = noon;
        const auto read = auth::readToken(auth::writeToken(claims, signingSecret), trust(), noon);
        QVERIFY2(read, read ? "" : read.error().detail.constData());
        QCOMPARE(*read, claims);
    }

    void takesAHeaderWithOtherMembersInAnyOrder()
    {
        const auto read = auth::readToken(
            signedToken(R"({"typ":"JWT","alg":"HS256"})", R"({"sub":"7","iat":1800000000,"exp":1800000600})"),
            trust(), noon);
        QVERIFY(read);
        QCOMPARE(read->subject.text, "7");
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QByteArray>("reason");
        const QByteArray hs = R"({"alg":"HS256"})";
        const auto row = [](const char *name, const QByteArray &header, const QByteArray &payload,
                            const QByteArray &why) { QTest::newRow(name) << header << payload << why; };
        const QByteArray good = R"({"sub":"a","iat":1800000000,"exp":1800000600})";
        row("alg none", R"({"alg":"none"})", good, "alg");
        row("alg RS256", R"({"alg":"RS256"})", good, "alg");
        row("alg in lower case", R"({"alg":"hs256"})", good, "alg");
        row("no alg", "{}", good, "alg");
        row("crit", R"({"alg":"HS256","crit":["x"]})", good, "crit");
        row("header is no object", "[]", good, "JSON Web Token");
        row("payload is no object", hs, "[1]", "payload");
        row("no sub", hs, R"({"iat":1800000000,"exp":1800000600})", "sub");
        row("sub is a number", hs, R"({"sub":7,"iat":1800000000,"exp":1800000600})", "sub");
        row("sub is empty", hs, R"({"sub":"","iat":1800000000,"exp":1800000600})", "sub");
        row("no iat", hs, R"({"sub":"a","exp":1800000600})", "iat");
        row("no exp", hs, R"({"sub":"a","iat":1800000000})", "exp");
        row("exp is text", hs, R"({"sub":"a","iat":1800000000,"exp":"1800000600"})", "exp");
        row("exp is beyond numbers", hs, R"({"sub":"a","iat":1800000000,"exp":1e300})", "exp");
        row("lives longer than an hour", hs, R"({"sub":"a","iat":1800000000,"exp":1800003601})", "3600");
        row("ends before it begins", hs, R"({"sub":"a","iat":1800000000,"exp":1799999999})", "3600");
        row("has expired", hs, R"({"sub":"a","iat":1799999000,"exp":1800000000})", "expired");
        row("iat in the future", hs, R"({"sub":"a","iat":1800000006,"exp":1800000600})", "future");
        row("nbf in the future", hs, R"({"sub":"a","iat":1800000000,"exp":1800000600,"nbf":1800000006})",
            "nbf");
        row("nbf is text", hs, R"({"sub":"a","iat":1800000000,"exp":1800000600,"nbf":"now"})", "nbf");
    }
    void refuses()
    {
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, payload);
        QFETCH(QByteArray, reason);
        const auto read = auth::readToken(signedToken(header, payload), trust(), noon);
        QVERIFY(!read);
        QCOMPARE(read.error().code, model::ErrorCode::Unauthenticated);
        QVERIFY2(read.error().detail.contains(reason), read.error().detail.constData());
    }

    void refusesWhatWasTouched()
    {
        const QByteArray good = auth::writeToken(goodClaims(), signingSecret);
        QVERIFY(auth::readToken(good, trust(), noon));
        QVERIFY(!auth::readToken(good, {"another secret", {}}, noon));
        QVERIFY(!auth::readToken(good, {}, noon));
        QVERIFY(!auth::readToken(good + "x", trust(), noon));
        QVERIFY(!auth::readToken(good.chopped(1), trust(), noon));
        QVERIFY(!auth::readToken(good.left(good.lastIndexOf('.') + 1), trust(), noon));
        QVERIFY(!auth::readToken(good + ".x", trust(), noon));
        QVERIFY(!auth::readToken("", trust(), noon));
        QVERIFY(!auth::readToken("..", trust(), noon));
        QVERIFY(!auth::readToken(QByteArray(10'000, 'a') + '.' + QByteArray(10, 'b') + ".c", trust(), noon));
    }

    void anErrorNeverShowsTheToken()
    {
        const QByteArray token = auth::writeToken(goodClaims(), "wrong");
        const auto read = auth::readToken(token, trust(), noon);
        QVERIFY(!read);
        QVERIFY(!read.error().detail.contains(token.left(20)));
    }

    void clocksMayDifferByFiveSecondsButTheEndIsTheEnd()
    {
        const QByteArray token = auth::writeToken(goodClaims(), signingSecret);
        QVERIFY(auth::readToken(token, trust(), noon - std::chrono::seconds(5)));
        QVERIFY(!auth::readToken(token, trust(), noon - std::chrono::seconds(6)));
        QVERIFY(auth::readToken(token, trust(), goodClaims().expiresAt - std::chrono::seconds(1)));
        QVERIFY(!auth::readToken(token, trust(), goodClaims().expiresAt));
    }
};

QTEST_APPLESS_MAIN(TstToken)
#include "tst_token.moc"
