#include "store/postgres/pg_row_io.h"

#include "store/content_codec.h"
#include "store/page_bytes.h"
#include "store/sql_files.h"

namespace belfry::store {
using model::Content;

namespace {
void readContent(PgQuery &query, NotificationRow &row)
{
    Content &content = row.item.content;
    content.type = query.text();
    content.title = query.text();
    content.message = query.text();
    content.data = query.text();
    if (content.data.isEmpty())
        content.data = "{}";
    content.priority = query.text();
    content.source = query.text();
    decodeExtra(query.text(), content);
    content.collapseKey = query.text();
    content.dedupeKey = query.text();
    row.item.traceparent = query.text();
    row.rule = query.text();
}
} // namespace

NotificationRow readNotification(PgQuery &query, const model::UserId &user)
{
    NotificationRow row;
    row.item.user.text = query.text();
    if (row.item.user.isEmpty())
        row.item.user = user;
    row.item.id = query.id();
    row.user = query.number();
    readState(query, row);
    readContent(query, row);
    readTimes(query, row.item.engagement);
    return row;
}

PgStatement pageStatement(PgConnection &db, const char *name, const char *order)
{
    // As PageBytes weighs them, never more: it finds that the page is over. Nothing is fetched for it from
    // where PostgreSQL keeps large values.
    return {db, name,
            QByteArray("SELECT * FROM (SELECT r.*, coalesce(sum(") + QByteArray::number(PageBytes::names) +
                " + octet_length(title) + octet_length(message) + 2 * coalesce(octet_length(data), 0)) "
                "OVER (ORDER BY " +
                order + " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before FROM (\n" +
                sqlQuery("postgresql", name) +
                ") r) p WHERE before <= " + QByteArray::number(PageBytes::most) + " ORDER BY " + order};
}

UserRow readUser(PgQuery &query)
{
    UserRow row;
    row.key = query.number();
    row.id.text = query.text();
    row.head = query.number();
    row.floor = query.number();
    row.counts.unseen = query.number();
    row.counts.unread = query.number();
    row.allRead.seq = query.number();
    row.allRead.at = query.instant();
    return row;
}

JobTarget readTarget(PgQuery &query)
{
    JobTarget target;
    target.place = query.number();
    target.key = query.number();
    target.user.text = query.text();
    return target;
}

LogRow readLogRow(PgQuery &query)
{
    LogRow row;
    row.user = query.number();
    row.seq = query.number();
    row.kind = static_cast<model::ChangeKind>(query.number());
    row.alert = static_cast<model::Alert>(query.number());
    row.at = query.instant();
    if (!query.isNull())
        row.item = query.id();
    else
        query.skip();
    row.payload = query.text();
    return row;
}

AnswerRow readAnswer(PgQuery &query, const ports::IdempotencyKey &key)
{
    AnswerRow row{key, {}, {}};
    row.key.bodyHash = query.blob();
    row.at = query.instant();
    row.answer.status = static_cast<int>(query.number());
    row.answer.contentType = query.text();
    row.answer.body = query.blob();
    return row;
}
} // namespace belfry::store
