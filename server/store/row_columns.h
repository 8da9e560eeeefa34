#pragma once

#include "store/content_codec.h"
#include "store/update_plan.h"

namespace belfry::store {
// The columns that both databases have in the same order, read and bound by either's Query.

/// The columns of engagementTimes.
template<typename Query>
void readTimes(Query &query, model::Engagement &e)
{
    for (const auto time : engagementTimes)
        e.*time = query.maybeInstant();
}

/// From created_seq to legacy_id.
template<typename Query>
void readState(Query &query, NotificationRow &row)
{
    model::Notification &n = row.item;
    n.createdSeq = query.number();
    n.seq = query.number();
    query.skip(); // flags follow from the rest
    n.revision = static_cast<qint32>(query.number());
    n.state = static_cast<model::State>(query.number());
    n.holdReason = static_cast<model::HoldReason>(query.number());
    n.suppressReason = static_cast<model::SuppressReason>(query.number());
    decodeMarks(static_cast<int>(query.number()), row);
    n.content.urgency = static_cast<model::Urgency>(query.number());
    n.createdAt = query.instant();
    n.updatedAt = query.instant();
    n.expiresAt = query.maybeInstant();
    n.scheduledFor = query.maybeInstant();
    query.skip(); // due_at as well
    n.event = query.id();
    if (!query.isNull())
        n.legacyId = static_cast<qint32>(query.number());
    else
        query.skip();
}

/// All of update_alike.sql.
template<typename Query>
void bindAlike(Query &query, const AlikeChange &change, const model::Text &places)
{
    query.bind(change.user).bind(places).bind(change.seq).bind(qint64(change.flags));
    query.bind(change.updatedAt).bind(qint64(change.changed));
    for (const auto time : engagementTimes)
        query.bind(change.engagement.*time);
}

/// What range.sql and ranges.sql select of a row.
template<typename Query>
[[nodiscard]] NotificationRow readForMerge(Query &query, UserKey user)
{
    NotificationRow row;
    row.user = user;
    row.item.id = query.id();
    row.item.createdSeq = query.number();
    row.item.state = static_cast<model::State>(query.number());
    decodeMarks(static_cast<int>(query.number()), row);
    row.item.createdAt = query.instant();
    row.item.expiresAt = query.maybeInstant();
    readTimes(query, row.item.engagement);
    return row;
}

/// What keys.sql and lock_key.sql select of a key first.
template<typename Query>
[[nodiscard]] ports::ApiKey readKey(Query &query)
{
    ports::ApiKey key;
    key.id = query.text();
    key.name = query.text();
    key.hash = query.blob();
    key.scopes = static_cast<quint32>(query.number());
    key.createdAt = query.instant();
    key.expiresAt = query.maybeInstant();
    key.revokedAt = query.maybeInstant();
    key.bootstrap = query.number() != 0;
    return key;
}
} // namespace belfry::store
