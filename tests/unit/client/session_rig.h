#pragma once

#include "client/session_logic.h"
#include "fake_host.h"

namespace belfry::client {
inline constexpr model::Instant start{1'700'000'000'000'000};

inline model::Change entry(model::Seq seq)
{
    return {seq, model::ChangeKind::Recalled, start, model::Gone{model::Uuid{1, quint64(seq)}},
            model::Alert::None};
}

inline model::Op readUpTo(const char *id)
{
    return {{id}, model::OpSet::Read, model::UpTo{1}, {}, {}};
}

/// A logic with its host and a hand on the clock.
struct SessionRig
{
    explicit SessionRig(Cursor cursor = {{"e1"}, 10}, model::Text token = "a.b.c",
                        OpJournal *journal = nullptr)
        : logic(
              host, {{"dev"}, std::move(token), model::UserId{"u"}, std::move(cursor), {}},
              [] { return 1.0; }, journal)
    {
    }

    void discover()
    {
        protocol::WellKnown known;
        known.version = "1";
        known.protocols = {"belfry.v1"};
        logic.discovered(host.lastAttempt, known, now);
    }
    void hear(const protocol::ServerMessage &message) { logic.socketText(protocol::encode(message), now); }
    void welcome(protocol::Welcome::Mode mode, model::Seq head = 10)
    {
        hear(protocol::Welcome{{"e1"}, head, mode, std::chrono::seconds(25)});
    }
    void connect(protocol::Welcome::Mode mode = protocol::Welcome::Mode::Resume, model::Seq head = 10)
    {
        logic.start(now);
        discover();
        logic.socketOpened(now);
        welcome(mode, head);
    }
    void goLive()
    {
        connect();
        hear(protocol::Live{});
    }
    /// Again after a loss, without discovery.
    void reconnect()
    {
        logic.socketOpened(now);
        welcome(protocol::Welcome::Mode::Resume);
        hear(protocol::Live{});
    }
    void pass(std::chrono::milliseconds time)
    {
        now = now + time;
        logic.tick(now);
    }
    void event(model::Seq seq) { hear(protocol::Event{entry(seq)}); }

    FakeHost host;
    SessionLogic logic;
    model::Instant now = start;
};
} // namespace belfry::client
