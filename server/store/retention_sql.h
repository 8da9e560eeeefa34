#pragma once

#include "store/retention_tables.h"

namespace belfry::store {
// Both databases have the same statements, by the same names and with the same columns: they differ in what
// carries them out.

template<typename Connection, typename Statement, typename Query>
class SqlRetentionReads final : public RetentionReads
{
public:
    explicit SqlRetentionReads(Connection &db)
        : m_aged(db, "aged_notifications")
        , m_deleted(db, "deleted_notifications")
        , m_logs(db, "log_ranges")
        , m_ages(db, "log_ages")
    {
    }

    VoidResult aged(const model::NotificationId &after, int limit, std::vector<AgedRow> &out) override
    {
        Query query(m_aged);
        query.bind(after).bind(qint64(limit));
        while (query.next()) {
            AgedRow &row = out.emplace_back();
            row.id = query.id();
            row.type = query.text();
            row.state = static_cast<model::State>(query.number());
            row.createdAt = query.instant();
            row.placedAt = query.instant();
            row.wanted = query.number() != 0;
        }
        return query.outcome();
    }

    VoidResult deleted(model::Instant before, int limit, std::vector<model::NotificationId> &out) override
    {
        Query query(m_deleted);
        query.bind(before).bind(qint64(limit));
        while (query.next())
            out.push_back(query.id());
        return query.outcome();
    }

    VoidResult logs(UserKey after, int limit, std::vector<LogRange> &out) override
    {
        Query query(m_logs);
        query.bind(after).bind(qint64(limit));
        while (query.next()) {
            LogRange &range = out.emplace_back();
            range.key = query.number();
            range.user.text = query.text();
            range.floor = query.number();
            range.head = query.number();
        }
        return query.outcome();
    }

    VoidResult ages(UserKey user, model::Seq from, int limit, std::vector<LogAge> &out) override
    {
        Query query(m_ages);
        query.bind(user).bind(from).bind(qint64(limit));
        while (query.next()) {
            const model::Seq seq = query.number();
            out.push_back({seq, query.instant()});
        }
        return query.outcome();
    }

private:
    Statement m_aged;
    Statement m_deleted;
    Statement m_logs;
    Statement m_ages;
};
} // namespace belfry::store
