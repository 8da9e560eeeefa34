#pragma once

#include "bench/tls_trust.h"

#include <span>
#include <string>
#include <string_view>

struct ssl_st;

namespace belfry::bench {
/// The client's side of TLS for one connection, without a socket: bytes in, bytes out.
class TlsSession
{
public:
    /// `address`: the server's, as text; its certificate must be made out to it.
    TlsSession(TlsTrust &trust, const std::string &address);
    ~TlsSession();
    TlsSession(const TlsSession &) = delete;
    TlsSession &operator=(const TlsSession &) = delete;

    [[nodiscard]] bool isShaken() const { return m_shaken; }
    /// Begins the handshake, or goes on with it. False: it failed.
    [[nodiscard]] bool shake();
    /// Plain text to send; it waits until the handshake is done.
    void say(std::string_view plain);
    /// What is to be sent as it is.
    [[nodiscard]] std::string takeOutput();
    /// What came from the network.
    void feed(std::span<const char> bytes);
    /// Plain bytes read; 0: none for now; negative: the server said that it is done, or what it says is
    /// broken.
    [[nodiscard]] long read(std::span<char> to);

private:
    TlsTrust &m_trust;
    ssl_st *m_ssl;
    std::string m_waiting;
    bool m_shaken = false;
};
} // namespace belfry::bench
