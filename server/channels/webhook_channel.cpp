#include "channels/webhook_channel.h"

#include "channels/curl_sender.h"
#include "channels/webhook_worker.h"

#include <QRandomGenerator>

namespace belfry::channels {
WebhookChannel::WebhookChannel(ports::Store &store, AddressGuard guard, const runtime::Clock &clock)
    : m_store(store)
    , m_guard(std::move(guard))
    , m_clock(clock)
    , m_thread(QStringLiteral("webhooks"))
{
}

WebhookChannel::~WebhookChannel()
{
    stop();
}

void WebhookChannel::start()
{
    m_running = true;
    m_thread.start();
    m_thread.loop().post([this] {
        m_sender = std::make_unique<CurlSender>(m_guard, CurlSender::Options{});
        const auto random = [] { return QRandomGenerator::system()->generateDouble() * 2 - 1; };
        m_worker =
            std::make_unique<WebhookWorker>(m_thread.loop(), m_store, *m_sender, m_clock, random, m_probe);
        m_worker->onDisabled(m_disabled);
        m_worker->start();
    });
}

void WebhookChannel::stop()
{
    if (!m_running.exchange(false))
        return;
    m_thread.loop().post([this] {
        m_worker.reset();
        m_sender.reset();
        m_thread.loop().dropDelayed();
    });
    m_thread.stop();
}

void WebhookChannel::wake()
{
    if (!m_running || m_woken.exchange(true))
        return;
    m_thread.loop().post([this] {
        m_woken = false;
        if (m_worker)
            m_worker->wake();
    });
}
} // namespace belfry::channels
