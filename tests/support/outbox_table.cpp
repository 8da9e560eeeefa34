#include "support/outbox_table.h"

#include "support/pg_server.h"

#include <QJsonDocument>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUrl>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace belfry::test {
namespace {
QSqlDatabase connectionTo(const QByteArray &databaseUrl, const QString &name)
{
    const QUrl url(QString::fromUtf8(databaseUrl));
    if (url.scheme() == u"sqlite") {
        auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        database.setDatabaseName(url.path());
        return database;
    }
    return addPostgres(url, name);
}

/// Runs one statement on a connection of its own; `read` gets each row.
template<typename Read>
void run(const QByteArray &databaseUrl, const QString &statement, const QVariantList &values, Read read)
{
    const QString name = QUuid::createUuid().toString();
    {
        QSqlDatabase database = connectionTo(databaseUrl, name);
        if (!database.open())
            qFatal("no outbox: %s", qPrintable(database.lastError().text()));
        QSqlQuery query(database);
        query.prepare(statement);
        for (const QVariant &value : values)
            query.addBindValue(value);
        if (!query.exec())
            qFatal("no outbox: %s", qPrintable(query.lastError().text()));
        while (query.next())
            read(query);
    }
    QSqlDatabase::removeDatabase(name);
}
} // namespace

std::vector<OutboxEntry> readOutbox(const QByteArray &databaseUrl)
{
    std::vector<OutboxEntry> entries;
    run(databaseUrl,
        u"SELECT position, id, aggregatetype, aggregateid, type, payload, traceparent, published_at FROM "
        u"outbox "
        "ORDER BY position"_s,
        {}, [&entries](const QSqlQuery &row) {
            OutboxEntry entry;
            entry.position = row.value(0).toLongLong();
            entry.id = row.value(1).toString().remove(u'{').remove(u'}');
            entry.stream = row.value(2).toString();
            entry.key = row.value(3).toString();
            entry.type = row.value(4).toString();
            entry.payload = QJsonDocument::fromJson(row.value(5).toString().toUtf8()).object();
            entry.traceparent = row.value(6).toString();
            entry.isPublished = !row.value(7).isNull();
            entries.push_back(std::move(entry));
        });
    return entries;
}

void publish(const QByteArray &databaseUrl, const QString &id, qint64 atUs)
{
    run(databaseUrl, u"UPDATE outbox SET published_at = ? WHERE id = ?"_s, {atUs, id}, [](const auto &) {});
}
} // namespace belfry::test
