#pragma once

#include "runtime/clock.h"
#include "runtime/loop_thread.h"
#include "store/writer_lane.h"

namespace belfry::store {
/// Keeps the search index behind the truth on a thread that gives way to the others. Sleeps until there is
/// news; while news keep coming it takes little steps, when it is quiet it takes all it can get. What is not
/// indexed yet is found by scanning, so that a search never waits for it.
class SearchFeeder
{
public:
    SearchFeeder(WriterLane &lane, const runtime::Clock &clock, ports::StoreProbe &probe);
    ~SearchFeeder();

    [[nodiscard]] VoidResult start(Dialect &dialect);
    void stop();
    /// Something was committed. Any thread; cheap.
    void news();

private:
    void step();
    void stepLater();
    void forget(qint64 upTo);

    WriterLane &m_lane;
    const runtime::Clock &m_clock;
    ports::StoreProbe &m_probe;
    runtime::LoopThread m_thread;
    std::unique_ptr<SearchIndexer> m_indexer; ///< the thread's
    std::atomic<bool> m_awake{false};
    std::atomic<bool> m_news{false};
    std::atomic<bool> m_stopping{false};
    bool m_running = false;
};
} // namespace belfry::store
