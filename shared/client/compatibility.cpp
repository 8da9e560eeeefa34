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

model::VoidResult checkCompatible(const protocol::WellKnown &server)
{
    const model::Text name = family.toByteArray() + model::Text::number(ourProtocol);
    if (server.protocols.contains(name))
        return {};
    const bool newer = newestOf(server) > ourProtocol;
    return model::fail(model::ErrorCode::Conflict,
                       "this program speaks " + name + ", the server (version " + server.version +
                           ") does not: " + (newer ? "update this program" : "update the server"));
}
} // namespace belfry::client
