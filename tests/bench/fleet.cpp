#include "bench/fleet.h"

#include "bench/options.h"
#include "bench/report.h"
#include "bench/request_template.h"

namespace belfry::bench {
namespace {
constexpr std::uint8_t maxAttempts = 5;
constexpr std::size_t maxReasons = 8;

std::string describe(std::size_t live, std::size_t all)
{
    return "connected " + std::to_string(live) + " of " + std::to_string(all);
}
} // namespace

Fleet::Fleet(Poller &poller, const Options &options)
    : m_poller(poller)
    , m_attempts(options.sockets)
{
    m_sessions.reserve(options.sockets);
    for (std::size_t i = 0; i < options.sockets; ++i) {
        const std::string user = userName(i);
        m_sessions.push_back(std::make_unique<WsSession>(
            m_poller, i, SessionOrder{options.target, user, "device-of-" + user, options.key}, *this));
    }
}

model::VoidResult Fleet::openAll(std::size_t inFlight, Span limit, Progress &progress)
{
    const Moment deadline = now() + limit;
    m_toOpen.clear();
    for (const auto &session : m_sessions) {
        m_attempts[session->index()] = 0;
        if (!session->isLive())
            m_toOpen.push_back({Moment(), session->index()});
    }
    while (m_live < m_sessions.size()) {
        openNext(inFlight);
        m_poller.turn(now() + std::chrono::milliseconds(10));
        progress.tick(m_poller.turnBegan(), [this] { return describe(m_live, size()); });
        if (m_gaveUp || m_poller.turnBegan() > deadline)
            return model::fail(model::ErrorCode::Unavailable,
                               QByteArray::fromStdString(describe(m_live, size())) + reasons());
    }
    return {};
}

void Fleet::openNext(std::size_t inFlight)
{
    const Moment moment = now();
    // Only those present now: a connect that fails at once comes back to the end of the line.
    for (std::size_t left = m_toOpen.size(); left > 0 && m_opening < inFlight; --left) {
        const Retry next = m_toOpen.front();
        m_toOpen.pop_front();
        if (next.due > moment)
            m_toOpen.push_back(next);
        else
            open(next.index);
    }
}

void Fleet::open(std::size_t index)
{
    ++m_opening;
    if (auto started = m_sessions[index]->start(); !started) {
        --m_opening;
        noteFailure(index, started.error().detail.toStdString());
    }
}

void Fleet::cutAll()
{
    for (const auto &session : m_sessions)
        session->cut();
    m_live = 0;
    m_opening = 0;
}

void Fleet::live(WsSession &session)
{
    --m_opening;
    ++m_live;
    m_openLatency.record((now() - session.startedAt()).count());
}

void Fleet::text(WsSession &session, std::string_view payload)
{
    if (m_onText)
        m_onText(session, payload);
}

void Fleet::lost(WsSession &session, const std::string &reason)
{
    if (reason.starts_with("live")) {
        --m_live;
        ++m_lostLive;
    } else {
        --m_opening;
    }
    noteFailure(session.index(), reason);
}

void Fleet::noteFailure(std::size_t index, const std::string &reason)
{
    if (m_losses.size() < maxReasons || m_losses.contains(reason))
        ++m_losses[reason];
    if (++m_attempts[index] >= maxAttempts) {
        m_gaveUp = true;
        return;
    }
    ++m_retries;
    m_toOpen.push_back({now() + std::chrono::milliseconds(50) * m_attempts[index], index});
}

std::map<std::string, std::uint64_t> Fleet::modes() const
{
    std::map<std::string, std::uint64_t> modes;
    for (const auto &session : m_sessions)
        ++modes[session->mode()];
    return modes;
}

std::uint64_t Fleet::pingsAnswered() const
{
    std::uint64_t sum = 0;
    for (const auto &session : m_sessions)
        sum += session->pingsAnswered();
    return sum;
}

void Fleet::addTo(Report &report) const
{
    report.set("sockets", static_cast<std::uint64_t>(m_sessions.size()));
    report.set("retries", m_retries);
    report.set("losses", m_losses);
    if (m_lostLive > 0)
        report.fail(std::to_string(m_lostLive) + " sockets were lost while they were live");
}

model::Text Fleet::reasons() const
{
    QByteArray text;
    for (const auto &[reason, count] : m_losses)
        text += "\n  " + QByteArray::number(static_cast<qulonglong>(count)) + " x " +
                QByteArray::fromStdString(reason);
    return text;
}
} // namespace belfry::bench
