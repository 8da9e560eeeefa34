#pragma once

#include "store/operations_tables.h"

namespace belfry::store {
// Both databases have the same statements, by the same names and with the same columns: they differ in what
// carries them out.
template<typename Connection, typename Statement, typename Query, typename Page>
class SqlOperationsReads final : public OperationsReads
{
public:
    explicit SqlOperationsReads(Connection &db)
        : m_events(db, "events", "id DESC")
        , m_eventsOfUser(db, "events_of_user", "id DESC")
        , m_deliveries(db, "backlog_of_deliveries")
        , m_deadLetters(db, "backlog_of_dead_letters")
        , m_jobs(db, "backlog_of_jobs")
        , m_outbox(db, "backlog_of_outbox")
    {
    }

    VoidResult events(const model::NotificationId &from, const model::NotificationId &before,
                      const model::UserId &user, int limit, std::vector<NotificationRow> &out) override
    {
        Page &page = user.isEmpty() ? m_events : m_eventsOfUser;
        return page.read(limit, user, out, [&](Query &query, qint64 most, const model::Notification *after) {
            query.bind(from).bind(after ? after->id : before).bind(most);
            if (!user.isEmpty())
                query.bind(user.text);
        });
    }

    VoidResult backlogs(ports::Backlogs &out) override
    {
        VoidResult done = backlog(m_deliveries, out.deliveries);
        if (done)
            done = backlog(m_deadLetters, out.deadLetters);
        if (done)
            done = backlog(m_jobs, out.broadcasts);
        return done ? backlog(m_outbox, out.outbox) : done;
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

    Page m_events;
    Page m_eventsOfUser;
    Statement m_deliveries;
    Statement m_deadLetters;
    Statement m_jobs;
    Statement m_outbox;
};
} // namespace belfry::store
