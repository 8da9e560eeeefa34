#pragma once

#include "auth/authenticator.h"
#include "model/event_filter.h"
#include "net/connection.h"
#include "ports/store.h"
#include "protocol/json_writer.h"
#include "runtime/loop.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

namespace belfry::api {
/// What every operator, and whoever may send, may know of it: which, whose, of what kind, how far. To
/// administer or to send is not to read inboxes (decisions H98): what it says is for service::readsInboxOf().
void appendEvent(protocol::JsonWriter &json, const model::Notification &item);

/// Streams of everything that this server commits, for operators (GET /admin/events as Server-Sent Events).
/// While nobody looks, a commit costs one read of an atomic; else one queue a stream, of bounded length: who
/// reads too slowly is told how much was left out. Made on the main thread, outlives the loops.
class EventTails
{
public:
    EventTails();
    ~EventTails();
    EventTails(const EventTails &) = delete;
    EventTails &operator=(const EventTails &) = delete;

    static constexpr int mostTails = 16;
    [[nodiscard]] bool isFull() const { return m_count.load() >= mostTails; }

    static constexpr std::chrono::hours longestTail{1};

    /// On the connection's loop, in the turn in which it was handed over. Ends with the credential of who
    /// asked for it (code 4001; with a key also when that is revoked), and after longestTail.
    void open(const auth::Authenticator &authenticator, runtime::Loop &loop, net::Connection &connection,
              model::EventFilter filter, auth::Principal who, model::Instant now);
    /// Writer lane: hands over and returns.
    void committed(const std::shared_ptr<const ports::CommittedBatch> &batch);
    /// Ends them all. Any thread.
    void drain();

private:
    class Tail;
    void remove(const Tail *tail);

    std::mutex m_mutex;
    std::vector<std::shared_ptr<Tail>> m_tails;
    std::atomic<int> m_count{0};
};
} // namespace belfry::api
