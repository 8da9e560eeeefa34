#pragma once

#include "ports/store.h"

namespace belfry::ports {
/// Not stored, only for who is connected now (semantics 9: TTL 0; decisions H15, H81).
struct LiveOnly
{
    std::vector<model::UserId> users; ///< empty: everybody who is connected
    std::shared_ptr<const model::Notification> item;
    model::Alert alert = model::Alert::Sound;
    std::vector<model::UserId> except; ///< of everybody: not these
};

/// What a gateway loop hears.
class NewsListener
{
public:
    virtual ~NewsListener() = default;
    /// A durable batch; most of its users may have no socket here.
    virtual void news(const std::shared_ptr<const CommittedBatch> &batch) = 0;
    virtual void liveOnly(const LiveOnly &message) = 0;
    /// News of these users may never have come (CommitListener::doubted): their logs tell.
    virtual void reread(const std::vector<model::UserId> &users) = 0;
};

/// "User u has news" to the loops (and nodes) that hold u's sockets.
class Fanout
{
public:
    virtual ~Fanout() = default;
    /// `listener` is called on `loop` until it is removed (on that loop).
    virtual void add(runtime::Loop &loop, NewsListener &listener) = 0;
    virtual void remove(NewsListener &listener) = 0;

    /// Any thread; keeps the order of one thread's calls.
    virtual void publish(std::shared_ptr<const CommittedBatch> batch) = 0;
    /// Any thread; on the caller's own loop the listener is called at once, in the same turn.
    virtual void publish(LiveOnly message) = 0;
    /// Any thread.
    virtual void reread(std::vector<model::UserId> users) = 0;

    /// Which users are connected somewhere; for the answer of a live-only send. Counted per session, any
    /// thread.
    virtual void connected(const model::UserId &user, int change) = 0;
    [[nodiscard]] virtual bool isConnected(const model::UserId &user) const = 0;
    [[nodiscard]] virtual qint64 connectedSessions() const = 0;
    /// Connected users who came, or whose preferences changed, since the last call: whoever asks looks at
    /// their preferences next. `everyone`: all who are connected. Any thread.
    [[nodiscard]] virtual std::vector<model::UserId> takeUnsorted(bool everyone) = 0;
};
} // namespace belfry::ports
