#include "api/send_request.h"

#include "service/access.h"

namespace belfry::api {
namespace {
service::Audience audienceOf(protocol::NotificationRequest &request)
{
    if (request.broadcast)
        return service::Everybody();
    if (!request.topic.isEmpty())
        return std::move(request.topic);
    if (request.many)
        return std::move(request.users);
    return std::move(request.users.front());
}
} // namespace

model::Result<service::Submission> submissionOf(protocol::NotificationRequest &&request,
                                                const auth::Principal &who)
{
    if (who.kind == auth::Principal::Kind::Anonymous && !request.legacyFieldsOnly)
        return model::fail(
            model::ErrorCode::Forbidden,
            "Without a key only S1's members are taken: user_id, type, channel, priority, title, "
            "message, metadata, scheduled_for.");
    service::Submission submission;
    submission.to = audienceOf(request);
    submission.content = std::move(request.content);
    submission.times = {request.scheduledFor, request.ttl, request.expiresAt};
    submission.dedupeWindow = request.dedupeWindow;
    submission.renotify = request.renotify;
    return submission;
}

bool readsAudience(const service::Submission &submission, const auth::Principal &who)
{
    const auto *user = std::get_if<model::UserId>(&submission.to);
    return user != nullptr && service::readsInboxOf(who, *user);
}

SubmitShape shapeOf(const protocol::NotificationRequest &request)
{
    if (request.broadcast || !request.topic.isEmpty())
        return SubmitShape::Job;
    return request.many ? SubmitShape::Many : SubmitShape::One;
}
} // namespace belfry::api
