#include "session/network_watch.h"

#include <QNetworkInformation>

namespace belfry::session {
NetworkWatch::NetworkWatch(QObject *parent)
    : QObject(parent)
{
    if (!QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability))
        return;
    const QNetworkInformation *network = QNetworkInformation::instance();
    connect(network, &QNetworkInformation::reachabilityChanged, this,
            [this](QNetworkInformation::Reachability reachability) {
                if (reachability != QNetworkInformation::Reachability::Disconnected)
                    Q_EMIT changed();
            });
    connect(network, &QNetworkInformation::transportMediumChanged, this, &NetworkWatch::changed);
}
} // namespace belfry::session

#include "moc_network_watch.cpp"
