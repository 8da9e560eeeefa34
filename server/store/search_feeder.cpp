#include "store/search_feeder.h"

#include "runtime/log.h"
#include "runtime/yield.h"
#include "store/directory_commands.h"

#include <future>

namespace belfry::store {
using namespace std::chrono_literals;

namespace {
constexpr int stepSize = 100;
/// While commits keep coming: at most stepSize documents each pause.
constexpr auto pause = 100ms;
} // namespace

SearchFeeder::SearchFeeder(WriterLane &lane, const runtime::Clock &clock, ports::StoreProbe &probe)
    : m_lane(lane)
    , m_clock(clock)
    , m_probe(probe)
    , m_thread(QStringLiteral("store-search"))
{
}

SearchFeeder::~SearchFeeder()
{
    stop();
}

VoidResult SearchFeeder::start(Dialect &dialect)
{
    std::promise<VoidResult> opened;
    auto future = opened.get_future();
    m_thread.start();
    m_running = true;
    m_thread.loop().post([this, &dialect, &opened] {
        runtime::yieldToOthers();
        auto indexer = dialect.makeIndexer();
        if (indexer)
            m_indexer = std::move(*indexer);
        // What was left over counts from the start, not only when its turn comes.
        if (const auto waiting = m_indexer ? m_indexer->step(0) : SearchIndexer::Step())
            m_probe.searchLag.set(waiting->lag);
        opened.set_value(indexer ? VoidResult{} : VoidResult(tl::unexpected(indexer.error())));
    });
    if (VoidResult done = future.get(); !done)
        return done;
    news(); // what was left over last time
    return {};
}

void SearchFeeder::stop()
{
    if (!m_running)
        return;
    m_stopping = true;
    m_thread.loop().post([this] { m_indexer.reset(); });
    m_thread.stop();
    m_running = false;
}

void SearchFeeder::news()
{
    m_news = true;
    if (m_awake.exchange(true))
        return;
    runtime::Loop &loop = m_thread.loop();
    loop.post([this] { stepLater(); });
}

void SearchFeeder::stepLater()
{
    m_thread.loop().after(pause, [this] { step(); });
}

void SearchFeeder::step()
{
    if (m_stopping || !m_indexer)
        return;
    const bool busy = m_news.exchange(false);
    const auto done = m_indexer->step(stepSize);
    if (!done) {
        qCWarning(lcStore, "the search index stands still: %s", done.error().detail.constData());
        m_thread.loop().after(30s, [this] { step(); });
        return;
    }
    m_probe.searchLag.set(done->lag);
    if (done->forgetUpTo > 0)
        forget(done->forgetUpTo);
    if (done->done == 0) {
        m_awake = false;
        if (m_news) // came between the step and the line above
            news();
    } else if (busy) {
        stepLater();
    } else {
        m_thread.loop().post([this] { step(); });
    }
}

void SearchFeeder::forget(qint64 upTo)
{
    std::unique_ptr<Command> command = std::make_unique<UpkeepCommand>(
        m_clock.now(), [upTo](WriteTx &tx) { return tx.forgetSearchChanges(upTo); });
    static_cast<void>(m_lane.push(command)); // full: the next step forgets as well
}
} // namespace belfry::store
