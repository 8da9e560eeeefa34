#include "bench/http_connection.h"

namespace belfry::bench {
HttpConnection::HttpConnection(Poller &poller, Endpoint target, std::uint64_t number, HttpListener &listener)
    : Stream(poller)
    , m_target(target)
    , m_number(number)
    , m_listener(listener)
{
}

model::VoidResult HttpConnection::ask(std::string_view request)
{
    if (!isOpen()) {
        m_splitter.clear();
        if (auto opened = open(m_target, m_number); !opened)
            return opened;
    }
    m_asked = true;
    send(request);
    return {};
}

void HttpConnection::received(char *data, std::size_t size)
{
    const bool sound = m_splitter.feed({data, size}, [this](const HttpMessage &answer) {
        if (answer.status() < 200)
            return answer.status() >= 100;
        const bool last = answer.header("Connection") == "close";
        m_asked = false;
        if (last)
            close();
        m_listener.answered(*this, answer);
        return !last;
    });
    if (!sound)
        fail();
}

void HttpConnection::gone()
{
    fail();
}

void HttpConnection::fail()
{
    const bool asked = m_asked;
    m_asked = false;
    close();
    m_listener.broken(*this, asked);
}
} // namespace belfry::bench
