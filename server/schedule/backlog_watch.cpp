#include "schedule/backlog_watch.h"

namespace belfry::schedule {
class BacklogWatch::State : public std::enable_shared_from_this<State>
{
public:
    State(runtime::Loop &control, ports::Store &store, ScheduleProbe &probe)
        : m_control(control)
        , m_store(store)
        , m_probe(probe)
    {
    }

    void start()
    {
        m_running = true;
        look();
    }
    void stop() { m_running = false; }

private:
    void look()
    {
        if (!m_running)
            return;
        m_store.operations().backlogs(m_control,
                                      [weak = weak_from_this()](const model::Result<ports::Backlogs> &all) {
                                          if (const auto self = weak.lock())
                                              self->take(all);
                                      });
    }

    /// A look that failed leaves what was known; the store itself tells why.
    void take(const model::Result<ports::Backlogs> &all)
    {
        if (!m_running)
            return;
        if (all) {
            m_probe.deliveriesWaiting.set(all->deliveries.depth);
            m_probe.deadLetters.set(all->deadLetters.depth);
            m_probe.broadcastsWaiting.set(all->broadcasts.depth);
        }
        m_control.after(every, [weak = weak_from_this()] {
            if (const auto self = weak.lock())
                self->look();
        });
    }

    runtime::Loop &m_control;
    ports::Store &m_store;
    ScheduleProbe &m_probe;
    bool m_running = false;
};

BacklogWatch::BacklogWatch(runtime::Loop &control, ports::Store &store, ScheduleProbe &probe)
    : d(std::make_shared<State>(control, store, probe))
{
}

BacklogWatch::~BacklogWatch()
{
    d->stop();
}

void BacklogWatch::start()
{
    d->start();
}

void BacklogWatch::stop()
{
    d->stop();
}
} // namespace belfry::schedule
