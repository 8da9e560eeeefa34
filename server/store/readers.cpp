#include "store/readers.h"

#include "runtime/thread_name.h"
#include "runtime/yield.h"

#include <algorithm>
#include <chrono>

namespace belfry::store {
Readers::Readers(int threads, std::size_t capacity, ports::StoreProbe &probe, Kind kind)
    : m_probe(probe)
    , m_kind(kind)
{
    for (int i = 0; i < std::clamp(threads, 1, 16); ++i)
        m_workers.push_back(std::make_unique<Worker>(capacity));
}

Readers::~Readers()
{
    stop();
}

VoidResult Readers::start(Dialect &dialect)
{
    for (auto &worker : m_workers) {
        std::promise<VoidResult> opened;
        auto future = opened.get_future();
        worker->thread =
            std::thread([this, &worker = *worker, &dialect, &opened] { work(worker, dialect, opened); });
        if (VoidResult done = future.get(); !done) {
            worker->thread.join();
            return done;
        }
    }
    return {};
}

void Readers::stop()
{
    for (auto &worker : m_workers)
        worker->queue.close();
    for (auto &worker : m_workers) {
        if (worker->thread.joinable())
            worker->thread.join();
    }
}

bool Readers::push(Job &job)
{
    const auto least = std::min_element(m_workers.begin(), m_workers.end(),
                                        [](const auto &a, const auto &b) { return a->busy < b->busy; });
    ++(*least)->busy;
    if ((*least)->queue.tryPush(job))
        return true;
    --(*least)->busy;
    return false;
}

void Readers::work(Worker &worker, Dialect &dialect, std::promise<VoidResult> &opened)
{
    const bool isBackground = m_kind == Kind::Background;
    runtime::nameThread(isBackground ? QStringLiteral("store-sweeper") : QStringLiteral("store-reader"));
    if (isBackground)
        runtime::yieldToOthers();
    auto session = dialect.makeReader();
    if (!session) {
        opened.set_value(tl::unexpected(session.error()));
        return;
    }
    opened.set_value({});
    std::vector<Job> jobs;
    while (worker.queue.takeAll(jobs)) {
        for (Job &job : jobs) {
            const auto start = std::chrono::steady_clock::now();
            job(**session);
            --worker.busy;
            m_probe.readerRuns.add();
            const auto took = std::chrono::steady_clock::now() - start;
            m_probe.readTime.observe(static_cast<std::uint64_t>(
                std::chrono::duration_cast<std::chrono::microseconds>(took).count()));
        }
        jobs.clear();
    }
}
} // namespace belfry::store
