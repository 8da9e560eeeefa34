#pragma once

#include <QJsonObject>
#include <QString>
#include <vector>

namespace belfry::test {
/// A row of the outbox as a relay of somebody else's finds it.
struct OutboxEntry
{
    qint64 position = 0;
    QString id;
    QString stream; ///< aggregatetype
    QString key;    ///< aggregateid
    QString type;
    QJsonObject payload;
    QString traceparent;
    bool isPublished = false;
};

/// All of them by position. `databaseUrl` as belfryd takes it. A fault ends the test program.
[[nodiscard]] std::vector<OutboxEntry> readOutbox(const QByteArray &databaseUrl);
/// The same as a relay that asks the database marks them.
void publish(const QByteArray &databaseUrl, const QString &id, qint64 atUs);
} // namespace belfry::test
