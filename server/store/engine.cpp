#include "store/engine.h"

#include "runtime/log.h"
#include "store/directory_commands.h"

namespace belfry::store {
using namespace std::chrono_literals;

namespace {
constexpr auto probeEvery = 1s;
} // namespace

Engine::Engine(Result<std::unique_ptr<Dialect>> dialect, const StoreOptions &options,
               const runtime::Clock &clock)
    : m_options(options)
    , m_clock(clock)
    , m_dialect(std::move(dialect))
    , m_lane(options.queueCapacity, m_probe)
    , m_readers(options.readers, options.queueCapacity, m_probe)
    , m_sweeper(1, options.queueCapacity, m_probe, Readers::Kind::Background)
    , m_upkeep(QStringLiteral("store-upkeep"))
    , m_cursors(m_lane, m_upkeep)
    , m_feeder(m_lane, clock, m_probe)
    , m_inbox(m_lane, m_readers, m_cursors, clock)
    , m_directory(m_lane, m_readers, clock)
    , m_webhooks(m_lane, m_readers)
    , m_sessions(m_lane, m_readers)
    , m_people(m_lane, m_readers)
    , m_operations(m_readers)
    , m_registry(m_lane, m_readers)
    , m_retention(m_lane, m_sweeper)
{
    m_lane.setHealthListener([this](bool ok) { onHealth(ok); });
    m_readers.setHealthListener([this](bool ok) { onHealth(ok); });
    if (options.indexSearch)
        m_lane.setNewsListener([this] { m_feeder.news(); });
}

Engine::~Engine()
{
    stop();
}

VoidResult Engine::start()
{
    if (!m_dialect)
        return tl::unexpected(m_dialect.error());
    const auto opened = (*m_dialect)->open(m_options.migrate);
    if (!opened)
        return tl::unexpected(opened.error());
    if (opened->to > opened->from)
        qCInfo(lcStore, "schema version %d (was %d)", opened->to, opened->from);
    m_directory.setEpoch((*m_dialect)->epoch());
    m_running = true;
    VoidResult done = startAll();
    if (!done)
        stop();
    return done;
}

VoidResult Engine::startAll()
{
    m_upkeep.start();
    if (auto done = m_lane.start(**m_dialect); !done)
        return done;
    for (Readers *readers : {&m_readers, &m_sweeper}) {
        if (auto done = readers->start(**m_dialect); !done)
            return done;
    }
    if (m_options.indexSearch) {
        if (auto done = m_feeder.start(**m_dialect); !done)
            return done;
    }
    return {};
}

void Engine::stop()
{
    if (!m_running.exchange(false))
        return;
    m_cursors.flush();
    m_feeder.stop();
    m_lane.stop();
    m_readers.stop();
    m_sweeper.stop();
    m_upkeep.stop();
    (*m_dialect)->close();
}

ports::Store::Health Engine::health() const
{
    if (!m_running)
        return {false, "the store is not running"};
    const Health writing = m_lane.health();
    return writing.ok ? m_readers.health() : writing;
}

void Engine::onHealth(bool ok)
{
    if (ok)
        return;
    m_upkeep.loop().post([this] {
        if (!std::exchange(m_probing, true))
            probeLater();
    });
}

void Engine::probeLater()
{
    m_upkeep.loop().after(probeEvery, [this] {
        const bool writes = m_lane.health().ok;
        const bool reads = m_readers.health().ok;
        m_probing = m_running && !(writes && reads);
        if (!m_probing)
            return;
        probe(!writes, !reads);
        probeLater();
    });
}

/// A server that tells it is not well gets no requests that would show it well again.
void Engine::probe(bool writing, bool reading)
{
    if (writing) {
        std::unique_ptr<Command> command = std::make_unique<ProbeCommand>(m_clock.now());
        static_cast<void>(m_lane.push(command)); // full: there are writes enough to find out
    }
    if (reading)
        m_readers.run<int>(
            m_upkeep.loop(), [](const Result<int> &) {},
            [](ReadSession &session) -> Result<int> {
                std::vector<ports::Topic> topics;
                if (auto done = session.topics(topics); !done)
                    return tl::unexpected(done.error());
                return 0;
            });
}
} // namespace belfry::store
