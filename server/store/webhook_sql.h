#pragma once

#include "store/webhook_tables.h"

namespace belfry::store {
// Both databases have the same statements about webhooks, by the same names and with the same columns: they
// differ in what carries them out.

/// The categories of a webhook as a JSON array.
[[nodiscard]] model::Text encodeTypes(const QList<model::Text> &types);
[[nodiscard]] QList<model::Text> decodeTypes(const model::Text &text);

/// The attempts of a delivery as a JSON array.
[[nodiscard]] model::Text encodeHistory(const std::vector<ports::Attempt> &history);
[[nodiscard]] std::vector<ports::Attempt> decodeHistory(const model::Text &text);

/// All of webhooks.sql and lock_webhook.sql.
template<typename Query>
[[nodiscard]] ports::Webhook readWebhook(Query &query)
{
    ports::Webhook webhook;
    webhook.id = query.id();
    webhook.url = query.text();
    webhook.secret = query.text();
    webhook.oldSecret = query.text();
    webhook.oldSecretUntil = query.maybeInstant();
    webhook.user.text = query.text();
    webhook.types = decodeTypes(query.text());
    webhook.enabled = query.number() != 0;
    webhook.disabledReason = query.text();
    webhook.disabledAt = query.maybeInstant();
    webhook.createdAt = query.instant();
    webhook.updatedAt = query.instant();
    return webhook;
}

template<typename Query>
[[nodiscard]] model::VoidResult readWebhooks(Query &query, std::vector<ports::Webhook> &out)
{
    while (query.next())
        out.push_back(readWebhook(query));
    return query.outcome();
}

/// All of due_deliveries.sql and its like.
template<typename Query>
[[nodiscard]] DeliveryRow readDelivery(Query &query)
{
    DeliveryRow row;
    row.key = query.number();
    row.id = query.id();
    row.notification = query.id();
    row.user = query.number();
    row.channel = static_cast<model::Channel>(query.number());
    row.endpoint = query.id();
    row.revision = static_cast<qint32>(query.number());
    row.state = static_cast<ports::DeliveryState>(query.number());
    row.rule = query.text();
    row.reason = query.text();
    row.attempts = static_cast<int>(query.number());
    row.history = decodeHistory(query.text());
    row.dueAt = query.maybeInstant();
    if (query.isNull())
        query.skip();
    else
        row.lease = query.id();
    row.createdAt = query.instant();
    row.updatedAt = query.instant();
    return row;
}

template<typename Query>
[[nodiscard]] model::VoidResult readDeliveries(Query &query, std::vector<DeliveryRow> &out)
{
    while (query.next())
        out.push_back(readDelivery(query));
    return query.outcome();
}

/// User, notification and endpoint, in this order.
template<typename Query>
void bindFilter(Query &query, const ports::DeliveryFilter &filter)
{
    query.bindOptional(filter.user.text);
    for (const auto &id : {filter.notification, filter.webhook}) {
        if (id)
            query.bind(*id);
        else
            query.bindNull();
    }
}

template<typename Connection, typename Statement, typename Query>
class SqlWebhookReads final : public WebhookReads
{
public:
    explicit SqlWebhookReads(Connection &db)
        : m_all(db, "webhooks")
        , m_deliveriesOf(db, "deliveries_of")
        , m_list(db, "list_deliveries")
        , m_listInState(db, "list_deliveries_in_state")
    {
    }

    model::VoidResult all(std::vector<ports::Webhook> &out) override
    {
        Query query(m_all);
        return readWebhooks(query, out);
    }

    model::VoidResult list(const ports::DeliveryFilter &filter, qint64 before, int limit,
                           std::vector<ListedDelivery> &out) override
    {
        Query query(filter.state ? m_listInState : m_list);
        query.bind(before);
        bindFilter(query, filter);
        query.bind(qint64(limit));
        if (filter.state)
            query.bind(qint64(*filter.state));
        while (query.next()) {
            ListedDelivery &listed = out.emplace_back();
            listed.user.text = query.text();
            listed.row = readDelivery(query);
        }
        return query.outcome();
    }

