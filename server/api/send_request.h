#pragma once

#include "api/submit_answer.h"
#include "auth/principal.h"
#include "protocol/notification_request.h"
#include "service/submission.h"

namespace belfry::api {
/// A checked body as service wants it. Forbidden: the anonymous may use S1's members only (decisions H08).
/// Not set: idempotency, render, traceparent.
[[nodiscard]] model::Result<service::Submission> submissionOf(protocol::NotificationRequest &&request,
                                                              const auth::Principal &who);
/// Whether `who` may read the inbox that it goes to (SubmitAnswer::readsInbox); false where it is not one.
[[nodiscard]] bool readsAudience(const service::Submission &submission, const auth::Principal &who);
[[nodiscard]] SubmitShape shapeOf(const protocol::NotificationRequest &request);
} // namespace belfry::api
