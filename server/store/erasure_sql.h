#pragma once

#include "store/erasure_tables.h"

namespace belfry::store {
// Both databases have the same statements about erasures, by the same names and with the same parameters.

template<typename Connection, typename Statement, typename Query>
class SqlErasureWrites final : public ErasureWrites
{
public:
    explicit SqlErasureWrites(Connection &db)
        : m_begin(db, "begin_erasure")
        , m_oldest(db, "oldest_erasure")
        , m_save(db, "save_erasure")
        , m_profile(db, "delete_profile")
        , m_preferences(db, "delete_preferences")
        , m_sessions(db, "wipe_sessions")
        , m_doomed(db, "doomed_notifications")
        , m_deliveries(db, "delete_deliveries_of")
        , m_blankLog(db, "blank_log")
        , m_ops(db, "erase_ops")
        , m_devices(db, "erase_devices")
        , m_cursors(db, "erase_cursors")
        , m_dedupes(db, "erase_dedupes")
        , m_outbox(db, "erase_outbox")
        , m_topics(db, "topics_of_user")
        , m_unsubscribe(db, "unsubscribe")
        , m_countSubscribers(db, "count_subscribers")
        , m_answers(db, "answers_page")
        , m_removeAnswer(db, "delete_answer")
        , m_redactAnswer(db, "redact_answer")
    {
    }

    VoidResult begin(const ErasureRow &row) override
    {
        return Query(m_begin).bind(row.user).bind(row.askedAt).bind(row.bound).run();
    }

    Result<std::optional<ErasureRow>> oldest() override
    {
        Query query(m_oldest);
        std::optional<ErasureRow> found;
        if (query.next()) {
            found.emplace();
            found->user = query.number();
            found->id.text = query.text();
            found->askedAt = query.instant();
            found->phase = static_cast<ErasureRow::Phase>(query.number());
            found->bound = query.number();
            found->logDone = query.number();
            found->answerScope = query.text();
            found->answerKey = query.text();
        }
        if (auto done = query.outcome(); !done)
            return tl::unexpected(done.error());
        return found;
    }

    VoidResult save(const ErasureRow &row, model::MaybeInstant doneAt) override
    {
        Query query(m_save);
        query.bind(row.user).bind(qint64(row.phase)).bind(row.logDone);
        return query.bind(row.answerScope).bind(row.answerKey).bind(doneAt).run();
    }

    VoidResult removeProfile(UserKey user) override { return Query(m_profile).bind(user).run(); }
    VoidResult removePreferences(UserKey user) override { return Query(m_preferences).bind(user).run(); }
    VoidResult wipeSessions(UserKey user, model::Instant now) override
    {
        return Query(m_sessions).bind(user).bind(now).run();
    }

    VoidResult doomed(UserKey user, model::Instant upTo, int limit,
                      std::vector<model::NotificationId> &out) override
    {
        Query query(m_doomed);
        query.bind(user).bind(upTo).bind(qint64(limit));
        while (query.next())
            out.push_back(query.id());
        return query.outcome();
    }

    VoidResult removeDeliveries(const std::vector<model::NotificationId> &ids) override
    {
        for (const model::NotificationId &id : ids) {
            if (auto done = Query(m_deliveries).bind(id).run(); !done)
                return done;
        }
        return {};
    }

    VoidResult blankLog(UserKey user, model::Seq after, model::Seq upTo) override
    {
        Query query(m_blankLog);
        query.bind(user).bind(after).bind(upTo);
        return query.bind(qint64(model::ChangeKind::Updated)).run();
    }

    Result<int> removeRest(UserKey user, model::Instant upTo, int limit) override
    {
        int gone = 0;
        for (Statement *statement : {&m_ops, &m_devices, &m_cursors, &m_dedupes, &m_outbox}) {
            Query query(*statement);
            if (auto done = query.bind(user).bind(upTo).bind(qint64(limit)).run(); !done)
                return tl::unexpected(done.error());
            gone += query.changes();
        }
        const auto left = leaveTopics(user, upTo, limit);
        return left ? Result<int>(gone + *left) : left;
    }

    VoidResult answersAfter(const model::Text &scope, const model::Text &key, int limit,
                            std::vector<AnswerRow> &out) override
    {
        Query query(m_answers);
        query.bind(scope).bind(key).bind(qint64(limit));
        while (query.next()) {
            AnswerRow &row = out.emplace_back();
            row.key.scope = query.text();
            row.key.key = query.text();
            row.key.bodyHash = query.blob();
            row.at = query.instant();
            row.answer.status = static_cast<int>(query.number());
            row.answer.contentType = query.text();
            row.answer.body = query.blob();
        }
        return query.outcome();
    }

    VoidResult removeAnswer(const ports::IdempotencyKey &key) override
    {
        return Query(m_removeAnswer).bind(key.scope).bind(key.key).run();
    }

    VoidResult redactAnswer(const ports::IdempotencyKey &key, const QByteArray &json) override
    {
        return Query(m_redactAnswer).bind(key.scope).bind(key.key).bindBlob(json).run();
    }

private:
    Result<int> leaveTopics(UserKey user, model::Instant upTo, int limit)
    {
        std::vector<qint64> topics;
        {
            Query query(m_topics);
            query.bind(user).bind(upTo).bind(qint64(limit));
            while (query.next())
                topics.push_back(query.number());
            if (auto done = query.outcome(); !done)
                return tl::unexpected(done.error());
        }
        for (const qint64 topic : topics) {
            VoidResult done = Query(m_unsubscribe).bind(topic).bind(user).run();
            if (done)
                done = Query(m_countSubscribers).bind(topic).bind(qint64(-1)).run();
            if (!done)
                return tl::unexpected(done.error());
        }
        return static_cast<int>(topics.size());
    }

    Statement m_begin, m_oldest, m_save;
    Statement m_profile, m_preferences, m_sessions;
    Statement m_doomed, m_deliveries, m_blankLog;
    Statement m_ops, m_devices, m_cursors, m_dedupes, m_outbox;
    Statement m_topics, m_unsubscribe, m_countSubscribers;
    Statement m_answers, m_removeAnswer, m_redactAnswer;
};
} // namespace belfry::store
