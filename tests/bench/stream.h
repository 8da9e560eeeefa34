#pragma once

#include "bench/endpoint.h"
#include "bench/poller.h"
#include "bench/tls_session.h"

#include <memory>
#include <string>
#include <string_view>

namespace belfry::bench {
/// One TCP connection on the poller, behind TLS where the endpoint says so: what HTTP connections and
/// WebSocket sessions have in common. Can be opened again after it was closed.
class Stream : public Watcher
{
public:
    explicit Stream(Poller &poller)
        : m_poller(poller)
    {
    }

    [[nodiscard]] bool isOpen() const { return m_fd.isOpen(); }
    void ready(std::uint32_t events) final;

protected:
    enum class Farewell { Polite, Abrupt };

    /// Connects in the background; `number` chooses the source address. Unavailable: why not.
    [[nodiscard]] model::VoidResult open(const Endpoint &target, std::uint64_t number);
    void adopt(Fd socket);
    /// Writes at once; what the kernel does not take waits for the next writable edge.
    void send(std::string_view data);
    /// Abrupt: by RST, as a machine that vanishes; leaves no TIME_WAIT.
    void close(Farewell farewell = Farewell::Polite);
    [[nodiscard]] Poller &poller() { return m_poller; }

    virtual void connected() {}
    /// `data` may be overwritten.
    virtual void received(char *data, std::size_t size) = 0;
    /// The other side closed or broke the connection, or it could not be made; already closed here.
    virtual void gone() = 0;

private:
    enum class Progress { Connected, Connecting, Failed };
    [[nodiscard]] Progress checkConnect() const;
    void flush();
    void sendRaw(std::string_view data);
    void sendOutput();
    void readAll(bool untilEnd);
    /// Bytes of the network, as they are or decrypted.
    void take(char *data, std::size_t size);
    void decrypt(std::size_t size);
    void lose();

    Poller &m_poller;
    Fd m_fd;
    bool m_connecting = false;
    std::unique_ptr<TlsSession> m_tls;
    std::string m_unsent;
    std::uint32_t m_generation = 0;
};
} // namespace belfry::bench
