#include "protocol/session_requests.h"

#include <QTest>

using namespace belfry;
using model::ErrorCode;

/// The bodies of login, refresh and logout.
class TstSessionRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void login();
    void badLogins_data();
    void badLogins();
    void refresh();
};

void TstSessionRequests::login()
{
    const auto read = protocol::parseLogin(R"({"email":"a@b","password":"p\"w","device_id":"d1","more":1})");
    QVERIFY(read);
    QCOMPARE(*read, (protocol::LoginRequest{"a@b", "p\"w", {"d1"}}));
    QCOMPARE(protocol::parseLogin(protocol::encode(*read)).value(), *read);
}

void TstSessionRequests::badLogins_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("pointer");
    QTest::newRow("no mail") << QByteArray(R"({"password":"p","device_id":"d"})") << QByteArray("/email");
    QTest::newRow("no password") << QByteArray(R"({"email":"a@b","device_id":"d"})")
                                 << QByteArray("/password");
    QTest::newRow("empty device") << QByteArray(R"({"email":"a@b","password":"p","device_id":""})")
                                  << QByteArray("/device_id");
    QTest::newRow("number") << QByteArray(R"({"email":"a@b","password":1,"device_id":"d"})")
                            << QByteArray("/password");
    QTest::newRow("long password") << R"({"email":"a@b","device_id":"d","password":")" +
                                          QByteArray(1025, 'x') + "\"}"
                                   << QByteArray("/password");
    QTest::newRow("long device") << R"({"email":"a@b","password":"p","device_id":")" + QByteArray(129, 'x') +
                                        "\"}"
                                 << QByteArray("/device_id");
}

void TstSessionRequests::badLogins()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, pointer);
    const auto read = protocol::parseLogin(json);
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::Invalid);
    QCOMPARE(read.error().fields.size(), 1);
    QCOMPARE(read.error().fields.first().pointer, pointer);
}

void TstSessionRequests::refresh()
{
    QCOMPARE(*protocol::parseRefresh(R"({"refresh_token":"blr_x"})"), QByteArray("blr_x"));
    QCOMPARE(*protocol::parseRefresh(protocol::encodeRefresh("blr_\"x")), QByteArray("blr_\"x"));
    QCOMPARE(protocol::parseRefresh("{}").error().fields.first().pointer, QByteArray("/refresh_token"));
    QCOMPARE(protocol::parseRefresh("[]").error().code, ErrorCode::Invalid);
    QCOMPARE(protocol::parseRefresh("{").error().code, ErrorCode::Malformed);
}

QTEST_GUILESS_MAIN(TstSessionRequests)
#include "tst_session_requests.moc"
