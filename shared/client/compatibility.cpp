#include "client/compatibility.h"

namespace belfry::client {
namespace {
constexpr QByteArrayView family = "belfry.v";
constexpr int ourProtocol = 1;

/// Highest protocol of our family that the server speaks; 0: none.
int newestOf(const protocol::WellKnown &server)
{
    int newest = 0;
    for (const model::Text &name : server.protocols) {
        if (name.startsWith(family))
            newest = std::max(newest, name.mid(family.size()).toInt());
    }
    return newest;
}
} // namespace

Compatibility compatibilityOf(const protocol::WellKnown &server)
{
    if (server.protocols.contains(family.toByteArray() + model::Text::number(ourProtocol)))
        return Compatibility::Good;
    return newestOf(server) > ourProtocol ? Compatibility::ServerTooNew : Compatibility::ServerTooOld;
}

model::VoidResult checkCompatible(const protocol::WellKnown &server)
{
    const Compatibility compatibility = compatibilityOf(server);
    if (compatibility == Compatibility::Good)
        return {};
    const model::Text name = family.toByteArray() + model::Text::number(ourProtocol);
    const bool newer = compatibility == Compatibility::ServerTooNew;
    return model::fail(model::ErrorCode::Conflict,
                       "this program speaks " + name + ", the server (version " + server.version +
                           ") does not: " + (newer ? "update this program" : "update the server"));
}
} // namespace belfry::client
