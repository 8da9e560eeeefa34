#pragma once

#include "bench/frame.h"
#include "bench/http_splitter.h"
#include "bench/stream.h"

namespace belfry::bench {
class WsSession;

class SessionListener
{
public:
    virtual ~SessionListener() = default;
    /// `live` came: signed in and caught up.
    virtual void live(WsSession &session) = 0;
    /// Any text frame after `live`.
    virtual void text(WsSession &session, std::string_view payload) = 0;
    /// The connection ended although it was not cut here. `reason` says how far it was, and the server's
    /// words.
    virtual void lost(WsSession &session, const std::string &reason) = 0;
};

/// Who a session is and where it goes.
struct SessionOrder
{
    Endpoint target;
    std::string user;
    std::string device;
    std::string bearer; ///< API key; empty = no Authorization header
};

/// One WebSocket on `belfry.v1` as a program would hold it: upgrade, hello with the user (decisions H27),
/// welcome, live; answers pings. Opened again it resumes from where it was (semantics 4).
class WsSession final : public Stream
{
public:
    WsSession(Poller &poller, std::size_t index, SessionOrder order, SessionListener &listener);

    [[nodiscard]] model::VoidResult start();
    /// As a network that vanishes; no `lost` follows.
    void cut() { close(Farewell::Abrupt); }
    void say(std::string_view text);

    [[nodiscard]] std::size_t index() const { return m_index; }
    [[nodiscard]] bool isLive() const { return isOpen() && m_stage == Stage::Live; }
    /// "resume", "snapshot" or "reset": the last welcome's mode.
    [[nodiscard]] const std::string &mode() const { return m_mode; }
    [[nodiscard]] Moment startedAt() const { return m_startedAt; }
    [[nodiscard]] std::uint64_t pingsAnswered() const { return m_pings; }

private:
    enum class Stage { Upgrade, Welcome, CatchUp, Live };

    void connected() override;
    void received(char *data, std::size_t size) override;
    void gone() override;
    void readUpgrade(std::string_view data);
    void readFrames(char *data, std::size_t size);
    bool handle(const FrameHead &head, std::string_view payload);
    void handleText(std::string_view payload);
    void readWelcome(std::string_view payload);
    void sendFrame(Opcode opcode, std::string_view payload);
    [[nodiscard]] std::string hello() const;
    void fail(const std::string &reason);

    std::size_t m_index;
    SessionOrder m_order;
    SessionListener &m_listener;
    Stage m_stage = Stage::Upgrade;
    HttpSplitter m_http;
    FrameParser m_frames;
    Moment m_startedAt;
    std::string m_epoch;
    std::string m_since;
    std::string m_mode;
    std::string m_lastWords;
    std::uint64_t m_pings = 0;
};
} // namespace belfry::bench
