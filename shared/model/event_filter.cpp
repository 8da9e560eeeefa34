#include "model/event_filter.h"

namespace belfry::model {
bool EventFilter::accepts(const Notification &item) const
{
    const Instant madeAt = item.id.madeAt();
    return (user.isEmpty() || user == item.user) &&
           (type.isEmpty() || type == categoryOf(item.content.type)) && (!state || *state == item.state) &&
           (!id || *id == item.id) && (!event || *event == item.event) &&
           (trace.isEmpty() || item.traceparent.mid(3, 32) == trace) && (!since || madeAt >= *since) &&
           (!until || madeAt < *until);
}
} // namespace belfry::model
