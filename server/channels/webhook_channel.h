#pragma once

#include "channels/address_guard.h"
#include "channels/channel_probe.h"
#include "ports/store.h"
#include "runtime/clock.h"
#include "runtime/loop_thread.h"

#include <atomic>
#include <functional>
#include <memory>

namespace belfry::channels {
class CurlSender;
class WebhookWorker;

/// The webhooks of a process: a thread of its own that sends what commits made due. Made, started and stopped
/// on the control loop, after the store started and before it stops.
class WebhookChannel
{
public:
    WebhookChannel(ports::Store &store, AddressGuard guard, const runtime::Clock &clock);
    ~WebhookChannel();

    /// Called on the channel's thread after a webhook was disabled by its answer. Before start().
    void onDisabled(std::function<void()> listener) { m_disabled = std::move(listener); }
    void start();
    /// What is under way is cut off: it is sent again after the next start. Idempotent.
    void stop();
    /// A commit made something due. Any thread; cheap.
    void wake();

    [[nodiscard]] const ChannelProbe &probe() const { return m_probe; }

private:
    ports::Store &m_store;
    const AddressGuard m_guard;
    const runtime::Clock &m_clock;
    ChannelProbe m_probe;
    std::function<void()> m_disabled;
    runtime::LoopThread m_thread;
    std::atomic<bool> m_running{false};
    std::atomic<bool> m_woken{false};
    // On the thread.
    std::unique_ptr<CurlSender> m_sender;
    std::unique_ptr<WebhookWorker> m_worker;
};
} // namespace belfry::channels
