#pragma once

#include "ports/store.h"
#include "runtime/clock.h"
#include "runtime/loop.h"
#include "service/webhook_book.h"

#include <memory>

namespace belfry::schedule {
/// Forgets users who are to be erased (semantics 20, H62), at most `stepSize` rows a step, so that whatever
/// else waits for the writer goes in between. What is to be done is in the store: after a restart it goes on.
/// Made, started and stopped on the control loop.
class Eraser
{
public:
    Eraser(runtime::Loop &control, ports::Store &store, service::WebhookBook &webhooks,
           const runtime::Clock &clock);
    ~Eraser();

    void start();
    /// No step begins after this. Idempotent.
    void stop();
    /// Somebody is to be erased. Any thread.
    void asked();

    static constexpr int stepSize = 50;

private:
    class State;
    std::shared_ptr<State> d;
};
} // namespace belfry::schedule