    model::VoidResult deliveriesOf(const model::NotificationId &id, std::vector<DeliveryRow> &out) override
    {
        Query query(m_deliveriesOf);
        query.bind(id);
        return readDeliveries(query, out);
    }

private:
    Statement m_all;
    Statement m_deliveriesOf;
    Statement m_list;
    Statement m_listInState;
};

template<typename Connection, typename Statement, typename Query>
class SqlWebhookWrites final : public WebhookWrites
{
public:
    explicit SqlWebhookWrites(Connection &db)
        : m_all(db, "webhooks")
        , m_lock(db, "lock_webhook")
        , m_insert(db, "insert_webhook")
        , m_save(db, "save_webhook")
        , m_delete(db, "delete_webhook")
        , m_saveDelivery(db, "save_delivery")
        , m_renew(db, "renew_deliveries")
        , m_end(db, "end_deliveries")
        , m_endEndpoint(db, "end_endpoint_deliveries")
        , m_release(db, "release_deliveries")
        , m_due(db, "due_deliveries")
        , m_nextDue(db, "next_delivery")
        , m_lockDelivery(db, "lock_delivery")
        , m_updateDelivery(db, "update_delivery")
        , m_redriveOne(db, "redrive_delivery")
        , m_redrive(db, "redrive_deliveries")
        , m_purge(db, "purge_deliveries")
        , m_db(db)
    {
    }

    model::VoidResult all(std::vector<ports::Webhook> &out) override
    {
        Query query(m_all);
        return readWebhooks(query, out);
    }

    model::Result<std::optional<ports::Webhook>> lock(const ports::WebhookId &id) override
    {
        Query query(m_lock);
        query.bind(id);
        std::optional<ports::Webhook> found;
        if (query.next())
            found = readWebhook(query);
        if (auto done = query.outcome(); !done)
            return tl::unexpected(done.error());
        return found;
    }

    model::VoidResult insert(const ports::Webhook &webhook) override { return run(m_insert, webhook); }
    model::VoidResult save(const ports::Webhook &webhook) override { return run(m_save, webhook); }

    model::VoidResult remove(const ports::WebhookId &id) override
    {
        Query query(m_delete);
        return query.bind(id).run();
    }

    model::VoidResult change(const DeliveryChange &change) override
    {
        const DeliveryRow &row = change.row;
        switch (change.kind) {
        case DeliveryChange::Kind::Save:
            return insertDelivery(row);
        case DeliveryChange::Kind::Renew: {
            Query query(m_renew);
            return query.bind(row.notification).bind(qint64(row.revision)).bind(row.updatedAt).run();
        }
        case DeliveryChange::Kind::End: {
            Query query(m_end);
            query.bind(row.notification).bind(qint64(row.state)).bindOptional(row.reason);
            return query.bind(row.updatedAt).run();
        }
        }
        return {};
    }

    model::VoidResult due(const ports::WebhookId &endpoint, model::Instant now, int limit,
                          std::vector<DeliveryRow> &out) override
    {
        Query query(m_due);
        query.bind(endpoint).bind(now).bind(qint64(limit));
        return readDeliveries(query, out);
    }

    model::VoidResult nextDue(model::Instant now, model::MaybeInstant &out) override
    {
        Query query(m_nextDue);
        query.bind(now);
        if (query.next())
            out = query.maybeInstant();
        return query.outcome();
    }

    model::Result<std::optional<DeliveryRow>> lockDelivery(const ports::DeliveryId &id) override
    {
        Query query(m_lockDelivery);
        query.bind(id);
        std::optional<DeliveryRow> found;
        if (query.next())
            found = readDelivery(query);
        if (auto done = query.outcome(); !done)
            return tl::unexpected(done.error());
        return found;
    }

