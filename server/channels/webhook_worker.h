#pragma once

#include "channels/channel_probe.h"
#include "channels/http_sender.h"
#include "ports/store.h"
#include "runtime/clock.h"

#include <functional>
#include <memory>

namespace belfry::channels {
/// Sends what the store says is due, and tells it how that ended: sent, once more later, or a dead letter
/// (semantics 17). Its time to live is looked at before each try (semantics 9). In order for each user and
/// webhook as ports::DeliveryClaim says. At least once: what a crash leaves open is sent again, under the
/// same id. Everything on `home`.
class WebhookWorker
{
public:
    /// −1 … 1, for the jitter.
    using Random = std::function<double()>;
    WebhookWorker(runtime::Loop &home, ports::Store &store, HttpSender &sender, const runtime::Clock &clock,
                  Random random, ChannelProbe &probe);
    ~WebhookWorker();

    /// Called after each commit that disabled a webhook because it answered 410. Before start().
    void onDisabled(std::function<void()> listener);

    void start();
    /// Nothing begins after this; answers that come later are not noted. Idempotent.
    void stop();
    /// Something became due.
    void wake();

    static constexpr int maxUnderWay = 128;
    static constexpr int maxPerWebhook = 8;
    /// Longer than what has been taken can take.
    static constexpr std::chrono::seconds lease{60};

private:
    class State;
    std::shared_ptr<State> d;
};
} // namespace belfry::channels
