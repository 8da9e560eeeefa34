#pragma once

#include "bench/frame.h"
#include "bench/http_splitter.h"
#include "bench/stream.h"

namespace belfry::bench {
class NullServer;

/// One connection of the null server: HTTP first, WebSocket after an upgrade.
class NullPeer final : public Stream
{
public:
    NullPeer(Poller &poller, NullServer &server, Fd socket);

    void write(std::string_view frame) { send(frame); }
    [[nodiscard]] const std::string &user() const { return m_user; }
    /// Its place in the server's list of sockets.
    std::size_t place = 0;

private:
    void received(char *data, std::size_t size) override;
    void gone() override;
    bool handleRequest(const HttpMessage &request);
    bool handleFrame(const FrameHead &head, std::string_view payload);
    void upgrade(const HttpMessage &request);
    void post(const HttpMessage &request);
    void answer(std::string_view status, std::string_view body);

    NullServer &m_server;
    bool m_isSocket = false;
    HttpSplitter m_http;
    FrameParser m_frames;
    std::string m_user;
};
} // namespace belfry::bench
