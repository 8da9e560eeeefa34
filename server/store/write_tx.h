#pragma once

#include "store/rows.h"

namespace belfry::store {
using model::Result;
using model::VoidResult;

/// A user that a batch needs, by external id or (id empty) by key.
struct UserWish
{
    model::UserId id;
    UserKey key = 0;
    bool make = false; ///< made when unknown
};

struct TextProbe
{
    UserKey user = 0;
    model::Text text;
    model::Instant since; ///< dedupe only: older ones do not count
};

struct RangeProbe
{
    UserKey user = 0;
    model::Seq upTo = 0; ///< createdSeq 1 … upTo
    quint8 flags = 0;    ///< row_flags.h: at least one of these
};

struct OpProbe
{
    UserKey user = 0;
    model::OpId id;
};

/// The writer's connection and its one transaction: what differs between databases, and nothing that decides.
/// All that decides stands above, once (workspace.h). Used on the writer thread only.
///
/// Everything takes and answers whole batches, so that a dialect with round trips needs one statement for
/// each call; results stand in the order of the questions. An empty batch costs nothing and asks nothing.
///
/// Errors: Unavailable = the database as a whole is away, full, read-only or corrupt (detail says what to
/// do); any other code = this batch was refused, the neighbours of the bad row can still be saved (H85).
class WriteTx
{
public:
    virtual ~WriteTx() = default;

    /// Connects again when the connection was lost.
    virtual Done begin() = 0;
    virtual Done commit() = 0;
    /// Never fails; also after a failed commit, and without a transaction.
    virtual void rollback() = 0;

    // ---- what a batch of the inbox reads: each is called at most once a batch, in this order
    /// Whose are these? 0: unknown. Takes no lock.
    virtual Done owners(const std::vector<model::NotificationId> &ids, std::vector<UserKey> &out) = 0;
    /// Makes, locks (in ascending key order, semantics 3) and reads the counter rows.
    virtual Done lockUsers(const std::vector<UserWish> &wishes, model::Instant now,
                           std::vector<UserRow> &out) = 0;
    virtual Done notifications(const std::vector<model::NotificationId> &ids,
                               std::vector<std::optional<NotificationRow>> &out) = 0;
    /// The active one with this collapse key.
    virtual Done collapsing(const std::vector<TextProbe> &probes,
                            std::vector<std::optional<NotificationRow>> &out) = 0;
    /// The newest with this dedupe key that was created at or after `since`, whatever became of it (H58).
    virtual Done deduplicating(const std::vector<TextProbe> &probes,
                               std::vector<std::optional<NotificationRow>> &out) = 0;
    virtual Done ranges(const std::vector<RangeProbe> &probes,
                        std::vector<std::vector<NotificationRow>> &out) = 0;
    virtual Done answers(const std::vector<ports::IdempotencyKey> &keys,
                         std::vector<std::optional<AnswerRow>> &out) = 0;
    virtual Done ops(const std::vector<OpProbe> &probes, std::vector<std::optional<OpRow>> &out) = 0;
    /// The first of `count` consecutive fresh legacy ids (H43); holes are fine.
    virtual Result<qint32> takeLegacyIds(int count) = 0;

    // ---- what a batch of the inbox writes: each at most once a batch
    virtual Done insertNotifications(const std::vector<const NotificationRow *> &rows) = 0;
    struct RowUpdate
    {
        const NotificationRow *row = nullptr;
        RowPart part = NoPart;
    };
    virtual Done updateNotifications(const std::vector<RowUpdate> &updates) = 0;
    virtual Done insertLog(const std::vector<LogRow> &rows) = 0;
    /// head, floor, counts.
    virtual Done saveUsers(const std::vector<const UserRow *> &users) = 0;
    /// Replaces an older answer for the same key.
    virtual Done insertAnswers(const std::vector<AnswerRow> &rows) = 0;
    virtual Done insertOps(const std::vector<OpRow> &rows) = 0;
    /// Never back; unknown users are left out.
    virtual Done saveCursors(const std::vector<CursorRow> &rows) = 0;

    // ---- the directory: rare, one at a time
    /// Conflict: the email is taken. The id is the next integer above all numeric ones (H66).
    virtual Result<ports::UserRecord> createUser(const ports::UserRecord &user) = 0;
    virtual Result<PreferencesRow> preferences(UserKey user) = 0;
    virtual Done savePreferences(UserKey user, const PreferencesRow &row) = 0;
    /// True: it was the first.
    virtual Result<bool> markOnce(UserKey user, const model::Text &mark, const model::Text &localDate,
                                  model::Instant now) = 0;
    virtual Done unmarkOnce(UserKey user, const model::Text &mark, const model::Text &localDate) = 0;
    /// True: it is new.
    virtual Result<bool> saveTopic(const ports::Topic &topic) = 0;
    /// NotFound.
    virtual Done removeTopic(const model::TopicName &name) = 0;
    /// NotFound: no such topic.
    virtual Done subscribe(const model::TopicName &topic, UserKey user, bool on, model::Instant now) = 0;
    /// Fills in key and bound. NotFound: no such topic.
    virtual Done insertJob(JobRow &job) = 0;
    virtual Result<std::optional<JobRow>> oldestJob() = 0;
    virtual Result<std::vector<JobTarget>> jobTargets(const JobRow &job, int limit) = 0;
    virtual Done saveJob(qint64 key, qint64 last) = 0;
    virtual Done removeJob(qint64 key) = 0;
    virtual Done insertKey(const ports::ApiKey &key) = 0;
    /// NotFound. A repeat changes nothing.
    virtual Done revokeKey(const model::Text &id, model::Instant now) = 0;

    // ---- upkeep
    /// Removes answers, ops and once-a-day marks that are older; at most `limit` of each. Answers how many
    /// went.
    struct Purge
    {
        model::Instant answersBefore;
        model::Instant opsBefore;
        model::Instant marksBefore;
    };
    virtual Result<int> purge(const Purge &purge, int limit) = 0;
    /// The search index has dealt with all changes up to this one (search_index.h).
    virtual Done forgetSearchChanges(qint64 upTo) = 0;
};
} // namespace belfry::store
