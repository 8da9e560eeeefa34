#pragma once

#include "api/call.h"

namespace belfry::api {
// Topics and who is subscribed to them (decisions H60).
void postTopic(CallPtr call);
void getTopics(CallPtr call);
void getTopic(CallPtr call);
void putTopic(CallPtr call);
void deleteTopic(CallPtr call);
/// Pages of 500 by `?cursor=`.
void getSubscribers(CallPtr call);
/// `{user_ids: […]}`: all or none of them.
void postSubscribers(CallPtr call);
void putSubscriber(CallPtr call);
void deleteSubscriber(CallPtr call);
} // namespace belfry::api
