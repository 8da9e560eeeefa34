#pragma once

#include "inbox/shared_item.h"
#include "inbox/text_pool.h"
#include "model/change.h"

#include <QHash>
#include <QSet>
#include <deque>
#include <map>
#include <set>
#include <unordered_map>
#include <vector>

namespace belfry::inbox {
/// One notification: as the server last told it, and as it is shown: with what the person did here that the
/// server has not answered for, and with what time has done meanwhile.
struct Entry
{
    SharedItem told;
    SharedItem shown;
    model::Instant placedAt;    ///< when it came to its place: of a renotified one that time
    model::MaybeInstant wokeAt; ///< its last snooze ended then
    bool isPending = false;     ///< an unanswered op shows in it
    friend bool operator==(const Entry &, const Entry &) = default;
};

/// What an event did. Ids are in no order, and each at most once.
struct Delta
{
    QList<model::NotificationId> shown;   ///< look different, or are new
    QList<model::NotificationId> told;    ///< to be kept: what the server said changed
    QList<model::NotificationId> removed; ///< not there any more
    /// Brought back into a list by somebody else, but never loaded here.
    QList<model::NotificationId> missing;
    bool mayMissMore = false; ///< the same of "everything up to", whose ids nobody says
    friend bool operator==(const Delta &, const Delta &) = default;
};

/// What this device knows of an inbox. Pure; time comes in as a value. Applies each change once: an item
/// knows the seq of its last change (semantics 3), and what is not above it is old news, so that repeats,
/// replays over a newer snapshot and late pages are harmless (semantics 4, H23).
///
/// What is shown is what the server told with the unanswered ops on top, each time anew: when an op is
/// answered it goes, and what it was beaten by shows.
class Ledger
{
public:
    [[nodiscard]] const Entry *find(const model::NotificationId &id) const;
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }
    /// How many of them are snoozed, as they are shown.
    [[nodiscard]] int asleep() const { return m_asleep; }
    [[nodiscard]] const std::unordered_map<model::NotificationId, Entry> &entries() const
    {
        return m_entries;
    }

    /// From the cache.
    Delta load(const model::Notification &item, model::Instant placedAt, model::MaybeInstant wokeAt,
               model::Instant now);
    /// An item from an answer of the server, newer or older than what is known.
    Delta take(const model::Notification &item, model::Instant now);
    /// One entry of the log. `seq` 0 is not of the inbox (H15) and changes nothing.
    Delta tell(const model::Change &change, model::Instant now);
    /// All active items as of `seq`: what is not among them, and not newer, is not in the inbox any more.
    /// What it became, archived or gone, is not said: it goes, and comes back with the lists of those.
    Delta replace(const std::vector<model::Notification> &items, model::Seq seq, model::Instant now);
    Delta remove(const model::NotificationId &id);
    /// Another database speaks (H22): nothing that was known counts, but what the person did.
    Delta startAnew();
    /// The higher, the earlier it goes when there is too much.
    using Rank = int (*)(const model::Notification &);
    /// What is above `limit` goes: by rank, of one rank the oldest; never what an unanswered op is about.
    Delta trim(std::size_t limit, Rank rank);

    /// An op on its way to the server; at most once by its id.
    Delta begin(const model::Op &op, model::Instant now);
    /// The server answered for it, with yes or no.
    Delta settle(const model::OpId &id, model::Instant now);
    [[nodiscard]] bool hasUnanswered() const { return !m_ops.empty(); }
    /// What the unanswered ops make of the server's counts: to be added to them.
    [[nodiscard]] model::Counts unansweredCounts() const;

    /// Snoozes that have ended, and items that are over, by the clock of this device; a server that is there
    /// says so itself.
    Delta pass(model::Instant now);
    /// When pass() next has something to do.
    [[nodiscard]] model::MaybeInstant nextDue() const;

private:
    using Serial = quint64;
    using Entries = std::unordered_map<model::NotificationId, Entry>;

    /// An op of the log, kept for items that come in a page that is older than it.
    struct Told
    {
        model::Seq seq = 0;
        model::Instant at;
        model::Op op;
    };
    static constexpr std::size_t mostRecent = 1'000;
    static constexpr qsizetype mostGone = 10'000;

    /// `cameAt`: it is known when it came to its place.
    void put(model::Notification item, model::MaybeInstant cameAt, model::Instant now, Delta &delta);
    void applyState(const Told &told, model::Instant now, Delta &delta);
    static bool applyTo(model::Notification &item, const Told &told);
    void show(Entry &entry, model::Instant now, Delta &delta);
    void showTargets(const model::Op &op, model::Instant now, Delta &delta);
    void forget(const model::NotificationId &id, Delta &delta);
    [[nodiscard]] std::vector<Serial> opsOn(const model::NotificationId &id) const;

    Entries m_entries;
    TextPool m_texts;
    std::map<Serial, model::Op> m_ops; ///< unanswered, in order
    QHash<model::OpId, Serial> m_serials;
    QHash<model::NotificationId, QList<Serial>> m_opsById;
    QList<Serial> m_opsUpTo;
    Serial m_serial = 0;
    int m_asleep = 0;
    std::deque<Told> m_recent;
    QSet<model::NotificationId> m_gone; ///< recalled or erased: an older page must not bring them back
    std::set<std::pair<model::Instant, model::NotificationId>> m_due; ///< may name what is not due any more
};
} // namespace belfry::inbox
