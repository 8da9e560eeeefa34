#pragma once

#include "inbox/ledger.h"

#include <QAbstractListModel>

namespace belfry::inbox {
/// All that is known of an inbox, newest place first (H16), as rows for views: what is shown of the ledger.
/// Filters, days and stacks are other models above it. Never reset after load(): rows come, go, move and
/// change. One thread.
class InboxModel : public QAbstractListModel
{
    Q_OBJECT
public:
    /// Instants are QDateTime in UTC, invalid where there is none: how they are told is the view's.
    enum Role {
        IdRole = Qt::UserRole + 1, ///< text
        TitleRole,                 ///< = Qt::DisplayRole
        MessageRole,
        SourceRole,   ///< the app that speaks
        CategoryRole, ///< "" = general
        ThreadRole,
        ActorRole,
        IconRole,
        LinkRole,
        DataRole,     ///< JSON text
        ActionsRole,  ///< list of {id, title, url}
        ProgressRole, ///< 0…1; invalid: none
        UrgencyRole,  ///< int: 0 very low … 3 high
        CriticalRole,
        NeedsAckRole, ///< asks for an acknowledgement and has none
        CreatedAtRole,
        UpdatedAtRole,
        PlacedAtRole, ///< the day under which it stands
        ExpiresAtRole,
        SeenAtRole,
        ReadAtRole,
        AckedAtRole,
        ArchivedAtRole,
        SnoozedUntilRole,
        DeletedAtRole,
        WokeAtRole, ///< its last snooze ended then
        UnreadRole,
        ActiveRole,  ///< in the inbox: neither archived nor snoozed, deleted, over (semantics 2)
        PendingRole, ///< something done here waits for the server
        RevisionRole,
        SeqRole,
        PlaceRole, ///< created_seq
        EndRole    ///< not a role: the first free number
    };

    explicit InboxModel(QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// The rows of the cache, in any order: a reset while the model is empty, rows that come in later.
    struct Loaded
    {
        model::Notification item;
        model::Instant placedAt;
        model::MaybeInstant wokeAt;
    };
    void load(const std::vector<Loaded> &rows, model::Instant now);

    // As Ledger's, and shown at once.
    Delta take(const std::vector<model::Notification> &items, model::Instant now);
    Delta tell(const model::Change &change, model::Instant now);
    Delta replace(const std::vector<model::Notification> &items, model::Seq seq, model::Instant now);
    Delta startAnew();
    Delta trim(std::size_t limit, Ledger::Rank rank);
    Delta begin(const model::Op &op, model::Instant now);
    Delta settle(const model::OpId &id, model::Instant now);
    Delta pass(model::Instant now);

    [[nodiscard]] const Ledger &ledger() const { return m_ledger; }
    /// Null: there is no such row, or item.
    [[nodiscard]] const Entry *entryAt(int row) const;
    /// Also while the row is about to go, and its item is gone. Null: there is no such row.
    [[nodiscard]] model::NotificationId idAt(int row) const;
    [[nodiscard]] const Entry *find(const model::NotificationId &id) const { return m_ledger.find(id); }
    /// −1: it has no row.
    [[nodiscard]] int rowOf(const model::NotificationId &id) const;

private:
    struct Key
    {
        model::Seq place = 0;
        model::NotificationId id;
        friend auto operator<=>(const Key &, const Key &) = default;
    };
    using Keys = std::vector<Key>;

    const Delta &present(const Delta &delta);
    void takeOut(const QList<model::NotificationId> &ids);
    void putIn(Keys keys);
    void move(const model::NotificationId &id);
    void tellChanged(std::vector<int> rows);
    [[nodiscard]] std::ptrdiff_t indexOf(const Key &key) const;
    [[nodiscard]] int rowAt(std::ptrdiff_t index) const { return int(std::ssize(m_keys) - 1 - index); }

    Ledger m_ledger;
    Keys m_keys; ///< ascending: what is new stands at the end, which costs nothing
    QHash<model::NotificationId, model::Seq> m_places;
};
} // namespace belfry::inbox
