#pragma once

#include "store/operations_tables.h"
#include "store/retention_tables.h"
#include "store/write_tx.h"

namespace belfry::store {
/// A page of one user's list.
struct ListQuery
{
    UserRow user;
    ports::ListState state = ports::ListState::Active;
    model::Text type;
    model::Seq before = 0;
    ports::DuePlace after;
    int limit = 50;
    int offset = 0;
    std::vector<model::Text> words; ///< folded (folding.h), all must be found as prefixes; empty: no search
};

/// A reader's connection. Between begin() and end() all reads see one state of the database. Used on one
/// reader thread. Batches, order and errors as WriteTx.
class ReadSession
{
public:
    virtual ~ReadSession() = default;

    /// Single: one function will be called, once; a database at the other end of a network needs no
    /// transaction for that.
    enum class Reading { Single, Several };
    virtual VoidResult begin(Reading reading) = 0;
    virtual void end() = 0;

    /// key 0: unknown.
    virtual VoidResult users(const std::vector<model::UserId> &ids, std::vector<UserRow> &out) = 0;
    virtual VoidResult notifications(const std::vector<model::NotificationId> &ids,
                                     std::vector<std::optional<NotificationRow>> &out) = 0;
    /// The same, as long as a page has room for them (page_bytes.h): `out` gets the first of them only, one
    /// at least, where they are more.
    virtual VoidResult pageOfNotifications(const std::vector<model::NotificationId> &ids,
                                           std::vector<std::optional<NotificationRow>> &out) = 0;
    virtual Result<std::optional<NotificationRow>> byLegacyId(const UserRow &user, qint32 legacyId) = 0;

    // Lists, logs and what is due may end before `limit` where a page has no room for more (page_bytes.h):
    // the last is then the one that is too much.
    /// Newest first by createdSeq (scheduled ones: by due time and id, soonest first); finds all that is
    /// committed, indexed for search or not.
    virtual VoidResult list(const ListQuery &query, std::vector<NotificationRow> &out) = 0;
    /// seq > since, ascending.
    virtual VoidResult logRows(const UserRow &user, model::Seq since, int limit,
                               std::vector<LogRow> &out) = 0;
    /// createdSeq > since, ascending.
    virtual VoidResult createdRows(const UserRow &user, model::Seq since, int limit,
                                   std::vector<NotificationRow> &out) = 0;
    /// Due at or before `now`, ascending, `limit` of them or a page (PageBytes); `next` = the earliest that
    /// is later than now.
    virtual VoidResult due(model::Instant now, int limit, std::vector<DueRow> &out,
                           model::MaybeInstant &next) = 0;
    /// Log rows that name this item, ascending.
    virtual VoidResult logOf(UserKey user, model::NotificationId id, std::vector<LogRow> &out) = 0;
    virtual VoidResult cursors(UserKey user, std::vector<CursorRow> &out) = 0;

    /// Empty id: unknown.
    virtual VoidResult records(const std::vector<model::UserId> &ids,
                               std::vector<ports::UserRecord> &out) = 0;
    virtual VoidResult allUsers(UserKey after, int limit, std::vector<JobTarget> &out) = 0;
    virtual VoidResult preferences(const std::vector<model::UserId> &users,
                                   std::vector<PreferencesRow> &out) = 0;
    virtual VoidResult topics(std::vector<ports::Topic> &out) = 0;
    virtual Result<std::optional<ports::Topic>> topic(const model::TopicName &name) = 0;
    /// NotFound: no such topic.
    virtual VoidResult subscribers(const model::TopicName &topic, qint64 after, int limit,
                                   std::vector<JobTarget> &out) = 0;
    virtual VoidResult keys(std::vector<ports::ApiKey> &out) = 0;
    virtual Result<std::optional<AnswerRow>> answer(const ports::IdempotencyKey &key) = 0;
    [[nodiscard]] virtual WebhookReads &webhooks() = 0;
    [[nodiscard]] virtual SessionReads &sessions() = 0;
    [[nodiscard]] virtual PeopleReads &people() = 0;
    [[nodiscard]] virtual RetentionReads &retention() = 0;
    [[nodiscard]] virtual RegistryReads &registry() = 0;
    [[nodiscard]] virtual OperationsReads &operations() = 0;
};
} // namespace belfry::store
