#include "schedule/retention_runner.h"

#include "runtime/log.h"

#include <algorithm>
#include <array>

namespace belfry::schedule {
using model::Result;
using ports::Shelf;
using ports::SweepStep;
using ports::Swept;
using std::chrono::milliseconds;

namespace {
constexpr std::array shelves{Shelf::Records, Shelf::Logs, Shelf::Deleted, Shelf::Notifications};
/// Of the time that a step took.
constexpr int pauseWhenQuiet = 1;
constexpr int pauseWhenBusy = 19;
constexpr milliseconds shortestPause{1};
constexpr milliseconds longestPause{5'000};
/// A sweep that takes long is not begun again at once.
constexpr int restPerSweep = 10;
constexpr std::chrono::hours longestRest{12};
} // namespace

class RetentionRunner::State : public std::enable_shared_from_this<State>
{
public:
    State(runtime::Loop &control, ports::Store &store, const service::CategoryBook &categories,
          RetentionSettings settings, const runtime::Clock &clock, ScheduleProbe &probe)
        : m_control(control)
        , m_store(store)
        , m_categories(categories)
        , m_settings(std::move(settings))
        , m_clock(clock)
        , m_probe(probe)
    {
    }

    void start()
    {
        m_running = true;
        m_nothingLeftAt = m_clock.steady();
        after(m_settings.lookEvery, &State::look);
    }

    void stop() { m_running = false; }

private:
    void after(milliseconds delay, void (State::*run)())
    {
        m_control.after(delay, [weak = weak_from_this(), run] {
            const auto self = weak.lock();
            if (self && self->m_running)
                (self.get()->*run)();
        });
    }

    void look()
    {
        noteLag();
        m_sweeping = isSweepDue();
        m_settings.keeping.categories = m_categories.lives();
        m_begunAt = m_clock.steady();
        m_shelf = 0;
        m_place = {};
        step();
    }

    /// By the wall clock, so that a day that was skipped is noticed; a clock that was set back counts as
    /// well.
    [[nodiscard]] bool isSweepDue() const
    {
        if (!m_sweptAt)
            return true;
        const auto passed = std::chrono::abs(m_clock.now() - *m_sweptAt);
        return passed >= std::max<model::Duration>(sweepEvery, m_rest);
    }

    void step()
    {
        noteLag();
        m_askedAt = m_clock.steady();
        const SweepStep wanted{shelves[m_shelf], m_settings.keeping, m_clock.now(), SweepStep{}.limit,
                               m_place};
        m_store.retention().sweep(m_control, wanted, [weak = weak_from_this()](const Result<Swept> &swept) {
            const auto self = weak.lock();
            if (self && self->m_running)
                self->stepped(swept);
        });
    }

    void stepped(const Result<Swept> &swept)
    {
        if (!swept)
            return failed(swept.error());
        if (std::exchange(m_failing, false))
            qCInfo(lcSchedule) << "retention goes on";
        m_probe.retentionRemoved.add(static_cast<std::uint64_t>(swept->removed));
        if (!swept->done) {
            m_place = swept->next;
            return after(pause(), &State::step);
        }
        if (m_sweeping && m_shelf + 1 < shelves.size()) {
            ++m_shelf;
            m_place = {};
            return after(pause(), &State::step);
        }
        finished();
    }

    [[nodiscard]] milliseconds pause()
    {
        const std::uint64_t writes = m_store.probe().writes.value();
        const bool busy = writes - std::exchange(m_writes, writes) > 1; // one was ours
        const auto took = std::chrono::duration_cast<milliseconds>(m_clock.steady() - m_askedAt);
        return std::clamp(took * (busy ? pauseWhenBusy : pauseWhenQuiet), shortestPause, longestPause);
    }

    void finished()
    {
        if (m_sweeping) {
            m_sweptAt = m_clock.now();
            m_nothingLeftAt = m_clock.steady();
            const auto took = std::chrono::duration_cast<model::Duration>(m_nothingLeftAt - m_begunAt);
            m_rest = std::min<model::Duration>(took * restPerSweep, longestRest);
            noteLag();
        }
        after(m_settings.lookEvery, &State::look);
    }

    void failed(const model::Error &error)
    {
        m_probe.retentionFailures.add();
        if (!std::exchange(m_failing, true))
            qCWarning(lcSchedule) << "retention waits for the store:" << error.detail;
        after(m_settings.lookEvery, &State::look);
    }

    void noteLag()
    {
        const auto lag = m_clock.steady() - m_nothingLeftAt;
        m_probe.retentionLag.set(std::chrono::duration_cast<model::Duration>(lag).count());
    }

    runtime::Loop &m_control;
    ports::Store &m_store;
    const service::CategoryBook &m_categories;
    RetentionSettings m_settings;
    const runtime::Clock &m_clock;
    ScheduleProbe &m_probe;
    bool m_running = false;
    bool m_failing = false;
    bool m_sweeping = false; ///< all shelves, not the records alone
    std::size_t m_shelf = 0;
    SweepStep::Place m_place;
    model::MaybeInstant m_sweptAt;
    model::Duration m_rest{};
    runtime::SteadyTime m_begunAt;
    runtime::SteadyTime m_askedAt;
    runtime::SteadyTime m_nothingLeftAt;
    std::uint64_t m_writes = 0;
};

RetentionRunner::RetentionRunner(runtime::Loop &control, ports::Store &store,
                                 const service::CategoryBook &categories, RetentionSettings settings,
                                 const runtime::Clock &clock, ScheduleProbe &probe)
    : d(std::make_shared<State>(control, store, categories, std::move(settings), clock, probe))
{
}

RetentionRunner::~RetentionRunner()
{
    d->stop();
}

void RetentionRunner::start()
{
    d->start();
}

void RetentionRunner::stop()
{
    d->stop();
}
} // namespace belfry::schedule
