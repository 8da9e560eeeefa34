#include "store/sqlite/row_io.h"

#include "store/content_codec.h"
#include "store/row_flags.h"

namespace belfry::store {
using model::Content;
using model::Notification;
using model::Text;

namespace {
const Text emptyData = "{}";

void bindState(Query &query, const NotificationRow &row)
{
    const Notification &n = row.item;
    query.bind(n.createdSeq)
        .bind(n.seq)
        .bind(qint64(rowFlags(n)))
        .bind(qint64(n.revision))
        .bind(qint64(n.state))
        .bind(qint64(n.holdReason))
        .bind(qint64(n.suppressReason))
        .bind(qint64(encodeMarks(row)))
        .bind(qint64(n.content.urgency))
        .bind(n.updatedAt)
        .bind(n.expiresAt)
        .bind(n.scheduledFor)
        .bind(dueAt(n))
        .bind(n.event);
    if (n.legacyId)
        query.bind(qint64(*n.legacyId));
    else
        query.bindNull();
}

void bindContent(Query &query, const NotificationRow &row, const Text &extra)
{
    const Content &content = row.item.content;
    query.bind(content.type).bind(content.title).bind(content.message);
    query.bindOptional(content.data == emptyData ? Text() : content.data);
    query.bindOptional(content.priority)
        .bindOptional(content.source)
        .bindOptional(extra)
        .bindOptional(content.collapseKey)
        .bindOptional(content.dedupeKey)
        .bindOptional(row.item.traceparent)
        .bindOptional(row.rule);
}

void bindTimes(Query &query, const model::Engagement &e)
{
    for (const auto time : engagementTimes)
        query.bind(e.*time);
}

void readContent(Query &query, NotificationRow &row)
{
    Content &content = row.item.content;
    content.type = query.text();
    content.title = query.text();
    content.message = query.text();
    content.data = query.text();
    if (content.data.isEmpty())
        content.data = emptyData;
    content.priority = query.text();
    content.source = query.text();
    decodeExtra(query.text(), content);
    content.collapseKey = query.text();
    content.dedupeKey = query.text();
    row.item.traceparent = query.text();
    row.rule = query.text();
}
} // namespace

void bindInsert(Query &query, const NotificationRow &row, const Text &extra)
{
    query.bind(row.item.id).bind(row.user).bind(row.item.createdAt);
    bindState(query, row);
    bindContent(query, row, extra);
    bindTimes(query, row.item.engagement);
}

void bindUpdate(Query &query, const NotificationRow &row, const Text &extra)
{
    query.bind(row.item.id);
    bindState(query, row);
    bindContent(query, row, extra);
    bindTimes(query, row.item.engagement);
}

void bindEngagement(Query &query, const NotificationRow &row)
{
    query.bind(row.item.id)
        .bind(row.item.seq)
        .bind(qint64(rowFlags(row.item)))
        .bind(row.item.updatedAt)
        .bind(dueAt(row.item));
    bindTimes(query, row.item.engagement);
}

NotificationRow readNotification(Query &query, const model::UserId &user)
{
    NotificationRow row;
    row.item.user.text = query.text();
    if (row.item.user.isEmpty())
        row.item.user = user;
    query.skip(); // key
    row.item.id = query.id();
    row.user = query.number();
    readState(query, row);
    readContent(query, row);
    readTimes(query, row.item.engagement);
    return row;
}

LogRow readLogRow(Query &query)
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

AnswerRow readAnswer(Query &query, const ports::IdempotencyKey &key)
{
    AnswerRow row{key, {}, {}};
    row.key.bodyHash = query.text();
    row.at = query.instant();
    row.answer.status = static_cast<int>(query.number());
    row.answer.contentType = query.text();
    row.answer.body = query.text();
    return row;
}
} // namespace belfry::store
