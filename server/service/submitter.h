#pragma once

#include "auth/principal.h"
#include "ports/fanout.h"
#include "runtime/clock.h"
#include "service/alarms.h"
#include "service/live_send.h"
#include "service/preference_source.h"
#include "service/settings.h"
#include "service/submission.h"
#include "service/webhook_book.h"

#include <span>

namespace belfry::service {
using ports::SubmitResult;
using runtime::Loop;
using runtime::Reply;

/// Accepts notifications, for every way in. Any loop: `home` is the caller's own loop; the reply comes there,
/// for refusals and for what is not stored before the call returns, else after the commit.
///
/// The result has one item for each recipient in the given order, duplicates left out:
///  - Created: seq is set. Suppressed, Scheduled: seq 0.
///  - ttl 0 (H15): outcome Created, seq 0, state Done when somebody was connected, else Expired.
///  - topic, broadcast: no items (202, H14). Suppressed own action with OwnAction::Skip: no items.
///  - `replayed`: a repeat of an idempotency key; answer that and nothing else.
///
/// Errors: Forbidden (notify:write; notify:critical for critical; the anonymous may do neither critical nor
/// topic nor broadcast, H08), Invalid naming the member, NotFound (no such topic; unknown user where users
/// are not made on first use), IdempotencyReuse, Overloaded, Unavailable.
class Submitter
{
public:
    Submitter(ports::Store &store, ports::Fanout &fanout, PreferenceSource &preferences,
              const WebhookBook &webhooks, const runtime::Clock &clock, const Settings &settings);

    void submit(Loop &home, const auth::Principal &who, Submission what,
                Reply<model::Result<SubmitResult>> reply);

    /// At most 1,000 (else every result is Invalid), each with a result of its own; they go to the writer
    /// lane together. An item with an idempotency key is kept under key + "#" + its index, so that a crash in
    /// the middle of a batch doubles nothing; its result may then be `replayed`.
    using BatchResult = std::vector<model::Result<SubmitResult>>;
    void submitBatch(Loop &home, const auth::Principal &who, std::vector<Submission> items,
                     Reply<BatchResult> reply);

    /// Before the loops start.
    void setAlarms(Alarms alarms) { m_alarms = std::move(alarms); }
    [[nodiscard]] const Alarms &alarms() const { return m_alarms; }

private:
    using SubmitReply = Reply<model::Result<SubmitResult>>;
    /// A submission that is allowed and valid.
    struct Ready
    {
        Audience to;
        ports::Submit submit; ///< recipients empty
        OwnAction ownAction = OwnAction::Suppress;
        bool liveOnly = false;
        [[nodiscard]] bool isStored() const { return !liveOnly && to.index() < 2; }
    };

    model::Result<Ready> prepare(const auth::Principal &who, Submission what) const;
    void run(Loop &home, Ready ready, SubmitReply reply);
    void runStored(Loop &home, Ready ready, SubmitReply reply);
    void runJob(Loop &home, Ready ready, SubmitReply reply);
    /// `documents` in the order of the users.
    void store(Loop &home, Ready ready, std::span<const Document> documents, SubmitReply reply);

    void commit(Loop &home, ports::Submit submit, SubmitReply reply);
    [[nodiscard]] ports::Recipient recipientOf(model::UserId user, const Document &document,
                                               const ports::Submit &submit) const;
    /// One read of preferences for all, then all to the writer lane in this turn.
    void storeTogether(Loop &home, std::vector<std::pair<std::size_t, Ready>> items,
                       std::function<SubmitReply(std::size_t)> slot);

    ports::Store &m_store;
    PreferenceSource &m_preferences;
    const WebhookBook &m_webhooks;
    const runtime::Clock &m_clock;
    const Settings &m_settings;
    LiveSend m_live;
    Alarms m_alarms;
};
} // namespace belfry::service
