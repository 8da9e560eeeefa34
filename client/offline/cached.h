#pragma once

#include "client/session_host.h"
#include "model/op.h"

#include <QList>
#include <QString>
#include <variant>
#include <vector>

namespace belfry::offline {
/// A notification as the server last told of it, and what only this device knows of it.
struct Row
{
    model::Notification item;
    model::Instant placedAt;    ///< when it came to its place in the list: of a renotified one that time
    model::MaybeInstant wokeAt; ///< its last snooze ended then
    friend bool operator==(const Row &, const Row &) = default;
};

struct Counted
{
    model::Seq seq = 0; ///< for which they hold
    model::Counts counts;
    friend bool operator==(const Counted &, const Counted &) = default;
};

/// The file that stood there was of no use: it was renamed, a new one begun.
struct SetAside
{
    QString path; ///< where the old file is now
    model::Text why;
    qsizetype opsSaved = 0; ///< changes that wait for the server, and were found in it
    /// Some of them could not be read: what the person did offline may be lost, and has to be said.
    bool mayLackOps = false;
    friend bool operator==(const SetAside &, const SetAside &) = default;
};

/// What is still to be loaded beside the snapshot that the cursor counts from.
enum class ListsDue : int {
    None = 0,
    Aside = 1, ///< what sleeps, and the archive
    All = 2    ///< the active ones, too
};

/// What a cache knows at the start.
struct Opened
{
    model::DeviceId device; ///< made with the file (H82)
    client::Cursor cursor;  ///< empty: nothing was ever loaded
    Counted counts;
    QList<model::Op> ops; ///< unanswered ones, oldest first
    ListsDue listsDue = ListsDue::None;
    std::vector<Row> newest;
    bool hasOlder = false;
    std::optional<SetAside> setAside;
};

// What is written. A batch is one transaction, so a cursor never gets ahead of the rows told before it.
struct PutRow
{
    Row row;
};
struct DropRow
{
    model::NotificationId id;
};
struct PutCursor
{
    client::Cursor cursor;
};
struct PutCounts
{
    Counted counts;
};
struct PutListsDue
{
    ListsDue due = ListsDue::None;
};
struct PutOp
{
    model::Op op;
};
struct DropOp
{
    model::OpId id;
};
using Write = std::variant<PutRow, DropRow, PutCursor, PutCounts, PutListsDue, PutOp, DropOp>;

/// Under which it goes first when there is too much: what is over or deleted, the archive, all else; in each
/// the oldest.
enum class Keep : int { First = 0, Archived = 1, Last = 2 };
[[nodiscard]] Keep keepOf(const model::Notification &item);
} // namespace belfry::offline
