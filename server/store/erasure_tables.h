#pragma once

#include "store/rows.h"

namespace belfry::store {
using model::Result;
using model::VoidResult;

/// How far a user is forgotten. What is stored is what is still to be done: a step that was not committed is
/// done again.
struct ErasureRow
{
    enum class Phase : quint8 { Webhooks, Notifications, Log, Rest, Answers, Over };

    UserKey user = 0;
    model::UserId id;
    model::Instant askedAt; ///< what came later is not meant
    Phase phase = Phase::Webhooks;
    model::Seq bound = 0; ///< head of the log at that time
    model::Seq logDone = 0;
    model::Text answerScope; ///< answers up to this one were looked at
    model::Text answerKey;
};

/// The part of a WriteTx that forgets. Errors as there. Whoever asks has locked the user.
class ErasureWrites
{
public:
    virtual ~ErasureWrites() = default;

    /// One that runs already goes on as it is.
    virtual VoidResult begin(const ErasureRow &row) = 0;
    /// One that no other writer works on.
    virtual Result<std::optional<ErasureRow>> oldest() = 0;
    virtual VoidResult save(const ErasureRow &row, model::MaybeInstant doneAt) = 0;

    virtual VoidResult removeProfile(UserKey user) = 0;
    virtual VoidResult removePreferences(UserKey user) = 0;
    /// Ends them, and leaves of each no more than that it has ended.
    virtual VoidResult wipeSessions(UserKey user, model::Instant now) = 0;

    /// Made at or before `upTo`.
    virtual VoidResult doomed(UserKey user, model::Instant upTo, int limit,
                              std::vector<model::NotificationId> &out) = 0;
    /// Those of these notifications.
    virtual VoidResult removeDeliveries(const std::vector<model::NotificationId> &ids) = 0;
    /// Entries after `after`, up to `upTo`, that say more than an item's id say nothing any more.
    virtual VoidResult blankLog(UserKey user, model::Seq after, model::Seq upTo) = 0;
    /// Ops, devices and their cursors, dedupe keys, subscriptions, the outbox; at most `limit` of each.
    /// Answers how many went.
    virtual Result<int> removeRest(UserKey user, model::Instant upTo, int limit) = 0;

    /// Those behind this place, in order.
    virtual VoidResult answersAfter(const model::Text &scope, const model::Text &key, int limit,
                                    std::vector<AnswerRow> &out) = 0;
    virtual VoidResult removeAnswer(const ports::IdempotencyKey &key) = 0;
    /// JSON takes the place of what it said; that the request was answered stays known.
    virtual VoidResult redactAnswer(const ports::IdempotencyKey &key, const QByteArray &json) = 0;
};
} // namespace belfry::store
