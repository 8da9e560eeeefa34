#pragma once

#include "auth/scope.h"
#include "net/http_message.h"

#include <QByteArrayView>
#include <memory>

namespace belfry::api {
class Call;

/// Who gets in.
enum class Entry : quint8 {
    Public,     ///< everybody; no credential is looked at
    Credential, ///< a key or a token
    Legacy, ///< a key or a token; without one where the legacy routes are open (semantics 19, decisions H08)
    Loopback, ///< a key; without one where opensLegacyRoutes() says so (H09, /metrics)
    Hello,    ///< a key, a token or a ticket now, or a `hello` later (H27)
};

/// Whose manners a route has: bad input is 400 on those of S2 and S4, 422 elsewhere (decisions H13).
enum class Dialect : quint8 { Native, S1, S2, S4 };

/// What the body may be. Lenient: a body that begins with `{` is JSON whatever the header says (decisions
/// H44).
enum class BodyKind : quint8 { None, Json, Lenient };

inline constexpr qint64 bodyLimit = 256 * 1024;
inline constexpr qint64 batchBodyLimit = 8 * 1024 * 1024;

/// One line of the route table. Routing, Allow, OPTIONS, HEAD, scope checks, limits and the tests come from
/// it.
struct Route
{
    net::Method method = net::Method::Get;
    /// Segments that begin with ':' are parameters; `:user` is a user id and checked as one.
    QByteArrayView pattern;
    Entry entry = Entry::Credential;
    /// All of them are needed; none: any credential.
    auth::Scopes scopes = {};
    Dialect dialect = Dialect::Native;
    BodyKind body = BodyKind::None;
    qint64 limit = bodyLimit;
    /// Answers the call, now or later.
    void (*serve)(std::unique_ptr<Call> call) = nullptr;
    /// Takes a one-use `?ticket=` too: where browsers can't send a header (H27, H28).
    bool ticket = false;
    /// Counts against the caller's bucket (semantics 18); health and metrics are free (H04).
    bool metered = true;
    /// These will do as well as `scopes`.
    auth::Scopes orScopes = {};
    /// What the audit log calls it, "<what>.<done to it>" (decisions H99). Empty: nothing is changed, or the
    /// use case writes the entry in the transaction of the change.
    QByteArrayView audited = {};
    /// Of the body no plain hash is kept: who has the database could try passwords against it (H57).
    bool holdsPassword = false;
};
} // namespace belfry::api
