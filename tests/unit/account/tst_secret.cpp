#include "account/secret.h"

#include <QTest>

namespace belfry::account {
class TestSecret : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comesBack_data();
    void comesBack();
    void laterLinesAreSkipped();
    void isRefused_data();
    void isRefused();
};

void TestSecret::comesBack_data()
{
    QTest::addColumn<Secret>("secret");
    QTest::newRow("session") << Secret{Secret::Kind::Session, "eyJ.a.b", model::Instant{17}, "blr_x", {18}};
    QTest::newRow("token") << Secret{Secret::Kind::Token, "eyJ.a.b", {}, {}, {18}};
    QTest::newRow("key") << Secret{Secret::Kind::Key, "blf_x", {}, {}, {18}};
}

void TestSecret::comesBack()
{
    QFETCH(Secret, secret);
    const auto read = parseSecret(encodeSecret(secret));
    QVERIFY(read);
    QVERIFY(*read == secret);
}

void TestSecret::laterLinesAreSkipped()
{
    const Secret secret{Secret::Kind::Key, "blf_x", {}, {}, {18}};
    QVERIFY(parseSecret(encodeSecret(secret) + "colour blue\n").value() == secret);
}

void TestSecret::isRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("another program's") << QByteArray("hunter2");
    QTest::newRow("another version") << QByteArray("belfry-secret 2\nkind key\naccess blf_x\n");
    QTest::newRow("unknown kind") << QByteArray("belfry-secret 1\nkind card\naccess blf_x\n");
    QTest::newRow("no access") << QByteArray("belfry-secret 1\nkind key\n");
    QTest::newRow("session without refresh") << QByteArray("belfry-secret 1\nkind session\naccess a\n");
    QTest::newRow("key with refresh") << QByteArray("belfry-secret 1\nkind key\naccess a\nrefresh b\n");
    QTest::newRow("time that is none") << QByteArray("belfry-secret 1\nkind key\naccess a\nstored soon\n");
}

void TestSecret::isRefused()
{
    QFETCH(QByteArray, text);
    const auto read = parseSecret(text);
    QVERIFY(!read);
    QVERIFY(!read.error().detail.contains("hunter2") && !read.error().detail.contains("blf_x"));
}
} // namespace belfry::account

QTEST_APPLESS_MAIN(belfry::account::TestSecret)
#include "tst_secret.moc"
