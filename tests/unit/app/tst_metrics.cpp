#include "app/metrics.h"
#include "channels/channel_probe.h"
#include "gateway/gateway_probe.h"
#include "net/server.h"
#include "ports/store.h"
#include "schedule/due_queue.h"

#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace belfry;

class TstMetrics : public QObject
{
    Q_OBJECT
private:
    net::NetProbe m_net;
    ports::StoreProbe m_store;
    gateway::GatewayProbe m_gateway;
    schedule::ScheduleProbe m_schedule;
    channels::ChannelProbe m_channels;

    QByteArray text() const
    {
        return app::metricsText({m_net, m_store, m_gateway, m_schedule, m_channels, 3, 7});
    }

    static QSet<QString> names(const QString &pattern, const QByteArray &in)
    {
        QSet<QString> found;
        auto matches = QRegularExpression(pattern, QRegularExpression::MultilineOption)
                           .globalMatch(QString::fromUtf8(in));
        while (matches.hasNext())
            found.insert(matches.next().captured(1));
        return found;
    }

private Q_SLOTS:
    void showsWhatTheProbesCount()
    {
        m_net.requests.add(7);
        m_store.queueDepth.set(5);
        const QByteArray written = text();
        QVERIFY(written.contains("\nbelfry_http_requests_total 7\n"));
        QVERIFY(written.contains("\nbelfry_store_queue_depth 5\n"));
        QVERIFY(written.contains("\nbelfry_connected_sessions 3\n"));
        QVERIFY(written.contains("# TYPE belfry_http_requests_total counter\n"));
    }

    void histogramsAreCumulativeInSeconds()
    {
        m_store.readTime.observe(1);
        m_store.readTime.observe(3);
        const QByteArray written = text();
        QVERIFY(written.contains("belfry_store_read_seconds_bucket{le=\"1e-06\"} 1\n"));
        QVERIFY(written.contains("belfry_store_read_seconds_bucket{le=\"4e-06\"} 2\n"));
        QVERIFY(written.contains("belfry_store_read_seconds_bucket{le=\"+Inf\"} 2\n"));
        QVERIFY(written.contains("belfry_store_read_seconds_count 2\n"));
    }

    void theDocumentListsThemAll()
    {
        QFile document(QFile::decodeName(qgetenv("BELFRY_SOURCE_DIR")) + QStringLiteral("/docs/metrics.md"));
        QVERIFY(document.open(QIODevice::ReadOnly));
        QCOMPARE(names(QStringLiteral("^\\| `(belfry_\\w+)`"), document.readAll()),
                 names(QStringLiteral("^# TYPE (belfry_\\w+)"), text()));
    }
};

QTEST_APPLESS_MAIN(TstMetrics)
#include "tst_metrics.moc"
