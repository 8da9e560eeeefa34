#pragma once

#include "auth/authenticator.h"

namespace belfry::service {
/// One-use tickets for sockets and event streams (decisions H27). Any thread.
class Tickets
{
public:
    explicit Tickets(const auth::Authenticator &authenticator)
        : m_authenticator(authenticator)
    {
    }

    struct Ticket
    {
        QByteArray text;
        int expiresIn = 0; ///< seconds
    };
    /// Scope inbox:read, the user within reach; else Forbidden.
    [[nodiscard]] model::Result<Ticket> make(const auth::Principal &who, const model::UserId &user) const;

private:
    const auth::Authenticator &m_authenticator;
};
} // namespace belfry::service
