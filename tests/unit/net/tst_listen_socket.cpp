#include "net/listen_socket.h"

#include <QTcpServer>
#include <QTest>
#include <netinet/in.h>
#include <unistd.h>

using namespace belfry::net;
using belfry::model::ErrorCode;

namespace {
void closeAll(const ListenGroup &group)
{
    for (const int fd : group.descriptors)
        ::close(fd);
}
} // namespace

class TestListenSocket final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void picksOnePortForAll()
    {
        const auto group = openListenGroup({QHostAddress(QHostAddress::LocalHost), 0}, 3);
        QVERIFY(group);
        QCOMPARE(group->descriptors.size(), 3U);
        QVERIFY(group->bound.port != 0);
        closeAll(*group);
    }

    // SO_REUSEPORT alone would let two servers share the port without a word.
    void aPortInUseIsSeen_data()
    {
        QTest::addColumn<bool>("byUs");
        QTest::newRow("another Belfry") << true;
        QTest::newRow("another program") << false;
    }

    void aPortInUseIsSeen()
    {
        QFETCH(bool, byUs);
        QTcpServer other;
        quint16 port = 0;
        ListenGroup ours{{}, {}};
        if (byUs) {
            ours = openListenGroup({QHostAddress(QHostAddress::LocalHost), 0}, 2).value();
            port = ours.bound.port;
        } else {
            QVERIFY(other.listen(QHostAddress::LocalHost));
            port = other.serverPort();
        }
        const auto second = openListenGroup({QHostAddress(QHostAddress::LocalHost), port}, 2);
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::Conflict);
        QVERIFY(second.error().detail.contains(QByteArray::number(port)));
        QVERIFY(second.error().detail.contains("ss -ltnp"));
        closeAll(ours);
    }

    void anAddressOfAnotherMachineIsRefused()
    {
        const auto group = openListenGroup({QHostAddress(QStringLiteral("192.0.2.1")), 0}, 1);
        QVERIFY(!group);
        QCOMPARE(group.error().code, ErrorCode::Invalid);
    }

    void addressesAreWrittenAsInUrls()
    {
        QCOMPARE(textOf({QHostAddress(QStringLiteral("127.0.0.1")), 80}), "127.0.0.1:80");
        QCOMPARE(textOf({QHostAddress(QStringLiteral("::1")), 80}), "[::1]:80");
        QCOMPARE(textOf({QHostAddress(QHostAddress::Any), 80}), "[::]:80");
    }

    void aMappedAddressIsIPv4()
    {
        sockaddr_storage name{};
        auto *const in6 = reinterpret_cast<sockaddr_in6 *>(&name);
        in6->sin6_family = AF_INET6;
        in6->sin6_port = htons(99);
        const Q_IPV6ADDR mapped = QHostAddress(QStringLiteral("::ffff:127.0.0.1")).toIPv6Address();
        memcpy(&in6->sin6_addr, &mapped, sizeof mapped);
        QCOMPARE(hostOf(name).toString(), QStringLiteral("127.0.0.1"));
        QCOMPARE(portOf(name), 99);
    }
};

QTEST_GUILESS_MAIN(TestListenSocket)
#include "tst_listen_socket.moc"
