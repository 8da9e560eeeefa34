#include "service/standings.h"

namespace belfry::service {
namespace {
/// After its end a token of the session may be shown for so long; servers' clocks may differ a little.
constexpr std::chrono::seconds remembered = auth::Authenticator::tokenLife + std::chrono::seconds(60);
} // namespace

void Standings::load(Loop &home, Reply<model::VoidResult> reply)
{
    const model::Instant now = m_clock.now();
    m_store.people().standings(home, now, now - remembered,
                               [this, read = m_authenticator.nextStandingsRead(),
                                reply = std::move(reply)](model::Result<ports::Standings> found) mutable {
                                   if (!found)
                                       return reply(tl::unexpected(std::move(found.error())));
                                   m_authenticator.setStandings(*found, read);
                                   reply({});
                               });
}

void Standings::follow(Loop &home, std::chrono::milliseconds every)
{
    home.after(every, [this, &home, every] {
        // A read that fails leaves what is known; the store itself tells why.
        load(home, [this, &home, every](const model::VoidResult &) { follow(home, every); });
    });
}
} // namespace belfry::service
