#include "session/connection.h"

namespace belfry::session {
using State = Connection::State;

namespace {
State stateOf(client::SessionState state)
{
    switch (state) {
    case client::SessionState::Stopped:
        return State::Off;
    case client::SessionState::Discovering:
    case client::SessionState::Connecting:
        return State::Connecting;
    case client::SessionState::Replaying:
    case client::SessionState::LoadingSnapshot:
        return State::Syncing;
    case client::SessionState::Live:
        return State::Online;
    case client::SessionState::Waiting:
        return State::Waiting;
    case client::SessionState::NeedsToken:
        return State::NeedsSignIn;
    case client::SessionState::Ended:
        return State::Ended;
    }
    return State::Off;
}
} // namespace

void ConnectionTracker::enter(State state, model::Instant now)
{
    const State before = std::exchange(m_connection.state, state);
    const bool wasOnline = before == State::Online;
    if (wasOnline != (state == State::Online) || before == State::Off)
        m_connection.since = now;
    if (state == State::Syncing && before != State::Syncing)
        m_connection.received = 0;
    if (state == State::Online) {
        m_connection.reason.clear();
        m_connection.requestId.clear();
        m_connection.isFirstSync = false;
    }
}

void ConnectionTracker::stateChanged(client::SessionState state, model::MaybeInstant retryAt,
                                     model::Instant now)
{
    enter(stateOf(state), now);
    m_connection.retryAt = m_connection.state == State::Waiting ? retryAt : model::MaybeInstant();
}

void ConnectionTracker::signInNeeded(const model::Error &why, model::Instant now)
{
    enter(State::NeedsSignIn, now);
    m_connection.retryAt.reset();
    m_connection.reason = why.detail;
    m_connection.requestId = why.requestId;
}

/// What is wrong while it is online ends nothing: it is told, and is no reason to be offline.
void ConnectionTracker::problem(const model::Error &why)
{
    if (m_connection.state == State::Online)
        return;
    m_connection.reason = why.detail;
    m_connection.requestId = why.requestId;
}
} // namespace belfry::session
