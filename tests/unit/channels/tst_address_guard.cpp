#include "channels/address_guard.h"

#include <QtTest>
#include <netinet/in.h>
#include <sys/un.h>

using namespace belfry;
using channels::AddressGuard;

class TestAddressGuard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judges_data();
    void judges();
    void allows_data();
    void allows();
    void refusesBadRanges_data();
    void refusesBadRanges();
    void judgesWhatIsDialled();
};

void TestAddressGuard::judges_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<bool>("lets");
    const auto row = [](const char *address, bool lets) {
        QTest::newRow(address) << QByteArray(address) << lets;
    };
    for (const char *open :
         {"1.1.1.1", "8.8.8.8", "93.184.216.34", "100.63.255.255", "100.128.0.0", "172.15.255.255",
          "172.32.0.0", "192.167.255.255", "198.17.255.255", "198.20.0.0", "223.255.255.255", "11.0.0.0",
          "9.255.255.255", "128.0.0.1", "2606:4700:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8",
          "64:ff9b::808:808", "2002:808:808::1"})
        row(open, true);
    for (const char *shut :
         {"0.0.0.0",         "0.1.2.3",         "10.0.0.1",        "10.255.255.255", "100.64.0.1",
          "100.127.255.255", "127.0.0.1",       "127.255.255.254", "169.254.0.1",    "169.254.169.254",
          "172.16.0.1",      "172.31.255.255",  "192.0.0.1",       "192.0.2.1",      "192.88.99.1",
          "192.168.0.1",     "198.18.0.1",      "198.19.255.255",  "198.51.100.1",   "203.0.113.1",
          "224.0.0.1",       "239.255.255.255", "240.0.0.1",       "255.255.255.255"})
        row(shut, false);
    for (const char *shut : {"::",
                             "::1",
                             "::7f00:1",
                             "::ffff:127.0.0.1",
                             "::ffff:10.0.0.1",
                             "::ffff:169.254.169.254",
                             "::ffff:0:127.0.0.1",
                             "64:ff9b::7f00:1",
                             "64:ff9b::a00:1",
                             "64:ff9b::a9fe:a9fe",
                             "64:ff9b:1::1",
                             "100::1",
                             "2001::1",
                             "2001:0:4136:e378::1",
                             "2001:db8::1",
                             "2002:7f00:1::1",
                             "2002:a00:1::1",
                             "2002:a9fe:a9fe::1",
                             "3fff::1",
                             "5f00::1",
                             "fc00::1",
                             "fd00:ec2::254",
                             "fe80::1",
                             "fec0::1",
                             "ff02::1"})
        row(shut, false);
}

void TestAddressGuard::judges()
{
    QFETCH(QByteArray, address);
    const auto parsed = AddressGuard::parse(address);
    QVERIFY(parsed);
    QTEST(AddressGuard().lets(*parsed), "lets");
}

void TestAddressGuard::allows_data()
{
    QTest::addColumn<QByteArray>("range");
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<bool>("lets");
    const auto row = [](const char *range, const char *address, bool lets) {
        QTest::addRow("%s in %s", address, range) << QByteArray(range) << QByteArray(address) << lets;
    };
    row("127.0.0.0/8", "127.9.9.9", true);
    row("127.0.0.0/8", "::ffff:127.0.0.1", true);
    row("127.0.0.0/8", "::1", false);
    row("127.0.0.0/8", "10.0.0.1", false);
    row("127.0.0.1", "127.0.0.1", true);
    row("127.0.0.1", "127.0.0.2", false);
    row("10.1.2.0/23", "10.1.3.255", true);
    row("10.1.2.0/23", "10.1.4.0", false);
    row("::1", "::1", true);
    row("fd00::/8", "fd12::1", true);
    row("fd00::/8", "fc12::1", false);
    row("0.0.0.0/0", "10.0.0.1", true);
    row("0.0.0.0/0", "::1", false);
}

void TestAddressGuard::allows()
{
    QFETCH(QByteArray, range);
    QFETCH(QByteArray, address);
    const auto guard = AddressGuard::make({range});
    QVERIFY(guard);
    QTEST(guard->lets(*AddressGuard::parse(address)), "lets");
}

void TestAddressGuard::refusesBadRanges_data()
{
    QTest::addColumn<QByteArray>("range");
    for (const char *bad : {"", "localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0/8",
                            "0x7f.0.0.1", "2130706433", "017700000001", "::1/129", "[::1]"})
        QTest::addRow("'%s'", bad) << QByteArray(bad);
}

void TestAddressGuard::refusesBadRanges()
{
    QFETCH(QByteArray, range);
    const auto guard = AddressGuard::make({"10.0.0.0/8", range});
    QVERIFY(!guard);
    QCOMPARE(guard.error().code, model::ErrorCode::Invalid);
}

void TestAddressGuard::judgesWhatIsDialled()
{
    const AddressGuard guard;
    sockaddr_in four{};
    four.sin_family = AF_INET;
    four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    QVERIFY(!guard.lets(reinterpret_cast<const sockaddr *>(&four)));
    four.sin_addr.s_addr = htonl(0x08080808);
    QVERIFY(guard.lets(reinterpret_cast<const sockaddr *>(&four)));
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    six.sin6_addr = IN6ADDR_LOOPBACK_INIT;
    QVERIFY(!guard.lets(reinterpret_cast<const sockaddr *>(&six)));
    sockaddr_un local{};
    local.sun_family = AF_UNIX;
    QVERIFY(!guard.lets(reinterpret_cast<const sockaddr *>(&local)));
}

QTEST_GUILESS_MAIN(TestAddressGuard)
#include "tst_address_guard.moc"
