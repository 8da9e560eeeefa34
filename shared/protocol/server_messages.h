#pragma once

#include "protocol/close_code.h"
#include "protocol/item.h"
#include "protocol/problem.h"

#include <chrono>
#include <vector>

namespace belfry::protocol {
/// What the server says on `belfry.v1` (api.md): one struct a message, `{"type": "<name>", …}` on the wire
/// (H20).
struct Welcome
{
    enum class Mode { Resume, Snapshot, Reset };
    model::Epoch epoch;
    model::Seq head = 0;
    Mode mode = Mode::Resume;
    std::chrono::seconds ping{25};
    friend bool operator==(const Welcome &, const Welcome &) = default;
};

/// Replay: one change for each seq of from…to, at most 500 and 256 KiB (H21, H79).
struct Batch
{
    model::Seq from = 0;
    model::Seq to = 0;
    std::vector<model::Change> items;
    friend bool operator==(const Batch &, const Batch &) = default;
};

/// Caught up: from now on `ev`.
struct Live
{
    friend bool operator==(const Live &, const Live &) = default;
};

/// News. `change.seq` 0: live only, not in the log (H15).
struct Event
{
    model::Change change;
    friend bool operator==(const Event &, const Event &) = default;
};

struct CountsNow
{
    model::Seq seq = 0;
    model::Counts counts;
    friend bool operator==(const CountsNow &, const CountsNow &) = default;
};

struct Applied
{
    model::OpApplied result;
    friend bool operator==(const Applied &, const Applied &) = default;
};

struct Fault
{
    Problem problem;
    model::OpId op; ///< empty: about no op
    friend bool operator==(const Fault &, const Fault &) = default;
};

struct Bye
{
    CloseCode code = CloseCode::Normal;
    /// When to come back; nothing: as the client likes, or not at all (4000).
    std::optional<std::chrono::milliseconds> reconnectAfter;
    friend bool operator==(const Bye &, const Bye &) = default;
};

/// Of a newer server: skipped with a log line.
struct UnknownMessage
{
    model::Text type;
    friend bool operator==(const UnknownMessage &, const UnknownMessage &) = default;
};

using ServerMessage =
    std::variant<Welcome, Batch, Live, Event, CountsNow, Applied, Fault, Bye, UnknownMessage>;

/// The name on the wire, also the SSE event's (H28): "welcome", "batch", "live", "ev", "counts", "applied",
/// "error", "bye".
[[nodiscard]] QByteArrayView messageName(const ServerMessage &message);
/// The JSON of a message; UnknownMessage is never sent.
[[nodiscard]] QByteArray encode(const ServerMessage &message);
[[nodiscard]] inline QByteArray encode(const model::Change &change)
{
    return encode(Event{change});
}
/// Malformed, Invalid.
[[nodiscard]] model::Result<ServerMessage> parseServerMessage(QByteArrayView json);

inline constexpr qsizetype maxBatchItems = 500;
inline constexpr qsizetype maxBatchBytes = 256 * 1024;

/// Gathers a replay into one batch frame until it is full; a single larger item goes alone (H79).
class BatchBuilder
{
public:
    /// False: it does not fit, send first. Changes come in ascending order without a hole.
    [[nodiscard]] bool add(const model::Change &change);
    [[nodiscard]] bool isEmpty() const { return m_count == 0; }
    [[nodiscard]] model::Seq to() const { return m_to; }
    /// The JSON of the message; empties the builder.
    [[nodiscard]] QByteArray take();

private:
    QByteArray m_items;
    qsizetype m_count = 0;
    model::Seq m_from = 0;
    model::Seq m_to = 0;
};
} // namespace belfry::protocol
