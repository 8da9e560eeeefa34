#pragma once

#include "model/op.h"
#include "model/result.h"
#include "model/strong_id.h"

#include <QByteArrayView>
#include <variant>

namespace belfry::protocol {
/// What a client says on `belfry.v1` (api.md): one struct a message, `{"type": "<name>", …}` on the wire
/// (H20).
struct Hello
{
    model::DeviceId device;
    model::Text token;               ///< empty: the upgrade carried the credential
    model::Epoch epoch;              ///< empty: `since` is taken as given (H22)
    std::optional<model::Seq> since; ///< nothing: mode snapshot
    QList<model::Text> caps;
    std::optional<model::UserId> user; ///< with an API key that reaches inboxes (H27)
    friend bool operator==(const Hello &, const Hello &) = default;
};

/// Everything up to and including this seq has arrived (highest contiguous one).
struct Ack
{
    model::Seq seq = 0;
    friend bool operator==(const Ack &, const Ack &) = default;
};

struct OpRequest
{
    model::Op op;
    friend bool operator==(const OpRequest &, const OpRequest &) = default;
};

/// Semantics 15, decisions H56.
struct Presence
{
    enum class State { Active, Idle, Locked };
    State state = State::Idle;
    model::MaybeInstant at;
    friend bool operator==(const Presence &, const Presence &) = default;
};

/// A new token for the same user (H72).
struct Refresh
{
    model::Text token;
    friend bool operator==(const Refresh &, const Refresh &) = default;
};

/// Of a newer client: skipped with a log line (H20).
struct UnknownRequest
{
    model::Text type;
    friend bool operator==(const UnknownRequest &, const UnknownRequest &) = default;
};

using ClientMessage = std::variant<Hello, Ack, OpRequest, Presence, Refresh, UnknownRequest>;

[[nodiscard]] QByteArray encode(const ClientMessage &message);
/// Malformed or Invalid; when it was an op whose id could be read, `badOp` gets it for `error{problem,
/// op_id}` (H26).
[[nodiscard]] model::Result<ClientMessage> parseClientMessage(QByteArrayView json,
                                                              model::OpId *badOp = nullptr);

/// S2's `{"ack": id | seq}` (H29): all up to this seq, or this one item by id or by legacy id (a number in
/// quotes).
using LegacyAck = std::variant<model::UpTo, model::NotificationId, qint32>;
[[nodiscard]] model::Result<LegacyAck> parseLegacyAck(QByteArrayView json);
} // namespace belfry::protocol
