#pragma once

#include "store/erasure_tables.h"
#include "store/people_tables.h"
#include "store/registry_tables.h"
#include "store/rows.h"
#include "store/session_tables.h"
#include "store/webhook_tables.h"

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

/// What stands below `floor` goes.
struct LogCutRow
{
    UserKey user = 0;
    model::Seq floor = 1;
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
    virtual VoidResult begin() = 0;
    virtual VoidResult commit() = 0;
    /// Never fails; also after a failed commit, and without a transaction.
    virtual void rollback() = 0;
    /// The transaction that just failed did so only because another writer was let through: as it stands, it
    /// goes through now.
    [[nodiscard]] virtual bool lostRace() const { return false; }
    /// The commit that just failed may have been done all the same: its answer was lost.
    [[nodiscard]] virtual bool isInDoubt() const { return false; }

    // ---- what a batch of the inbox reads: each is called at most once a batch, in this order
    /// Whose are these? 0: unknown. Takes no lock.
    virtual VoidResult owners(const std::vector<model::NotificationId> &ids, std::vector<UserKey> &out) = 0;
    /// Makes, locks (in ascending key order, semantics 3) and reads the counter rows. Again for a user that a
    /// command makes on its way.
    virtual VoidResult lockUsers(const std::vector<UserWish> &wishes, model::Instant now,
                                 std::vector<UserRow> &out) = 0;
    virtual VoidResult notifications(const std::vector<model::NotificationId> &ids,
                                     std::vector<std::optional<NotificationRow>> &out) = 0;
    /// The active one with this collapse key.
    virtual VoidResult collapsing(const std::vector<TextProbe> &probes,
                                  std::vector<std::optional<NotificationRow>> &out) = 0;
    /// The newest with this dedupe key that was accepted at or after `since`, whatever became of it (H58).
    virtual VoidResult deduplicating(const std::vector<TextProbe> &probes,
                                     std::vector<std::optional<DedupedRow>> &out) = 0;
    /// Only what the merge rule looks at (domain/state_merge.h), without a user and most of the content: a
    /// range may be a whole inbox. In no particular order.
    virtual VoidResult ranges(const std::vector<RangeProbe> &probes,
                              std::vector<std::vector<NotificationRow>> &out) = 0;
    virtual VoidResult answers(const std::vector<ports::IdempotencyKey> &keys,
                               std::vector<std::optional<AnswerRow>> &out) = 0;
    virtual VoidResult ops(const std::vector<OpProbe> &probes, std::vector<std::optional<OpRow>> &out) = 0;
    /// The first of `count` consecutive fresh legacy ids (H43); holes are fine.
    virtual Result<qint32> takeLegacyIds(int count) = 0;

    // ---- what a batch of the inbox writes: each at most once a batch
    virtual VoidResult insertNotifications(const std::vector<const NotificationRow *> &rows) = 0;
    struct RowUpdate
    {
        const NotificationRow *row = nullptr;
        RowPart part = NoPart;
        const model::Engagement *stored = nullptr; ///< as the database has it
    };
    virtual VoidResult updateNotifications(const std::vector<RowUpdate> &updates) = 0;
    /// A row of kind Created whose (user, seq) is there already is left out: that place was moved before.
    virtual VoidResult insertLog(const std::vector<LogRow> &rows) = 0;
    /// head, floor, counts.
    virtual VoidResult saveUsers(const std::vector<const UserRow *> &users) = 0;
    /// Replaces an older answer for the same key.
    virtual VoidResult insertAnswers(const std::vector<AnswerRow> &rows) = 0;
    virtual VoidResult insertOps(const std::vector<OpRow> &rows) = 0;
    /// For the keys that no longer stand in their item's own row; the later `at` wins.
    virtual VoidResult saveDedupes(const std::vector<DedupeRow> &rows) = 0;
    /// Never back; unknown users are left out.
    virtual VoidResult saveCursors(const std::vector<CursorRow> &rows) = 0;
    /// In this order.
    virtual VoidResult insertOutbox(const std::vector<OutboxRow> &rows) = 0;

    // ---- the directory: rare, one at a time
    /// Conflict: the email is taken. The id is the next integer above all numeric ones that leave one (H66).
    virtual Result<ports::UserRecord> createUser(const ports::UserRecord &user) = 0;
    virtual VoidResult preferences(const std::vector<UserKey> &users, std::vector<PreferencesRow> &out) = 0;
    virtual VoidResult savePreferences(UserKey user, const PreferencesRow &row) = 0;
    /// True: it is new.
    virtual Result<bool> saveTopic(const ports::Topic &topic) = 0;
    /// NotFound.
    virtual VoidResult removeTopic(const model::TopicName &name) = 0;
    /// NotFound.
    virtual VoidResult checkTopic(const model::TopicName &name) = 0;
    /// NotFound: no such topic.
    virtual VoidResult subscribe(const model::TopicName &topic, UserKey user, bool on,
                                 model::Instant now) = 0;
    /// Fills in key and bound. NotFound: no such topic.
    virtual VoidResult insertJob(JobRow &job) = 0;
    virtual Result<std::optional<JobRow>> oldestJob() = 0;
    virtual Result<std::vector<JobTarget>> jobTargets(const JobRow &job, int limit) = 0;
    virtual VoidResult saveJob(qint64 key, qint64 last) = 0;
    virtual VoidResult removeJob(qint64 key) = 0;
    virtual VoidResult insertKey(const ports::ApiKey &key) = 0;
    /// Nobody else changes it before this transaction ends.
    virtual Result<std::optional<KeyRow>> lockKey(const model::Text &id) = 0;
    virtual VoidResult revokeKey(const model::Text &id, model::Instant now) = 0;
    /// Unless a later use is known.
    virtual VoidResult saveKeyUse(const ports::KeyUse &use) = 0;
    /// Its end, and what took its place.
    virtual VoidResult replaceKey(const KeyRow &row) = 0;
    [[nodiscard]] virtual SessionWrites &sessions() = 0;
    [[nodiscard]] virtual PeopleWrites &people() = 0;
    [[nodiscard]] virtual ErasureWrites &erasures() = 0;

    [[nodiscard]] virtual RegistryWrites &registry() = 0;

    /// Webhooks: rare, one at a time.
    [[nodiscard]] virtual WebhookWrites &webhooks() = 0;

    // ---- upkeep
    /// Without a transaction: writes and removes something of a few pages, durably, to see whether writing
    /// works.
    virtual VoidResult probe() = 0;
    /// Removes answers, ops and dedupe keys that are older; at most `limit` of each. Answers how many
    /// went.
    struct Purge
    {
        model::Instant answersBefore;
        model::Instant opsBefore;
        model::Instant dedupesBefore;
    };
    virtual Result<int> purge(const Purge &purge, int limit) = 0;
    /// Removes what is published or older, looking at the first `limit` rows of the outbox. Answers how many
    /// went.
    virtual Result<int> purgeOutbox(model::Instant before, int limit) = 0;
    /// With their words in the search index.
    virtual VoidResult removeNotifications(const std::vector<model::NotificationId> &ids) = 0;
    virtual VoidResult cutLogs(const std::vector<LogCutRow> &cuts) = 0;
    /// The search index has dealt with all changes up to this one (search_index.h).
    virtual VoidResult forgetSearchChanges(qint64 upTo) = 0;
};
} // namespace belfry::store
