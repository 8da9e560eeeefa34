#pragma once

#include "store/operations_tables.h"

namespace belfry::store {
// Both databases have the same statements, by the same names and with the same columns: they differ in what
// carries them out.
template<typename Connection, typename Statement, typename Query>
class SqlOperationsReads final : public OperationsReads
{
public:
    explicit SqlOperationsReads(Connection &db)
        : m_events(db, "events")
        , m_eventsOfUser(db, "events_of_user")
        , m_deliveries(db, "backlog_of_deliveries")
        , m_deadLetters(db, "backlog_of_dead_letters")
        , m_jobs(db, "backlog_of_jobs")
    {
    }

    VoidResult events(const model::NotificationId &from, const model::NotificationId &before,
                      const model::UserId &user, int limit, std::vector<NotificationRow> &out) override
    {
        Query query(user.isEmpty() ? m_events : m_eventsOfUser);
        query.bind(from).bind(before).bind(qint64(limit));
        if (!user.isEmpty())
            query.bind(user.text);
        while (query.next())
            out.push_back(readNotification(query, user));
        return query.outcome();
    }

    VoidResult backlogs(ports::Backlogs &out) override
    {
        VoidResult done = backlog(m_deliveries, out.deliveries);
        if (done)
            done = backlog(m_deadLetters, out.deadLetters);
        return done ? backlog(m_jobs, out.broadcasts) : done;
    }

private:
    static VoidResult backlog(Statement &statement, ports::Backlog &out)
    {
        Query query(statement);
        query.bind(ports::countedBacklog + 1);
        if (query.next()) {
            out.depth = query.number();
            out.oldest = query.maybeInstant();
        }
        return query.outcome();
    }

    Statement m_events;
    Statement m_eventsOfUser;
    Statement m_deliveries;
    Statement m_deadLetters;
    Statement m_jobs;
};
} // namespace belfry::store