    model::VoidResult saveDelivery(const DeliveryRow &row) override
    {
        const model::Text history = encodeHistory(row.history);
        Query query(m_updateDelivery);
        query.bind(row.key).bind(qint64(row.state)).bindOptional(row.reason).bind(qint64(row.attempts));
        query.bind(history).bind(row.dueAt);
        if (row.lease)
            query.bind(*row.lease);
        else
            query.bindNull();
        return query.bind(row.updatedAt).run();
    }

    model::VoidResult endEndpoint(const ports::WebhookId &endpoint, ports::DeliveryState state,
                                  const model::Text &reason, model::Instant now) override
    {
        Query query(m_endEndpoint);
        return query.bind(endpoint).bind(qint64(state)).bindOptional(reason).bind(now).run();
    }

    model::Result<int> redriveDelivery(const ports::DeliveryId &id, model::Instant now) override
    {
        Query query(m_redriveOne);
        query.bind(id).bind(now);
        return countOf(query);
    }

    model::Result<int> redriveDeliveries(const ports::DeliveryFilter &filter, int limit,
                                         model::Instant now) override
    {
        Query query(m_redrive);
        query.bind(now);
        bindFilter(query, filter);
        query.bind(qint64(limit));
        return countOf(query);
    }

    model::Result<int> purge(model::Instant endedBefore, model::Instant diedBefore, int limit) override
    {
        using enum ports::DeliveryState;
        int gone = 0;
        for (const auto state : {Sent, Expired, Suppressed, Dead}) {
            Query query(m_purge);
            query.bind(qint64(state)).bind(state == Dead ? diedBefore : endedBefore).bind(qint64(limit));
            auto removed = countOf(query);
            if (!removed)
                return removed;
            gone += *removed;
        }
        return gone;
    }

    model::VoidResult release(model::Instant now) override { return Query(m_release).bind(now).run(); }

private:
    /// Where the number of rows is told: by the statement, or by the connection.
    model::Result<int> countOf(Query &query)
    {
        if (auto done = query.run(); !done)
            return tl::unexpected(done.error());
        if constexpr (requires { m_db.changes(); })
            return m_db.changes();
        else
            return query.changes();
    }

    model::VoidResult insertDelivery(const DeliveryRow &row)
    {
        const model::Text history = encodeHistory(row.history);
        Query query(m_saveDelivery);
        query.bind(row.id).bind(row.notification).bind(row.user).bind(qint64(row.channel)).bind(row.endpoint);
        query.bind(qint64(row.revision)).bind(qint64(row.state)).bind(row.rule).bindOptional(row.reason);
        return query.bind(history).bind(row.dueAt).bind(row.createdAt).bind(row.updatedAt).run();
    }

    model::VoidResult run(Statement &statement, const ports::Webhook &webhook)
    {
        const model::Text types = encodeTypes(webhook.types); // lives until the statement has run
        Query query(statement);
        query.bind(webhook.id).bind(webhook.url).bind(webhook.secret).bindOptional(webhook.oldSecret);
        query.bind(webhook.oldSecretUntil).bindOptional(webhook.user.text).bind(types);
        query.bind(qint64(webhook.enabled)).bindOptional(webhook.disabledReason).bind(webhook.disabledAt);
        return query.bind(webhook.createdAt).bind(webhook.updatedAt).run();
    }

    Statement m_all;
    Statement m_lock;
    Statement m_insert;
    Statement m_save;
    Statement m_delete;
    Statement m_saveDelivery;
    Statement m_renew;
    Statement m_end;
    Statement m_endEndpoint;
    Statement m_release;
    Statement m_due;
    Statement m_nextDue;
    Statement m_lockDelivery;
    Statement m_updateDelivery;
    Statement m_redriveOne;
    Statement m_redrive;
    Statement m_purge;
    Connection &m_db;
};
} // namespace belfry::store
