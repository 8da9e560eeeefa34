#include "auth/key_set.h"

#include <QTest>

using namespace belfry;

namespace {
// RFC 8037, appendix A.2
const QByteArray rfcKey =
    R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})";
const QByteArray rsaKey = R"({"kty":"RSA","kid":"r","n":"AQAB","e":"AQAB"})";

QByteArray setOf(const QByteArrayList &keys)
{
    return R"({"keys":[)" + keys.join(',') + "]}";
}

QByteArray with(QByteArray key, const QByteArray &members)
{
    key.insert(1, members + ',');
    return key;
}
} // namespace

class TstKeySet : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsTheKeyOfTheRfc()
    {
        const auto keys = auth::readKeySet(setOf({rfcKey}));
        QVERIFY2(keys, keys ? "" : keys.error().detail.constData());
        QCOMPARE(keys->size(), 1U);
        QCOMPARE(keys->front().id, "");
        QCOMPARE(keys->front().publicKey.toHex(),
                 "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    }

    void passesOverWhatIsForSomethingElse()
    {
        const auto keys = auth::readKeySet(setOf(
            {rsaKey, with(rfcKey, R"("kid":"e","use":"enc")"), with(rfcKey, R"("kid":"o","alg":"ES256")"),
             with(rfcKey, R"("kid":"s","key_ops":["sign"])"), "7",
             with(rfcKey, R"("kid":"a","use":"sig","alg":"EdDSA","key_ops":["verify"])"),
             with(rfcKey, R"("kid":"b","alg":"Ed25519")")}));
        QVERIFY2(keys, keys ? "" : keys.error().detail.constData());
        QCOMPARE(keys->size(), 2U);
        QCOMPARE(keys->at(0).id, "a");
        QCOMPARE(keys->at(1).id, "b");
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char *name, const QByteArray &json, const QByteArray &reason) {
            QTest::newRow(name) << json << reason;
        };
        row("no JSON", "keys", "`keys`");
        row("a key alone", rfcKey, "`keys`");
        row("keys is no array", R"({"keys":{}})", "`keys`");
        row("empty", setOf({}), "no Ed25519 key");
        row("RSA only", setOf({rsaKey}), "no Ed25519 key");
        row("short x", setOf({R"({"kty":"OKP","crv":"Ed25519","kid":"k","x":"11qY"})"}), "`k`");
        row("x is no base64url", setOf({R"({"kty":"OKP","crv":"Ed25519","kid":"k","x":"+/+/"})"}), "`k`");
        row("no x", setOf({R"({"kty":"OKP","crv":"Ed25519","kid":"k"})"}), "`k`");
        row("kid twice", setOf({with(rfcKey, R"("kid":"a")"), with(rfcKey, R"("kid":"a")")}), "twice");
        row("a private key",
            setOf({with(rfcKey, R"("kid":"a","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")")}),
            "private");
        row("too large", setOf({rfcKey}) + QByteArray(auth::largestKeySet, ' '), "64 KiB");
    }
    void refuses()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, reason);
        const auto keys = auth::readKeySet(json);
        QVERIFY(!keys);
        QCOMPARE(keys.error().code, model::ErrorCode::Invalid);
        QVERIFY2(keys.error().detail.contains(reason), keys.error().detail.constData());
        QVERIFY(!keys.error().detail.contains("nWGxne"));
    }
};

QTEST_APPLESS_MAIN(TstKeySet)
#include "tst_key_set.moc"
