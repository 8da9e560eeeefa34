#include "schedule/eraser.h"

#include "runtime/log.h"

namespace belfry::schedule {
namespace {
constexpr std::chrono::milliseconds eraseAgainAfter{1'000};
} // namespace

class Eraser::State : public std::enable_shared_from_this<State>
{
public:
    State(runtime::Loop &control, ports::Store &store, service::WebhookBook &webhooks,
          const runtime::Clock &clock)
        : m_control(control)
        , m_store(store)
        , m_webhooks(webhooks)
        , m_clock(clock)
    {
    }

    void start()
    {
        m_running = true;
        step();
    }

    void stop() { m_running = false; }

    /// Any thread.
    void postWake()
    {
        m_control.post([weak = weak_from_this()] {
            if (const auto self = weak.lock()) {
                self->m_again = true;
                self->step();
            }
        });
    }

private:
    void step()
    {
        if (!m_running || m_busy)
            return;
        m_busy = true;
        m_again = false;
        m_store.people().stepErasure(m_control, stepSize, m_clock.now(),
                                     [weak = weak_from_this()](model::Result<ports::ErasureStep> done) {
                                         if (const auto self = weak.lock())
                                             self->stepped(std::move(done));
                                     });
    }

    void stepped(model::Result<ports::ErasureStep> done)
    {
        m_busy = false;
        if (!done)
            return failed(done.error());
        if (std::exchange(m_failing, false))
            qCInfo(lcSchedule) << "erasures go on";
        if (done->webhooksChanged)
            m_webhooks.load(m_control, [](const model::VoidResult &) {}); // else its own reading does
        if (done->worked || m_again)
            return step();
        // Another server may have died in the middle of one.
        if (!m_store.isExclusive())
            later();
    }

    void failed(const model::Error &error)
    {
        if (!std::exchange(m_failing, true))
            qCWarning(lcSchedule) << "erasures wait for the store:" << error.detail;
        later();
    }

    void later()
    {
        if (!m_running || std::exchange(m_armed, true))
            return;
        m_control.after(eraseAgainAfter, [weak = weak_from_this()] {
            const auto self = weak.lock();
            if (!self)
                return;
            self->m_armed = false;
            self->step();
        });
    }

    runtime::Loop &m_control;
    ports::Store &m_store;
    service::WebhookBook &m_webhooks;
    const runtime::Clock &m_clock;
    bool m_running = false;
    bool m_busy = false;
    bool m_again = false;
    bool m_failing = false;
    bool m_armed = false;
};

Eraser::Eraser(runtime::Loop &control, ports::Store &store, service::WebhookBook &webhooks,
               const runtime::Clock &clock)
    : d(std::make_shared<State>(control, store, webhooks, clock))
{
}

Eraser::~Eraser()
{
    d->stop();
}

void Eraser::start()
{
    d->start();
}

void Eraser::stop()
{
    d->stop();
}

void Eraser::asked()
{
    d->postWake();
}
} // namespace belfry::schedule
