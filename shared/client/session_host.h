#pragma once

#include "protocol/answers.h"
#include "protocol/client_messages.h"
#include "protocol/close_code.h"

namespace belfry::client {
/// Where a live session stands.
enum class SessionState {
    Stopped,         ///< not started
    Discovering,     ///< reads /.well-known/belfry
    Connecting,      ///< until `welcome`
    Replaying,       ///< until `live`
    LoadingSnapshot, ///< what comes meanwhile waits
    Live,
    Waiting,    ///< for the next try, at `retryAt`
    NeedsToken, ///< the server wants another token
    Ended,      ///< does not come back by itself; the last problem says why
};

/// From where a device goes on: what it has to keep between two runs.
struct Cursor
{
    model::Epoch epoch;
    std::optional<model::Seq> since; ///< nothing: a snapshot is loaded first
    friend bool operator==(const Cursor &, const Cursor &) = default;
};

/// What SessionLogic can do and tell; LiveSession in programs, a fake in tests.
class SessionHost
{
public:
    virtual ~SessionHost() = default;

    /// Ask for /.well-known/belfry; SessionLogic::discovered() takes the answer of this attempt.
    virtual void discover(quint64 attempt) = 0;
    virtual void openSocket() = 0;
    /// Ends the socket, or the try to open it; nothing more is heard from it.
    virtual void dropSocket(protocol::CloseCode code) = 0;
    virtual void send(const protocol::ClientMessage &message) = 0;
    virtual void ping() = 0;
    /// Ask for one page of the snapshot; SessionLogic::snapshotPage() takes the answer of this attempt.
    virtual void loadSnapshot(quint64 attempt, const model::Text &cursor) = 0;
    virtual void askToken() = 0;

    // Facts
    virtual void stateChanged(SessionState state, model::MaybeInstant retryAt) = 0;
    virtual void changed(const model::Change &change) = 0;
    /// One page more of a snapshot that is not whole yet.
    virtual void snapshotComes(qint64 items) = 0;
    virtual void snapshotLoaded(const protocol::Snapshot &snapshot) = 0;
    virtual void countsChanged(model::Seq seq, const model::Counts &counts) = 0;
    virtual void opApplied(const model::OpApplied &applied) = 0;
    virtual void opRefused(const model::OpId &op, const model::Error &why) = 0;
    virtual void problem(const model::Error &error) = 0;
    virtual void cursorMoved(const Cursor &cursor) = 0;
};
} // namespace belfry::client
