#include "service/operations.h"

#include "service/access.h"

#include <algorithm>

namespace belfry::service {
using auth::Scope;
using model::Result;

namespace {
constexpr int longestEventPage = 500;
constexpr std::chrono::hours testLife{1};

Submission testSubmission(Operations::TestEvent wish)
{
    Submission what;
    what.to = std::move(wish.user);
    what.content.type = Operations::testType;
    what.content.title = wish.title.isEmpty() ? model::Text("Test notification") : std::move(wish.title);
    what.content.message = wish.message.isEmpty()
                               ? model::Text("An operator tries whether notifications arrive.")
                               : std::move(wish.message);
    what.content.data = R"({"test":true})";
    what.content.channels = std::move(wish.channels);
    what.times.ttl = testLife;
    what.traceparent = std::move(wish.traceparent);
    return what;
}
} // namespace

Operations::Operations(ports::Store &store, Submitter &submitter)
    : m_store(store)
    , m_submitter(submitter)
{
}

void Operations::events(Loop &home, const auth::Principal &who, model::EventFilter filter,
                        std::optional<model::NotificationId> before, int limit,
                        Reply<Result<ports::EventPage>> reply)
{
    if (auto allowed = requireScope(who, Scope::AdminRead); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    m_store.operations().events(home, std::move(filter), before, std::clamp(limit, 1, longestEventPage),
                                std::move(reply));
}

void Operations::outbox(Loop &home, const auth::Principal &who, Reply<Result<Outbox>> reply)
{
    if (auto allowed = requireScope(who, Scope::AdminRead); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    m_store.operations().backlogs(home,
                                  [this, reply = std::move(reply)](Result<ports::Backlogs> backlogs) mutable {
                                      if (!backlogs)
                                          return reply(tl::unexpected(std::move(backlogs.error())));
                                      reply(Outbox{*backlogs, m_store.probe().queueDepth.value()});
                                  });
}

void Operations::sendTest(Loop &home, const auth::Principal &who, TestEvent wish,
                          Reply<Result<ports::SubmitResult>> reply)
{
    if (auto allowed = requireScope(who, Scope::AdminWrite); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    const model::UserId user = wish.user;
    auto sender = who;
    sender.scopes |= Scope::NotifyWrite; // who may change everything may try it
    m_store.directory().users(
        home, {user},
        [this, &home, sender = std::move(sender), wish = std::move(wish),
         reply = std::move(reply)](Result<std::vector<ports::UserRecord>> known) mutable {
            if (!known)
                return reply(tl::unexpected(std::move(known.error())));
            if (known->front().id.isEmpty())
                return reply(model::fail(model::ErrorCode::NotFound, "there is no such user"));
            m_submitter.submit(home, sender, testSubmission(std::move(wish)), std::move(reply));
        });
}
} // namespace belfry::service
