#pragma once

#include "net/date_text.h"
#include "net/flush_pacer.h"
#include "net/handler.h"
#include "net/server.h"
#include "runtime/gate.h"

#include <deque>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace belfry::net {
/// Something that gathers what it has to write until the end of the turn.
class Flushable
{
public:
    virtual ~Flushable() = default;
    virtual void flush() = 0;

private:
    friend class LoopContext;
    bool m_queued = false;
    bool m_gathered = false;
};

/// What all connections of one gateway loop share. One thread.
class LoopContext
{
public:
    LoopContext(const Limits &limits, NetProbe &probe);
    LoopContext(const LoopContext &) = delete;
    LoopContext &operator=(const LoopContext &) = delete;

    const Limits limits;
    NetProbe &probe;
    Handler *handler = nullptr;
    Responder::Target *responders = nullptr;
    /// Holds every request that the handler has not answered yet; closed when the server drains.
    runtime::Gate requests;
    DateText date;

    /// Flushed once before the loop waits, however often this is called.
    void flushLater(Flushable &item);
    /// The same for frames, which may be put off for a moment so that more go out together (FlushPacer).
    void flushGathered(Flushable &item);
    /// It is about to be destroyed.
    void forget(Flushable &item);
    /// Flushes what asked for it, also what asks while others are flushed, and the frames that need not wait.
    void flushAll();
    /// Something would be flushed now.
    [[nodiscard]] bool hasUnflushed() const;
    /// Frames were put off: milliseconds until they go out, rounded up.
    [[nodiscard]] std::optional<int> gatheredDueMs() const;

    /// The connection is over: it is destroyed at the end of the turn, when nobody is on its stack.
    void bury(ConnectionId id) { m_dead.push_back(id); }
    [[nodiscard]] std::vector<ConnectionId> takeDead() { return std::exchange(m_dead, {}); }
    [[nodiscard]] bool hasDead() const { return !m_dead.empty(); }

    /// It said its last word and shall be gone after the close time-out at the latest.
    void watchClosing(ConnectionId id) { m_closing.push_back({nowMs() + limits.closeTimeout.count(), id}); }
    [[nodiscard]] bool hasClosing() const { return !m_closing.empty(); }
    /// Those whose time is up.
    [[nodiscard]] std::vector<ConnectionId> takeOverdue(qint64 now);

    /// Scratch for one read; its content is of no meaning after the call that used it.
    [[nodiscard]] char *readBuffer() { return m_readBuffer.get(); }
    static constexpr qint64 readBufferSize = 64 * 1024;

    /// Milliseconds of a steady clock.
    [[nodiscard]] static qint64 nowMs();

private:
    void flushEach(std::vector<Flushable *> &items, bool Flushable::*mark);

    std::vector<Flushable *> m_unflushed;
    std::vector<Flushable *> m_gathered;
    FlushPacer m_pacer;
    std::vector<Flushable *> m_flushing; ///< kept for its capacity
    std::vector<ConnectionId> m_dead;
    std::deque<std::pair<qint64, ConnectionId>> m_closing; ///< by deadline: the time-out is the same for all
    std::unique_ptr<char[]> m_readBuffer;
};
} // namespace belfry::net
