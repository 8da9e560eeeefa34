#pragma once

#include "client/session_host.h"

namespace belfry::session {
/// How it stands with the server, as a footer tells it (C2): "Offline since 14:02 · retry in 8 s".
struct Connection
{
    enum class State {
        Off,        ///< not started
        Connecting, ///< the first time, or again
        Syncing,    ///< connected, and what was missed comes
        Online,
        Waiting,     ///< for the next try, at retryAt
        NeedsSignIn, ///< the cache stays readable
        Ended,       ///< does not come back by itself: `reason` says why
    };

    State state = State::Off;
    model::Instant since;        ///< online, or not online, without a break
    model::MaybeInstant retryAt; ///< Waiting only
    model::Text reason;          ///< why it is not online, for people; empty: it is, or nobody knows yet
    model::Text requestId{};     ///< of the request that was refused, with the reason; empty: none was
    bool isFirstSync = false;    ///< nothing was ever loaded: there is nothing to show yet
    qint64 received = 0;         ///< changes and items since this sync began
    friend bool operator==(const Connection &, const Connection &) = default;
};

/// Makes one out of what a live session tells. Pure.
class ConnectionTracker
{
public:
    [[nodiscard]] const Connection &now() const { return m_connection; }

    void setFirstSync(bool isFirst) { m_connection.isFirstSync = isFirst; }
    void stateChanged(client::SessionState state, model::MaybeInstant retryAt, model::Instant now);
    void signInNeeded(const model::Error &why, model::Instant now);
    void problem(const model::Error &why);
    void received(qint64 items) { m_connection.received += items; }

private:
    void enter(Connection::State state, model::Instant now);

    Connection m_connection;
};
} // namespace belfry::session
