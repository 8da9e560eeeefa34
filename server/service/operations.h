#pragma once

#include "auth/principal.h"
#include "ports/operations.h"
#include "service/submitter.h"

namespace belfry::service {
/// What operators look at and try. Any loop. Scopes admin:read, admin:write.
class Operations
{
public:
    Operations(ports::Store &store, Submitter &submitter);

    /// As ports::Operations; `limit` at most 500.
    void events(Loop &home, const auth::Principal &who, model::EventFilter filter,
                std::optional<model::NotificationId> before, int limit,
                Reply<model::Result<ports::EventPage>> reply);

    struct Outbox
    {
        ports::Backlogs backlogs;
        qint64 waitingWrites = 0;
    };
    void outbox(Loop &home, const auth::Principal &who, Reply<model::Result<Outbox>> reply);

    struct TestEvent
    {
        model::UserId user;
        model::Text title;
        model::Text message;
        QList<model::Channel> channels;
        model::Text traceparent;
    };
    static constexpr char testType[] = "belfry.test";
    /// A notification that says of itself that it is a test; gone after an hour. It goes by the user's rules,
    /// as any other. NotFound: there is no such user; none is made for it.
    void sendTest(Loop &home, const auth::Principal &who, TestEvent wish,
                  Reply<model::Result<ports::SubmitResult>> reply);

private:
    ports::Store &m_store;
    Submitter &m_submitter;
};
} // namespace belfry::service
