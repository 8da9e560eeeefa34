#pragma once

#include "ports/store.h"
#include "store/row_flags.h"
#include "store/write_tx.h"

#include <unordered_map>
#include <unordered_set>

namespace belfry::store {
/// What a batch of commands will ask for, gathered before the first question.
struct Needs
{
    struct Keyed
    {
        model::UserId user;
        model::Text key;
        model::Instant since;
    };
    struct Range
    {
        model::UserId user;
        model::Seq upTo = 0;
        quint8 flags = 0;
    };
    std::vector<model::UserId> users;             ///< only if they exist
    std::vector<model::UserId> makeUsers;         ///< made when unknown
    std::vector<model::NotificationId> items;     ///< with their users
    std::vector<model::NotificationId> releasing; ///< items whose collapse keys are asked for as well
    std::vector<Keyed> collapse;
    std::vector<Keyed> dedupe;
    std::vector<Range> ranges;
    std::vector<ports::IdempotencyKey> answers;
    std::vector<std::pair<model::UserId, model::OpId>> ops;
    int legacyIds = 0;
};

/// The unit of work of one transaction: loads what its commands need with one question per table, lets them
/// change it in memory one after the other (so that each sees what those before it did), and writes it with
/// one statement per table. Keeps the rules that hold for every change: seq gap-free, counts equal to what a
/// recount gives, one log entry per change. Writer thread only; lives for one transaction.
class Workspace
{
public:
    struct Item
    {
        NotificationRow row;
        model::Engagement stored{}; ///< as the database has it
        quint8 flags = 0;           ///< as counted
        bool isNew = false;
        bool isWhole = true; ///< false: out of a range, for ops only
        bool isSeen = false; ///< counted in takeSeen()
        quint8 part = NoPart;
    };
    struct User
    {
        UserRow row;
        bool dirty = false;
        std::vector<Item *> touched; ///< in this transaction
    };

    /// With an encoder, all that changes goes into the outbox.
    explicit Workspace(WriteTx &tx, const ports::OutboxEncoder *outbox = nullptr)
        : m_tx(tx)
        , m_outbox(outbox)
    {
    }
    Workspace(const Workspace &) = delete;
    Workspace &operator=(const Workspace &) = delete;

    [[nodiscard]] WriteTx &tx() { return m_tx; }
    [[nodiscard]] VoidResult load(const Needs &needs, model::Instant now);
    [[nodiscard]] VoidResult flush();
    /// What the transaction changed, in order; after flush().
    [[nodiscard]] ports::CommittedBatch takeChanges() { return std::move(m_changes); }
    /// How long after their creation notifications were seen for the first time.
    [[nodiscard]] const std::vector<model::Duration> &seenAfter() const { return m_seenAfter; }

    // Null: unknown. Pointers stay valid for the transaction.
    [[nodiscard]] User *user(const model::UserId &id);
    [[nodiscard]] User *user(UserKey key);
    /// Made when unknown: for what may be refused before that (H05). Never null.
    [[nodiscard]] Result<User *> userMade(const model::UserId &id, model::Instant now);
    [[nodiscard]] Item *item(const model::NotificationId &id);
    /// The one that stands, unless its time is over.
    [[nodiscard]] Item *collapsing(const User &user, const model::Text &key, model::Instant now);
    [[nodiscard]] Item *deduplicating(const User &user, const model::Text &key, model::Instant since);
    /// Everything with a place up to `upTo` that has one of the flags now, in no particular order.
    [[nodiscard]] std::vector<Item *> range(User &user, model::Seq upTo, quint8 flags);
    [[nodiscard]] const AnswerRow *answer(const ports::IdempotencyKey &key) const;
    [[nodiscard]] const OpRow *op(const User &user, const model::OpId &id) const;
    [[nodiscard]] qint32 takeLegacyId() { return m_nextLegacyId++; }

    /// A new row without a place: held or suppressed.
    Item &insert(User &user, NotificationRow row);
    /// Gives the item (new or held) its place and its `created` entry.
    void place(User &user, Item &item, model::Instant at, model::Alert alert);
    /// After a change of its content or state: a new seq and one log entry, if it has a place.
    void changed(User &user, Item &item, model::ChangeKind kind, model::Instant at, model::Alert alert);
    /// Moves it to the newest place: its next `changed` entry takes it (renotify, H16).
    void moveUp(User &user, Item &item);
    /// One entry for many items: take the seq, touch each, then write the entry.
    [[nodiscard]] model::Seq nextSeq(User &user);
    void touch(User &user, Item &item, model::Seq seq, model::Instant at);
    void log(User &user, LogRow row, decltype(model::Change::what) what);

