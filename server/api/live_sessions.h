#pragma once

#include "auth/principal.h"
#include "model/notification.h"
#include "net/connection.h"
#include "net/http_message.h"

#include <optional>

namespace belfry::api {
/// Who comes in through /ws: nobody yet, when a `hello` is to bring the token (decisions H27).
struct Visitor
{
    std::optional<auth::Principal> principal;
    net::Peer peer;
    model::Text traceparent;
};

/// Who reads S2's socket or an event stream. Checked: `principal` may read the inbox of `user`.
struct Reader
{
    model::UserId user;
    auth::Principal principal;
    net::Peer peer;
    std::optional<model::Seq> since; ///< replay what is above it; absent: only what is new
    model::Epoch epoch;              ///< empty: `since` is taken as given (H22)
};

/// The live sessions of this loop, as the routes see them: the module table gives api no arrow to gateway, so
/// app connects the two. Called on the loop, from the `opened` of net's hand-over.
class LiveSessions
{
public:
    virtual ~LiveSessions() = default;
    virtual void openSocket(net::Connection &connection, Visitor visitor) = 0;
    virtual void openPlain(net::Connection &connection, Reader reader) = 0;
    virtual void openStream(net::Connection &connection, Reader reader) = 0;
};
} // namespace belfry::api
