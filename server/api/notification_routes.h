#pragma once

#include "api/call.h"
#include "api/submit_answer.h"
#include "service/submission.h"

namespace belfry::api {
/// POST /notifications: one, many, a topic, or everybody (decisions H14).
void postNotification(CallPtr call);
/// POST /notifications:batch: 200 with a result for each item, in order.
void postBatch(CallPtr call);
/// PATCH /notifications/:id (H19).
void patchNotification(CallPtr call);
/// DELETE /notifications/:id: recall; a repeat answers the same.
void deleteNotification(CallPtr call);
/// POST /notifications/:id/cancel (H36).
void cancelNotification(CallPtr call);
/// PUT /notifications/:id/read (S1, H18).
void readNotification(CallPtr call);

/// Hands a submission over and answers in this shape once it is durable; the answer is kept with the
/// idempotency key in the same transaction.
void submit(CallPtr call, service::Submission submission, SubmitAnswer shape);
} // namespace belfry::api
