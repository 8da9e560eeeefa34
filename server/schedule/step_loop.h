#pragma once

#include "ports/store.h"
#include "runtime/log.h"
#include "runtime/loop.h"
#include "schedule/due_queue.h"

#include <functional>
#include <memory>

namespace belfry::schedule {
/// Work that the store keeps, done in short steps, one at a time, for as long as there is some: between two
/// of them whatever else waits for the writer has its turn. A step that failed is tried again after a second;
/// the log hears of that once. Where servers share the store, each looks every second for what another one
/// left undone. Used on the control loop.
template<typename T>
class StepLoop
{
public:
    using Ask = std::function<void(runtime::Reply<model::Result<T>> reply)>;
    /// True: there may be more to do.
    using Took = std::function<bool(const T &step)>;

    /// `what` is the work, in words for the log. `took` is never called after stop().
    StepLoop(runtime::Loop &control, ports::Store &store, ScheduleProbe &probe, const char *what, Ask ask,
             Took took)
        : d(std::make_shared<State>(control, store, probe, what, std::move(ask), std::move(took)))
    {
    }
    ~StepLoop() { stop(); }
    StepLoop(const StepLoop &) = delete;
    StepLoop &operator=(const StepLoop &) = delete;

    void start()
    {
        d->running = true;
        d->step();
    }
    /// No step begins after this. Idempotent.
    void stop() { d->running = false; }
    /// There is something to do. Any thread.
    void wake()
    {
        d->control.post([weak = d->weak_from_this()] {
            if (const auto self = weak.lock()) {
                self->again = true;
                self->step();
            }
        });
    }

private:
    struct State : std::enable_shared_from_this<State>
    {
        static constexpr std::chrono::milliseconds againAfter{1'000};

        State(runtime::Loop &loop, ports::Store &itsStore, ScheduleProbe &itsProbe, const char *work,
              Ask toAsk, Took toTake)
            : control(loop)
            , store(itsStore)
            , probe(itsProbe)
            , what(work)
            , ask(std::move(toAsk))
            , took(std::move(toTake))
        {
        }

        void step()
        {
            if (!running || busy)
                return;
            busy = true;
            again = false;
            ask([weak = this->weak_from_this()](model::Result<T> done) {
                if (const auto self = weak.lock())
                    self->stepped(done);
            });
        }

        void stepped(const model::Result<T> &done)
        {
            busy = false;
            if (!running)
                return;
            if (!done)
                return failed(done.error());
            if (std::exchange(failing, false))
                qCInfo(lcSchedule) << what << "go on";
            if (took(*done) || again)
                return step();
            if (!store.isExclusive())
                later();
        }

        void failed(const model::Error &error)
        {
            probe.failures.add();
            if (!std::exchange(failing, true))
                qCWarning(lcSchedule) << what << "wait for the store:" << error.detail;
            later();
        }

        void later()
        {
            if (std::exchange(armed, true))
                return;
            control.after(againAfter, [weak = this->weak_from_this()] {
                if (const auto self = weak.lock()) {
                    self->armed = false;
                    self->step();
                }
            });
        }

        runtime::Loop &control;
        ports::Store &store;
        ScheduleProbe &probe;
        const char *const what;
        const Ask ask;
        const Took took;
        bool running = false;
        bool busy = false;
        bool again = false;
        bool failing = false;
        bool armed = false;
    };

    std::shared_ptr<State> d;
};
} // namespace belfry::schedule
