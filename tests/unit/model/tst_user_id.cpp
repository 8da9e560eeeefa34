#include "model/user_id.h"

#include <QSet>
#include <QTest>
#include <unordered_set>

using namespace belfry::model;

class TstUserId : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void accepted_data();
    void accepted();
    void refused_data();
    void refused();
    void integers_data();
    void integers();
    void idsAreKeys();
};

void TstUserId::accepted_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("integer") << QByteArray("1");
    QTest::newRow("uuid") << QByteArray("01234567-89ab-7def-8123-456789abcdef");
    QTest::newRow("opaque") << QByteArray("auth0|ada@example.org");
    QTest::newRow("with a space") << QByteArray("Ada Lovelace");
    QTest::newRow("not ASCII") << QByteArray("Zo\xc3\xab");
    QTest::newRow("no-break space, just past C1") << QByteArray("a\xc2\xa0z");
    QTest::newRow("a continuation byte that looks like C1") << QByteArray("\xc3\x85sa");
    QTest::newRow("128 characters") << QByteArray(128, 'x');
    QTest::newRow("128 characters of four bytes") << QByteArray("\xf0\x9f\x94\x94").repeated(128);
}

void TstUserId::accepted()
{
    QFETCH(QByteArray, text);
    const Result<UserId> id = makeUserId(text, "/user_id");
    QVERIFY(id.has_value());
    QCOMPARE(id->text, text);
}

void TstUserId::refused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("129 characters") << QByteArray(129, 'x');
    QTest::newRow("129 characters of four bytes") << QByteArray("\xf0\x9f\x94\x94").repeated(129);
    QTest::newRow("NUL") << QByteArray("a\0b", 3);
    QTest::newRow("newline") << QByteArray("a\nb");
    QTest::newRow("DEL") << QByteArray("a\x7f");
    QTest::newRow("C1") << QByteArray("a\xc2\x85");
    QTest::newRow("cut off") << QByteArray("a\xc3");
    QTest::newRow("overlong") << QByteArray("\xc0\xaf");
    QTest::newRow("lone surrogate") << QByteArray("\xed\xa0\x80");
    QTest::newRow("beyond U+10FFFF") << QByteArray("\xf4\x90\x80\x80");
}

void TstUserId::refused()
{
    QFETCH(QByteArray, text);
    const Result<UserId> id = makeUserId(text, "/user_id");
    QVERIFY(!id.has_value());
    QCOMPARE(id.error().code, ErrorCode::Invalid);
    QCOMPARE(id.error().fields.size(), 1);
    QCOMPARE(id.error().fields.front().pointer, Text("/user_id"));
}

void TstUserId::integers_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("value"); // −1: not an integer
    QTest::newRow("0") << QByteArray("0") << qint64(0);
    QTest::newRow("17") << QByteArray("17") << qint64(17);
    QTest::newRow("2^53 − 1") << QByteArray("9007199254740991") << qint64(9007199254740991);
    QTest::newRow("2^53") << QByteArray("9007199254740992") << qint64(-1);
    QTest::newRow("17 digits") << QByteArray("10000000000000000") << qint64(-1);
    QTest::newRow("leading zero") << QByteArray("017") << qint64(-1);
    QTest::newRow("sign") << QByteArray("+1") << qint64(-1);
    QTest::newRow("negative") << QByteArray("-1") << qint64(-1);
    QTest::newRow("fraction") << QByteArray("1.0") << qint64(-1);
    QTest::newRow("space") << QByteArray("1 ") << qint64(-1);
    QTest::newRow("empty") << QByteArray() << qint64(-1);
}

void TstUserId::integers()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, value);
    QCOMPARE(asInteger(UserId{text}).value_or(-1), value);
}

void TstUserId::idsAreKeys()
{
    const UserId ada{"ada"};
    const UserId alsoAda{QByteArray("ad") + 'a'};
    const UserId bob{"bob"};
    QVERIFY(ada == alsoAda);
    QVERIFY(ada < bob);
    QCOMPARE((QSet<UserId>{ada, alsoAda, bob}.size()), 2);
    QCOMPARE((std::unordered_set<UserId>{ada, alsoAda, bob}.size()), std::size_t(2));
}

QTEST_GUILESS_MAIN(TstUserId)
#include "tst_user_id.moc"
