#pragma once

#include "protocol/client_messages.h"
#include "protocol/server_messages.h"
#include "raw_client.h"

#include <memory>

namespace belfry::test {
/// A person's device on a blocking socket: speaks belfry.v1 and keeps how far it has come. Any one thread.
class LiveClient
{
public:
    using Frame = std::optional<protocol::ServerMessage>;

    explicit LiveClient(quint16 port, int receiveBuffer = 0);

    /// Opens a socket, says hello and reads up to `welcome`.
    bool signIn(const QByteArray &token, const QByteArray &device, std::optional<model::Seq> since = {});
    void say(const protocol::ClientMessage &message);
    /// The next message; nothing: none in time, or closed (see closeCode). Pings are answered on the way.
    [[nodiscard]] Frame next(std::chrono::milliseconds limit = std::chrono::seconds(10));
    /// Reads until a message of this kind, which it answers.
    template<typename T>
    [[nodiscard]] std::optional<T> until(std::chrono::milliseconds limit = std::chrono::seconds(10))
    {
        while (Frame frame = next(limit)) {
            if (auto *message = std::get_if<T>(&*frame))
                return *message;
        }
        return {};
    }
    /// Reads until it is live and has seen this seq.
    [[nodiscard]] bool reach(model::Seq seq);
    void hangUp();

    model::Seq at = 0; ///< the last seq that came
    int misplaced = 0; ///< changes that came twice, or not in order
    int closeCode = 0;
    bool live = false;
    protocol::Welcome welcome;

private:
    void keep(const protocol::ServerMessage &message);
    void take(model::Seq seq);

    const quint16 m_port;
    const int m_receiveBuffer;
    std::unique_ptr<net::test::RawClient> m_socket;
};
} // namespace belfry::test
