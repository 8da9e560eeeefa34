#pragma once

#include "bench/http_splitter.h"
#include "bench/stream.h"

namespace belfry::bench {
class HttpConnection;

class HttpListener
{
public:
    virtual ~HttpListener() = default;
    /// The connection is free again; sending the next request from here is allowed.
    virtual void answered(HttpConnection &connection, const HttpMessage &answer) = 0;
    /// The connection broke; `asked` tells whether an answer was awaited. It may be used again: it connects
    /// anew.
    virtual void broken(HttpConnection &connection, bool asked) = 0;
};

/// One keep-alive HTTP/1.1 connection with at most one request in flight; connects when it is first needed.
class HttpConnection final : public Stream
{
public:
    HttpConnection(Poller &poller, Endpoint target, std::uint64_t number, HttpListener &listener);

    [[nodiscard]] bool isFree() const { return !m_asked; }
    /// Sends a whole request (it is copied as far as the kernel doesn't take it). Unavailable: why not.
    [[nodiscard]] model::VoidResult ask(std::string_view request);
    [[nodiscard]] std::uint64_t number() const { return m_number; }

private:
    void received(char *data, std::size_t size) override;
    void gone() override;
    void fail();

    Endpoint m_target;
    std::uint64_t m_number;
    HttpListener &m_listener;
    HttpSplitter m_splitter;
    bool m_asked = false;
};
} // namespace belfry::bench
