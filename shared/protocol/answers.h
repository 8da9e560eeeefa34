#pragma once

#include "protocol/item.h"

#include <vector>

namespace belfry::protocol {
/// Answers that the server writes and clients read: one codec for both.

/// GET /users/:u/inbox/snapshot (H23).
struct Snapshot
{
    model::Epoch epoch;
    model::Seq seq = 0;
    model::Counts counts;
    std::vector<model::Notification> items;
    model::Text nextCursor; ///< empty: the last page
    friend bool operator==(const Snapshot &, const Snapshot &) = default;
};
[[nodiscard]] QByteArray encode(const Snapshot &snapshot);
[[nodiscard]] model::Result<Snapshot> parseSnapshot(QByteArrayView json);

/// GET /users/:u/log (H25).
struct LogAnswer
{
    model::Epoch epoch;
    model::Seq head = 0;
    model::Seq floor = 1;
    std::vector<model::Change> changes;
    friend bool operator==(const LogAnswer &, const LogAnswer &) = default;
};
[[nodiscard]] QByteArray encode(const LogAnswer &log);
[[nodiscard]] model::Result<LogAnswer> parseLog(QByteArrayView json);

/// GET /notifications/:userID: `{"data": [...], "meta": {limit, offset, count, next_cursor}}`.
struct ListAnswer
{
    std::vector<model::Notification> items;
    int limit = 50;
    int offset = 0;
    model::Text nextCursor;
    friend bool operator==(const ListAnswer &, const ListAnswer &) = default;
};
[[nodiscard]] QByteArray encode(const ListAnswer &list);
[[nodiscard]] model::Result<ListAnswer> parseList(QByteArrayView json);

/// POST /users/:u/inbox/ops (H24).
struct OpsAnswer
{
    std::vector<model::OpApplied> applied;
    model::Counts counts;
    model::Seq seq = 0;
    friend bool operator==(const OpsAnswer &, const OpsAnswer &) = default;
};
[[nodiscard]] QByteArray encode(const OpsAnswer &answer);
[[nodiscard]] model::Result<OpsAnswer> parseOpsAnswer(QByteArrayView json);

/// GET /users/:u/inbox/counts: `{"data": {unseen, unread, seq}}`.
struct CountsAnswer
{
    model::Counts counts;
    model::Seq seq = 0;
    friend bool operator==(const CountsAnswer &, const CountsAnswer &) = default;
};
[[nodiscard]] QByteArray encode(const CountsAnswer &answer);
[[nodiscard]] model::Result<CountsAnswer> parseCounts(QByteArrayView json);

/// `{"data": item}` and, for PATCH and cancel, a `message` beside it.
[[nodiscard]] QByteArray itemAnswer(const model::Notification &item, QByteArrayView message = {});
[[nodiscard]] model::Result<model::Notification> parseItemAnswer(QByteArrayView json);

/// GET /.well-known/belfry (H84): what a client looks at first.
struct WellKnown
{
    model::Text version;
    QList<model::Text> protocols; ///< "belfry.v1"
    QList<model::Text> features;  ///< "sse", "tickets", "grpc" …
    qint64 maxBody = 256 * 1024;
    qint64 maxBatchItems = 1000;
    qint64 maxMessage = 64 * 1024; ///< of a client's WebSocket message
    model::Text api{};             ///< URL of the API by the name that was asked; empty: not said
    model::Text webSocket{};       ///< the same of the live session
    friend bool operator==(const WellKnown &, const WellKnown &) = default;
};
[[nodiscard]] QByteArray encode(const WellKnown &wellKnown);
[[nodiscard]] model::Result<WellKnown> parseWellKnown(QByteArrayView json);

/// POST /login and /token/refresh (H63): `{"data": {user_id, access_token, token_type, expires_in,
/// refresh_token}}`. Secret, all of it.
struct SessionGrant
{
    model::UserId user;
    model::Text accessToken;
    std::chrono::seconds expiresIn{0};
    model::Text refreshToken;
    friend bool operator==(const SessionGrant &, const SessionGrant &) = default;
};
[[nodiscard]] QByteArray encode(const SessionGrant &grant);
[[nodiscard]] model::Result<SessionGrant> parseSessionGrant(QByteArrayView json);

/// One of GET /devices (H60), as clients read it.
struct DeviceAnswer
{
    model::DeviceId id;
    model::Text name;
    model::Text platform;
    model::MaybeInstant seenAt;
    friend bool operator==(const DeviceAnswer &, const DeviceAnswer &) = default;
};
[[nodiscard]] model::Result<std::vector<DeviceAnswer>> parseDevices(QByteArrayView json);

/// Whom a user token is for: `sub` of its claims (H02). Believed by nobody, as nothing is verified: it spares
/// a person to type it. Malformed: this is no such token.
[[nodiscard]] model::Result<model::UserId> subjectOf(QByteArrayView userToken);
} // namespace belfry::protocol
