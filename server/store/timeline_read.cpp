#include "store/inbox_reads.h"

#include "store/row_flags.h"

#include <algorithm>

namespace belfry::store {
using model::Notification;
using ports::Timeline;
using ports::TraceStep;

namespace {
void add(Timeline &timeline, const model::MaybeInstant &at, const char *step, model::Text rule = {},
         model::Text detail = {})
{
    if (at)
        timeline.trace.push_back({*at, step, {}, std::move(rule), std::move(detail)});
}

/// What is scheduled is decided at its release (H36); until then its row names no rule.
void addBeginning(Timeline &timeline, const NotificationRow &row)
{
    const Notification &n = row.item;
    const bool scheduled = n.scheduledFor && *n.scheduledFor > n.createdAt;
    const bool decided = !scheduled || !row.rule.isEmpty();
    add(timeline, n.createdAt, "accepted", {}, n.event.toText());
    if (scheduled)
        add(timeline, n.createdAt, "held", {}, "scheduled");
    if (scheduled && decided)
        add(timeline, n.scheduledFor, "released");
    if (decided)
        add(timeline, placedAt(n), "decided", row.rule);
    if (n.createdSeq > 0)
        add(timeline, placedAt(n), "committed", {}, "seq " + QByteArray::number(n.createdSeq));
    else if (n.state == model::State::Suppressed)
        add(timeline, n.updatedAt, "suppressed", row.rule);
    else if (n.state == model::State::Expired)
        add(timeline, n.updatedAt, "expired");
}

void addEngagement(Timeline &timeline, const model::Engagement &engagement)
{
    add(timeline, engagement.seen, "seen");
    add(timeline, engagement.read, "read");
    add(timeline, engagement.clicked, "clicked");
    add(timeline, engagement.acked, "acked");
    add(timeline, engagement.archived, "archived");
    add(timeline, engagement.deleted, "deleted");
    if (engagement.snoozedUntil)
        add(timeline, engagement.snoozedChangedAt, "snoozed");
}

void addLog(Timeline &timeline, const std::vector<LogRow> &rows)
{
    for (const LogRow &row : rows) {
        const model::Text seq = "seq " + QByteArray::number(row.seq);
        if (row.kind == model::ChangeKind::Updated)
            add(timeline, row.at, "updated", {}, seq);
        else if (row.kind == model::ChangeKind::Expired)
            add(timeline, row.at, "expired", {}, seq);
        else if (row.kind == model::ChangeKind::Recalled)
            add(timeline, row.at, "recalled", {}, seq);
    }
}

void addDeliveries(Timeline &timeline, const Notification &item, const model::Text &rule,
                   const std::vector<CursorRow> &cursors)
{
    if (item.createdSeq == 0)
        return;
    for (const CursorRow &cursor : cursors) {
        const bool delivered = cursor.seq >= item.createdSeq;
        timeline.deliveries.push_back({item.id.toText() + '/' + cursor.device.text,
                                       model::Channel::InApp,
                                       cursor.device.text,
                                       delivered ? "delivered" : "pending",
                                       rule,
                                       {},
                                       {},
                                       {}});
    }
}
model::Text nameOf(ports::DeliveryState state)
{
    switch (state) {
    case ports::DeliveryState::Pending:
        return "pending";
    case ports::DeliveryState::Sending:
        return "sending";
    case ports::DeliveryState::Sent:
        return "sent";
    case ports::DeliveryState::Retrying:
        return "retrying";
    case ports::DeliveryState::Expired:
        return "expired";
    case ports::DeliveryState::Suppressed:
        return "suppressed";
    case ports::DeliveryState::Dead:
        return "dead";
    }
    return {};
}

VoidResult addOutwardDeliveries(Timeline &timeline, ReadSession &session, const NotificationRow &row)
{
    if (!row.outward)
        return {};
    std::vector<DeliveryRow> deliveries;
    if (auto done = session.webhooks().deliveriesOf(row.item.id, deliveries); !done)
        return done;
    for (DeliveryRow &delivery : deliveries) {
        timeline.deliveries.push_back({delivery.id.toText(), delivery.channel, delivery.endpoint.toText(),
                                       nameOf(delivery.state), delivery.rule, delivery.reason,
                                       std::move(delivery.history),
                                       delivery.lease ? model::MaybeInstant() : delivery.dueAt});
    }
    return {};
}
} // namespace

Result<Timeline> readTimeline(ReadSession &session, const model::NotificationId &id)
{
    auto row = readItem(session, id);
    if (!row)
        return tl::unexpected(row.error());
    std::vector<LogRow> log;
    if (auto done = session.logOf(row->user, id, log); !done)
        return tl::unexpected(done.error());
    std::vector<CursorRow> cursors;
    if (auto done = session.cursors(row->user, cursors); !done)
        return tl::unexpected(done.error());
    Timeline timeline;
    addBeginning(timeline, *row);
    addLog(timeline, log);
    addEngagement(timeline, row->item.engagement);
    if (row->item.state == model::State::Cancelled)
        add(timeline, row->item.updatedAt, row->collapsed ? "collapsed" : "cancelled");
    std::stable_sort(timeline.trace.begin(), timeline.trace.end(),
                     [](const TraceStep &a, const TraceStep &b) { return a.at < b.at; });
    addDeliveries(timeline, row->item, row->rule, cursors);
    if (auto done = addOutwardDeliveries(timeline, session, *row); !done)
        return tl::unexpected(done.error());
    timeline.item = std::move(row->item);
    return timeline;
}
} // namespace belfry::store
