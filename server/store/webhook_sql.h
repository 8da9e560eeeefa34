#pragma once

#include "store/webhook_tables.h"

namespace belfry::store {
// Both databases have the same statements about webhooks, by the same names and with the same columns: they
// differ in what carries them out.

/// The categories of a webhook as a JSON array.
[[nodiscard]] model::Text encodeTypes(const QList<model::Text> &types);
[[nodiscard]] QList<model::Text> decodeTypes(const model::Text &text);

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

template<typename Connection, typename Statement, typename Query>
class SqlWebhookReads final : public WebhookReads
{
public:
    explicit SqlWebhookReads(Connection &db)
        : m_all(db, "webhooks")
    {
    }

    model::VoidResult all(std::vector<ports::Webhook> &out) override
    {
        Query query(m_all);
        return readWebhooks(query, out);
    }

private:
    Statement m_all;
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

private:
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
};
} // namespace belfry::store
