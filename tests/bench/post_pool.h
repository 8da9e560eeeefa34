#pragma once

#include "bench/http_connection.h"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace belfry::bench {
/// One request of a run.
struct Ticket
{
    std::uint64_t number = 0;
    /// When it was to be sent: latency counts from here, also while it waits for a free connection.
    Moment due;
};

/// A fixed number of keep-alive connections; what finds none free waits in order.
class PostPool final : public HttpListener
{
public:
    /// Writes the request of this number; the text is used up before the next call.
    using Compose = std::function<std::string_view(std::uint64_t number)>;
    using Answered = std::function<void(const Ticket &, const HttpMessage &)>;

    /// `connections` of them; `compose` and `onAnswer` are called on the poller's thread.
    PostPool(Poller &poller, const Endpoint &target, std::size_t connections, Compose compose,
             Answered onAnswer);

    void submit(const Ticket &ticket);
    [[nodiscard]] std::size_t freeCount() const { return m_free.size(); }
    [[nodiscard]] std::size_t inFlight() const { return m_connections.size() - m_free.size(); }
    [[nodiscard]] std::size_t waiting() const { return m_waiting.size(); }
    /// Requests whose connection broke before the answer.
    [[nodiscard]] std::uint64_t broken() const { return m_broken; }
    /// Drops what waits: the run is over.
    void dropWaiting() { m_waiting.clear(); }

private:
    void answered(HttpConnection &connection, const HttpMessage &answer) override;
    void broken(HttpConnection &connection, bool asked) override;
    void send(HttpConnection &connection, const Ticket &ticket);
    void release(HttpConnection &connection);

    Compose m_compose;
    Answered m_onAnswer;
    std::vector<std::unique_ptr<HttpConnection>> m_connections;
    std::vector<Ticket> m_current; ///< by the connection's number
    std::vector<HttpConnection *> m_free;
    std::deque<Ticket> m_waiting;
    std::uint64_t m_broken = 0;
};
} // namespace belfry::bench
