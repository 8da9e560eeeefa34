#pragma once

#include "ports/store.h"
#include "runtime/bounded_queue.h"
#include "store/dialect.h"
#include "store/side_health.h"

#include <future>
#include <thread>

namespace belfry::store {
/// A few threads that read, each with its own connection. A read sees one state of the database.
class Readers
{
public:
    enum class Kind {
        Live,      ///< somebody waits for it
        Background ///< gives way to those, and to the writer
    };
    Readers(int threads, std::size_t capacity, ports::StoreProbe &probe, Kind kind = Kind::Live);
    ~Readers();
    Readers(const Readers &) = delete;
    Readers &operator=(const Readers &) = delete;

    /// Called on a reader when reading begins to fail, or works again. Before start().
    void setHealthListener(std::function<void(bool ok)> listener)
    {
        m_health.setListener(std::move(listener));
    }

    [[nodiscard]] VoidResult start(Dialect &dialect);
    void stop();
    [[nodiscard]] ports::Store::Health health() const { return m_health.health(); }

    using Reading = ReadSession::Reading;
    /// Runs `read` on a reader, answers on `home`. Overloaded when all queues are full. Any thread.
    template<typename T, typename Read>
    void run(runtime::Loop &home, runtime::Reply<Result<T>> reply, Read read,
             Reading reading = Reading::Several)
    {
        using model::ErrorCode;
        auto shared = std::make_shared<runtime::Reply<Result<T>>>(std::move(reply));
        Job job = [this, &home, shared, reading, read = std::move(read)](ReadSession &session) mutable {
            Result<T> result = between<T>(session, reading, read);
            m_health.note(result ? VoidResult{} : VoidResult(tl::unexpected(result.error())));
            home.post([shared, result = std::move(result)]() mutable { (*shared)(std::move(result)); });
        };
        if (push(job))
            return;
        model::Error error{ErrorCode::Overloaded, "too many reads are waiting", {}, std::chrono::seconds(1)};
        home.post([shared, error]() mutable { (*shared)(tl::unexpected(error)); });
    }

private:
    using Job = runtime::UniqueFunction<void(ReadSession &)>;
    struct Worker
    {
        explicit Worker(std::size_t capacity)
            : queue(capacity)
        {
        }
        runtime::BoundedQueue<Job> queue;
        std::atomic<int> busy{0};
        std::thread thread;
    };

    template<typename T, typename Read>
    static Result<T> between(ReadSession &session, Reading reading, Read &read)
    {
        if (auto begun = session.begin(reading); !begun)
            return tl::unexpected(begun.error());
        Result<T> result = read(session);
        session.end();
        return result;
    }

    [[nodiscard]] bool push(Job &job);
    void work(Worker &worker, Dialect &dialect, std::promise<VoidResult> &opened);

    std::vector<std::unique_ptr<Worker>> m_workers;
    ports::StoreProbe &m_probe;
    const Kind m_kind;
    SideHealth m_health{"the database can't be read", "the database can be read again"};
};
} // namespace belfry::store
