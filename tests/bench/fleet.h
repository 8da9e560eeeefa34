#pragma once

#include "bench/histogram.h"
#include "bench/progress.h"
#include "bench/ws_session.h"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace belfry::bench {
struct Options;
class Report;

/// Many sockets, each of a user of its own (so that no limit per user is met).
class Fleet final : public SessionListener
{
public:
    using OnText = std::function<void(WsSession &, std::string_view)>;

    Fleet(Poller &poller, const Options &options);

    void onText(OnText onText) { m_onText = std::move(onText); }
    /// Opens every session that is not live, at most `inFlight` at the same time; one that is refused or lost
    /// is tried again up to five times. Returns when all are live. Unavailable: not all within `limit`, with
    /// the reasons.
    [[nodiscard]] model::VoidResult openAll(std::size_t inFlight, Span limit, Progress &progress);
    /// All at once, as a network that vanishes.
    void cutAll();

    [[nodiscard]] std::size_t size() const { return m_sessions.size(); }
    [[nodiscard]] std::size_t liveCount() const { return m_live; }
    /// From the begin of the connect to `live`.
    [[nodiscard]] const Histogram &openLatency() const { return m_openLatency; }
    void clearOpenLatency() { m_openLatency.clear(); }
    /// How many sessions have which welcome mode now.
    [[nodiscard]] std::map<std::string, std::uint64_t> modes() const;
    [[nodiscard]] std::uint64_t pingsAnswered() const;
    /// Adds `sockets`, `retries`, `losses`; sockets lost after they were live make the report fail.
    void addTo(Report &report) const;

private:
    struct Retry
    {
        Moment due;
        std::size_t index;
    };

    void live(WsSession &session) override;
    void text(WsSession &session, std::string_view payload) override;
    void lost(WsSession &session, const std::string &reason) override;
    void openNext(std::size_t inFlight);
    void open(std::size_t index);
    void noteFailure(std::size_t index, const std::string &reason);
    [[nodiscard]] model::Text reasons() const;

    Poller &m_poller;
    OnText m_onText;
    std::vector<std::unique_ptr<WsSession>> m_sessions;
    std::vector<std::uint8_t> m_attempts;
    std::deque<Retry> m_toOpen;
    std::size_t m_opening = 0;
    std::size_t m_live = 0;
    bool m_gaveUp = false;
    Histogram m_openLatency;
    std::uint64_t m_retries = 0;
    std::uint64_t m_lostLive = 0;
    std::map<std::string, std::uint64_t> m_losses;
};
} // namespace belfry::bench
