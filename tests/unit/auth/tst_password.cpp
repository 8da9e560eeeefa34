#include "auth/password.h"

#include <QTest>

using namespace belfry;

class TestPassword : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fits();
    void saltsEach();
    void nobodysHashIsAsDear();
    void unreadable_data();
    void unreadable();
};

void TestPassword::fits()
{
    const auto hash = auth::hashPassword("p\xc3\xa4ss word");
    QVERIFY(hash);
    QVERIFY(hash->startsWith("$argon2id$"));
    QVERIFY(auth::fitsPassword(*hash, "p\xc3\xa4ss word"));
    QVERIFY(!auth::fitsPassword(*hash, "pass word"));
    QVERIFY(!auth::fitsPassword(*hash, ""));
}

void TestPassword::saltsEach()
{
    QVERIFY(*auth::hashPassword("same") != *auth::hashPassword("same"));
}

void TestPassword::nobodysHashIsAsDear()
{
    const QByteArray nobody = auth::nobodysHash();
    const auto somebody = auth::hashPassword("x");
    QCOMPARE(nobody.size(), somebody->size());
    const qsizetype salt = somebody->lastIndexOf('$', somebody->lastIndexOf('$') - 1);
    QCOMPARE(nobody.first(salt), somebody->first(salt)); // kind, memory, rounds
    QVERIFY(!auth::fitsPassword(nobody, "x"));
    QVERIFY(!auth::fitsPassword(nobody, ""));
}

void TestPassword::unreadable_data()
{
    QTest::addColumn<QByteArray>("hash");
    QTest::newRow("none") << QByteArray();
    QTest::newRow("text") << QByteArray("secret");
    QTest::newRow("long") << QByteArray(4'096, '$');
}

void TestPassword::unreadable()
{
    QFETCH(QByteArray, hash);
    QVERIFY(!auth::fitsPassword(hash, "secret"));
    QVERIFY(!auth::fitsPassword(hash, hash));
}

QTEST_GUILESS_MAIN(TestPassword)
#include "tst_password.moc"
