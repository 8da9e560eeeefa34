#include "api/origin.h"

#include <QTest>

using namespace belfry;

/// Where a request comes from, as far as those who tell are believed (decisions H100).
class TstOrigin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clients_data();
    void clients();
    void severalLinesAreOne();
    void ranges_data();
    void ranges();
    void whoIsTrusted();
};

void TstOrigin::clients_data()
{
    QTest::addColumn<QByteArray>("peer");
    QTest::addColumn<QByteArray>("forwardedFor");
    QTest::addColumn<QByteArray>("forwarded");
    QTest::addColumn<QByteArray>("client");
    const auto row = [](const char *name, const char *peer, const char *plain, const char *standard,
                        const char *client) {
        QTest::newRow(name) << QByteArray(peer) << QByteArray(plain) << QByteArray(standard)
                            << QByteArray(client);
    };
    row("no proxy", "192.0.2.1", "", "", "192.0.2.1");
    row("a proxy that says nothing", "10.1.2.3", "", "", "10.1.2.3");
    row("a proxy", "10.1.2.3", "198.51.100.1", "", "198.51.100.1");
    row("two proxies", "10.1.2.3", "198.51.100.1, 10.1.9.9", "", "198.51.100.1");
    row("what the client wrote itself", "10.1.2.3", "203.0.113.7, 198.51.100.1", "", "198.51.100.1");
    row("nobody's proxy", "192.0.2.1", "198.51.100.1", "", "192.0.2.1");
    row("all are proxies", "10.1.2.3", "10.1.0.1, 10.1.0.2", "", "10.1.0.1");
    row("with a port", "10.1.2.3", "198.51.100.1:4711", "", "198.51.100.1");
    row("v6", "10.1.2.3", "2001:db8::1", "", "2001:db8::1");
    row("v6 with a port", "10.1.2.3", "[2001:db8::1]:4711", "", "2001:db8::1");
    row("mapped peer", "::ffff:10.1.2.3", "198.51.100.1", "", "198.51.100.1");
    row("v6 proxy", "2001:db8:ff::9", "198.51.100.1", "", "198.51.100.1");
    row("nonsense", "10.1.2.3", "unknown", "", "10.1.2.3");
    row("nonsense before a proxy", "10.1.2.3", "198.51.100.1, unknown, 10.1.0.1", "", "10.1.0.1");
    row("no brackets' end", "10.1.2.3", "[2001:db8::1", "", "10.1.2.3");
    row("empty", "10.1.2.3", ",", "", "10.1.2.3");
    row("standard", "10.1.2.3", "", "for=198.51.100.1;proto=https", "198.51.100.1");
    row("standard, quoted", "10.1.2.3", "", "proto=https;For=\"[2001:db8::1]:4711\"", "2001:db8::1");
    row("standard, two", "10.1.2.3", "", "for=203.0.113.7, for=198.51.100.1, for=10.1.0.1", "198.51.100.1");
    row("standard, hidden", "10.1.2.3", "", "for=_hidden", "10.1.2.3");
    row("standard, without for", "10.1.2.3", "", "proto=https", "10.1.2.3");
    row("both say the same", "10.1.2.3", "198.51.100.1", "for=198.51.100.1", "198.51.100.1");
    row("one is the client's own", "10.1.2.3", "198.51.100.1", "for=203.0.113.7", "10.1.2.3");
}

void TstOrigin::clients()
{
    QFETCH(QByteArray, peer);
    QFETCH(QByteArray, forwardedFor);
    QFETCH(QByteArray, forwarded);
    QFETCH(QByteArray, client);
    const auto proxies = api::TrustedProxies::make({"10.1.0.0/16", "2001:db8:ff::/48"});
    QVERIFY(proxies);
    net::HttpRequest request;
    request.peer.address = QHostAddress(QString::fromLatin1(peer));
    if (!forwardedFor.isEmpty())
        request.headers.push_back({"x-forwarded-for", forwardedFor});
    if (!forwarded.isEmpty())
        request.headers.push_back({"forwarded", forwarded});
    QCOMPARE(api::clientAddress(request, *proxies).toString().toLatin1(), client);
}

void TstOrigin::severalLinesAreOne()
{
    net::HttpRequest request;
    request.peer.address = QHostAddress(QHostAddress::LocalHost);
    request.headers = {
        {"x-forwarded-for", "203.0.113.7"}, {"host", "x"}, {"x-forwarded-for", "198.51.100.1"}};
    const auto origin = api::originOf(request, {});
    QCOMPARE(origin.address, QByteArray("198.51.100.1"));
    request.headers.pop_back();
    QCOMPARE(api::originOf(request, {}).network, QByteArray("203.0.113.7"));
}

void TstOrigin::ranges_data()
{
    QTest::addColumn<QByteArrayList>("texts");
    QTest::addColumn<bool>("good");
    QTest::newRow("several") << QByteArrayList{"10.0.0.0/8", "192.0.2.1", "2001:db8::/32", "loopback"}
                             << true;
    QTest::newRow("none") << QByteArrayList{"none"} << true;
    QTest::newRow("nothing") << QByteArrayList{} << true;
    QTest::newRow("none and one") << QByteArrayList{"none", "10.0.0.1"} << false;
    QTest::newRow("a name") << QByteArrayList{"proxy.example"} << false;
    QTest::newRow("too long") << QByteArrayList{"10.0.0.0/33"} << false;
    QTest::newRow("empty") << QByteArrayList{""} << false;
}

void TstOrigin::ranges()
{
    QFETCH(QByteArrayList, texts);
    QFETCH(bool, good);
    QCOMPARE(api::TrustedProxies::make(texts).has_value(), good);
}

void TstOrigin::whoIsTrusted()
{
    const auto trusts = [](const api::TrustedProxies &proxies, const char *address) {
        return proxies.contains(QHostAddress(QString::fromLatin1(address)));
    };
    QVERIFY(trusts({}, "127.0.0.1") && trusts({}, "::1") && trusts({}, "::ffff:127.0.0.1"));
    QVERIFY(!trusts({}, "10.0.0.1") && !trusts({}, "::2"));
    const auto none = api::TrustedProxies::make({"none"});
    QVERIFY(!trusts(*none, "127.0.0.1"));
    const auto one = api::TrustedProxies::make({"192.0.2.1"});
    QVERIFY(trusts(*one, "192.0.2.1") && !trusts(*one, "192.0.2.2") && !trusts(*one, "127.0.0.1"));
}

QTEST_APPLESS_MAIN(TstOrigin)
#include "tst_origin.moc"
