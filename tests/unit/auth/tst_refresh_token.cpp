#include "auth/refresh_token.h"

#include <QTest>

using namespace belfry;

class TestRefreshToken : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isRead();
    void keepsItsFamily();
    void refusesOthers_data();
    void refusesOthers();
};

void TestRefreshToken::isRead()
{
    const auth::RefreshToken token = auth::makeRefreshToken();
    QVERIFY(token.text.startsWith("blr_"));
    const auto read = auth::readRefreshToken(token.text);
    QVERIFY(read);
    QCOMPARE(read->family, token.hashes.family);
    QCOMPARE(read->secret, token.hashes.secret);
    QVERIFY(read->family != read->secret);
    QVERIFY(auth::makeRefreshToken().text != token.text);
}

void TestRefreshToken::keepsItsFamily()
{
    const auth::RefreshToken first = auth::makeRefreshToken();
    const auth::RefreshToken next = auth::nextRefreshToken(first.text);
    QCOMPARE(next.text.size(), first.text.size());
    QCOMPARE(next.hashes.family, first.hashes.family);
    QVERIFY(next.hashes.secret != first.hashes.secret);
    QCOMPARE(auth::readRefreshToken(next.text)->secret, next.hashes.secret);
}

void TestRefreshToken::refusesOthers_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray good = auth::makeRefreshToken().text;
    QTest::newRow("none") << QByteArray();
    QTest::newRow("prefix") << QByteArray("blr_");
    QTest::newRow("shorter") << good.chopped(1);
    QTest::newRow("longer") << good + 'x';
    QTest::newRow("key") << "blf_" + good.sliced(4);
}

void TestRefreshToken::refusesOthers()
{
    QFETCH(QByteArray, text);
    QVERIFY(!auth::readRefreshToken(text));
}

QTEST_GUILESS_MAIN(TestRefreshToken)
#include "tst_refresh_token.moc"
