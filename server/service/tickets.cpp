#include "service/tickets.h"

#include "service/access.h"

namespace belfry::service {
model::Result<Tickets::Ticket> Tickets::make(const auth::Principal &who, const model::UserId &user) const
{
    if (auto allowed = requireReach(who, auth::Scope::InboxRead, user); !allowed)
        return tl::unexpected(std::move(allowed.error()));
    return Ticket{m_authenticator.makeTicket(user, who.expiresAt, who.key),
                  auth::Authenticator::ticketSeconds};
}
} // namespace belfry::service
