#pragma once

#include "api/call.h"
#include "service/reading.h"

namespace belfry::api {
/// GET /notifications/:user: the inbox, newest first (decisions H16); S1's shape.
void getList(CallPtr call);
/// GET …/inbox/:id (H17). What was recalled is not found.
void getItem(CallPtr call);
void getCounts(CallPtr call);
/// GET …/inbox/snapshot: pages of 500 (H23).
void getSnapshot(CallPtr call);
/// GET …/log (H25). LogReset (410): the client takes a snapshot.
void getLog(CallPtr call);
/// POST …/inbox/ops (H24): all or none.
void postOps(CallPtr call);
/// GET /notifications/:id/timeline (H35).
void getTimeline(CallPtr call);

/// What `?state=&type=&q=&limit=&offset=&cursor=` asks for. Malformed, naming the parameter.
[[nodiscard]] model::Result<service::ListWish> listWishOf(const Call &call);
} // namespace belfry::api
