#include "session/network_watch.h"

#include <QNetworkInformation>
#include <QSignalSpy>
#include <QtTest>

namespace belfry::session {
class TestNetworkWatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void livesWithAndWithoutABackend();
};

/// What the backends tell is theirs; what is ours to keep is that a machine without any is no failure.
void TestNetworkWatch::livesWithAndWithoutABackend()
{
    NetworkWatch first;
    NetworkWatch second;
    QSignalSpy changed(&first, &NetworkWatch::changed);
    QVERIFY(changed.isValid());
    if (QNetworkInformation *network = QNetworkInformation::instance()) {
        Q_EMIT network->transportMediumChanged(QNetworkInformation::TransportMedium::WiFi);
        QCOMPARE(changed.size(), 1);
        Q_EMIT network->reachabilityChanged(QNetworkInformation::Reachability::Disconnected);
        QCOMPARE(changed.size(), 1);
    }
}
} // namespace belfry::session

QTEST_GUILESS_MAIN(belfry::session::TestNetworkWatch)
#include "tst_network_watch.moc"
