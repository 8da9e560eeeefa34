#pragma once

#include "model/result.h"

#include <memory>
#include <string>

struct ssl_ctx_st;

namespace belfry::bench {
/// Whom the bench believes to be the server, when it speaks TLS. One thread.
class TlsTrust
{
public:
    /// `caFile`: PEM, trusted alone; empty: the system's authorities. `anyone`: no check at all. Malformed:
    /// the file holds no certificate.
    [[nodiscard]] static model::Result<std::shared_ptr<TlsTrust>> make(const std::string &caFile,
                                                                       bool anyone);
    ~TlsTrust();
    TlsTrust(const TlsTrust &) = delete;
    TlsTrust &operator=(const TlsTrust &) = delete;

    [[nodiscard]] ssl_ctx_st *context() const { return m_context; }
    /// Why a handshake failed; said once on stderr, for all connections fail alike.
    void complain(const char *reason);

private:
    explicit TlsTrust(ssl_ctx_st *context);

    ssl_ctx_st *m_context;
    bool m_complained = false;
};
} // namespace belfry::bench
