#pragma once

#include "ports/store.h"
#include "runtime/bounded_queue.h"
#include "store/command.h"
#include "store/dialect.h"
#include "store/side_health.h"

#include <functional>
#include <future>
#include <span>
#include <thread>
#include <unordered_set>

namespace belfry::store {
/// The one thread that writes. Takes everything that waits, puts it into as few transactions as possible
/// (group commit: one fsync for all of a batch, no timer), and answers only after the commit.
class WriterLane
{
public:
    using Commands = std::vector<std::unique_ptr<Command>>;

    WriterLane(std::size_t capacity, ports::StoreProbe &probe);
    ~WriterLane();
    WriterLane(const WriterLane &) = delete;
    WriterLane &operator=(const WriterLane &) = delete;

    /// Before start().
    void setListener(ports::CommitListener *listener) { m_listener = listener; }
    /// Outlives this; set before start().
    void setOutboxEncoder(const ports::OutboxEncoder *encoder) { m_outbox = encoder; }
    /// Called on the lane when it becomes unable or able to write. Before start().
    void setHealthListener(std::function<void(bool ok)> listener)
    {
        m_health.setListener(std::move(listener));
    }
    /// Called on the lane after each commit that inserted or changed notifications. Before start().
    void setNewsListener(std::function<void()> listener) { m_newsListener = std::move(listener); }

    /// Called on the lane after each commit that made a delivery due. Before start().
    void setDeliveryListener(std::function<void()> listener) { m_deliveryListener = std::move(listener); }

    /// Connects on the lane; its error when that fails.
    [[nodiscard]] VoidResult start(Dialect &dialect);
    /// Refuses new work, finishes what waits, ends the thread.
    void stop();

    /// False, and `command` untouched, when the queue is full or closed. Any thread.
    [[nodiscard]] bool push(std::unique_ptr<Command> &command);
    [[nodiscard]] ports::Store::Health health() const { return m_health.health(); }

private:
    void run(Dialect &dialect, std::promise<VoidResult> &opened);
    void runAll(Commands &commands);
    void runSlice(std::span<std::unique_ptr<Command>> slice);
    [[nodiscard]] VoidResult transact(std::span<std::unique_ptr<Command>> slice);
    [[nodiscard]] VoidResult plan(Workspace &work, std::span<std::unique_ptr<Command>> slice);
    void runProbe();
    void finish(std::span<std::unique_ptr<Command>> slice);
    void announce(ports::CommittedBatch changes);
    void doubt(const ports::CommittedBatch &changes);
    void tellDoubts();
    void observe(std::span<std::unique_ptr<Command>> slice, std::chrono::steady_clock::time_point start,
                 const Workspace &work);

    runtime::BoundedQueue<std::unique_ptr<Command>> m_queue;
    ports::StoreProbe &m_probe;
    ports::CommitListener *m_listener = nullptr;
    const ports::OutboxEncoder *m_outbox = nullptr;
    std::function<void()> m_newsListener;
    std::function<void()> m_deliveryListener;
    std::unique_ptr<WriteTx> m_tx;
    std::unordered_set<model::UserId> m_doubted; ///< whose last changes may be there or not, until it is told
    std::thread m_thread;
    SideHealth m_health{"the database takes no writes", "the database takes writes again"};
};
} // namespace belfry::store
