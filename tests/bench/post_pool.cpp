#include "bench/post_pool.h"

namespace belfry::bench {
PostPool::PostPool(Poller &poller, const Endpoint &target, std::size_t connections, Compose compose,
                   Answered onAnswer)
    : m_compose(std::move(compose))
    , m_onAnswer(std::move(onAnswer))
    , m_current(connections)
{
    for (std::size_t i = 0; i < connections; ++i) {
        m_connections.push_back(std::make_unique<HttpConnection>(poller, target, i, *this));
        m_free.push_back(m_connections.back().get());
    }
}

void PostPool::submit(const Ticket &ticket)
{
    if (m_free.empty()) {
        m_waiting.push_back(ticket);
        return;
    }
    HttpConnection *connection = m_free.back();
    m_free.pop_back();
    send(*connection, ticket);
}

void PostPool::send(HttpConnection &connection, const Ticket &ticket)
{
    m_current[connection.number()] = ticket;
    if (connection.ask(m_compose(ticket.number)))
        return;
    ++m_broken;
    m_free.push_back(&connection);
}

// The next one goes out before the answer is looked at: the server gets its work a little earlier.
void PostPool::answered(HttpConnection &connection, const HttpMessage &answer)
{
    const Ticket ticket = m_current[connection.number()];
    release(connection);
    m_onAnswer(ticket, answer);
}

void PostPool::broken(HttpConnection &connection, bool asked)
{
    if (!asked)
        return;
    ++m_broken;
    release(connection);
}

void PostPool::release(HttpConnection &connection)
{
    if (m_waiting.empty()) {
        m_free.push_back(&connection);
        return;
    }
    const Ticket next = m_waiting.front();
    m_waiting.pop_front();
    send(connection, next);
}
} // namespace belfry::bench