    // No change that anyone hears of.
    /// "All up to here is read", as the latest of its kind.
    void noteAllRead(User &user, const domain::ReadUpTo &allRead);
    /// Its engagement, as far as it only decides what later ops do.
    void note(User &user, Item &item) { mark(user, item, EngagementPart); }
    void giveLegacyId(Item &item, qint32 legacyId);

    // Deliveries: nothing at all for items without one.
    /// The item goes these ways, as the revision that it has; what waits with an older one is superseded
    /// (semantics 8).
    void sendOut(User &user, Item &item, const std::vector<ports::Way> &ways, model::Instant now);
    /// It was changed: all its deliveries begin anew.
    void sendAgain(Item &item, model::Instant now);
    /// It is over: what waits ends with this state and reason.
    void endDeliveries(Item &item, ports::DeliveryState state, const model::Text &reason, model::Instant now);
    /// A command made deliveries due by statements of its own.
    void noteDueDeliveries() { m_madeDue = true; }
    /// After flush(): something became due.
    [[nodiscard]] bool madeDueDeliveries() const { return m_madeDue; }

    void keepAnswer(const ports::IdempotencyKey &key, ports::StoredAnswer answer, model::Instant at);
    void keepOp(OpRow row);
    /// A repeat with this key finds the item, whatever key its own row has. An empty key is none.
    void keepDedupe(DedupeRow row);
    void keepCursor(CursorRow row);

    // What goes for good; in a transaction of its own, since nothing else may look at it.
    /// Removes an item that is in no count. A place that the log still has stays, and says only that
    /// something was there.
    void retire(User &user, const model::Notification &item);
    /// The log begins there from now on.
    void raiseFloor(User &user, model::Seq floor);
    /// After flush(): something for the search index to forget.
    [[nodiscard]] bool hasRetired() const { return !m_retired.empty(); }

private:
    using Keyed = std::pair<UserKey, model::Text>;
    struct KeyedHash
    {
        std::size_t operator()(const Keyed &k) const noexcept
        {
            return qHash(k.second, static_cast<std::size_t>(k.first));
        }
    };
    using KeyedItems = std::unordered_map<Keyed, model::NotificationId, KeyedHash>;
    struct Accepted
    {
        model::Instant at;
        model::NotificationId item;
    };
    using Rows = std::vector<std::optional<NotificationRow>>;

    [[nodiscard]] VoidResult loadUsers(const Needs &needs, model::Instant now);
    [[nodiscard]] VoidResult lockUsers(const std::vector<UserWish> &wishes, model::Instant now);
    [[nodiscard]] VoidResult loadItems(const Needs &needs);
    [[nodiscard]] VoidResult loadCollapsing(const Needs &needs);
    [[nodiscard]] VoidResult loadDeduplicating(const Needs &needs);
    [[nodiscard]] VoidResult loadRanges(const Needs &needs);
    [[nodiscard]] VoidResult loadAnswers(const Needs &needs);
    [[nodiscard]] VoidResult loadOps(const Needs &needs);
    Item &adopt(NotificationRow row);
    void leavePlace(User &user, const model::Notification &item);
    void markDirty(User &user);
    void recount(User &user, Item &item);
    void mark(User &user, Item &item, RowPart part);
    void announce(User &user, model::Change change);
    [[nodiscard]] VoidResult flushItems();
    [[nodiscard]] VoidResult flushOutbox();

    WriteTx &m_tx;
    const ports::OutboxEncoder *m_outbox;
    std::unordered_map<model::UserId, User> m_users;
    std::unordered_map<UserKey, User *> m_byKey;
    std::unordered_map<model::NotificationId, Item> m_items;
    KeyedItems m_collapsing;
    std::unordered_map<Keyed, Accepted, KeyedHash> m_deduplicating;
    std::unordered_map<UserKey, std::vector<Item *>> m_ranges;
    std::unordered_map<model::Text, AnswerRow> m_answers;
    std::unordered_map<Keyed, OpRow, KeyedHash> m_ops;
    qint32 m_nextLegacyId = 0;

    std::vector<Item *> m_changedItems; ///< in the order of their first change
    std::vector<User *> m_changedUsers;
    std::vector<LogRow> m_log;
    std::vector<AnswerRow> m_newAnswers;
    std::vector<OpRow> m_newOps;
    std::vector<DedupeRow> m_dedupes;
    std::vector<CursorRow> m_cursors;
    std::vector<DeliveryChange> m_deliveries;
    std::vector<model::NotificationId> m_retired;
    std::vector<LogCutRow> m_cuts;
    bool m_madeDue = false;
    ports::CommittedBatch m_changes;
    std::vector<model::Duration> m_seenAfter;
};
} // namespace belfry::store
