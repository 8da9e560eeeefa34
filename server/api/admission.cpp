#include "api/admission.h"

#include "api/query.h"

namespace belfry::api {
namespace {
using MaybePrincipal = std::optional<auth::Principal>;

bool tellsOfProxy(QByteArrayView name)
{
    return name == "forwarded" || name == "x-real-ip" || name.startsWith("x-forwarded-");
}

auth::Surroundings surroundingsOf(const net::HttpRequest &request)
{
    auth::Surroundings around;
    around.loopback = request.peer.loopback;
    around.peer = request.peer.address.toString().toLatin1();
    for (const net::Header &header : request.headers) {
        if (header.name == "host")
            around.host = header.value;
        else if (header.name == "origin")
            around.origin = header.value;
        else if (tellsOfProxy(header.name))
            around.forwarded = true;
    }
    return around;
}

/// What the request shows; nothing when it shows nothing.
model::Result<MaybePrincipal> fromCredential(const Route &route, const net::HttpRequest &request,
                                             const auth::Authenticator &authenticator)
{
    if (const QByteArrayView header = request.header("authorization"); request.has("authorization"))
        return authenticator.fromHeader(header);
    if (!route.ticket || request.query.isEmpty())
        return MaybePrincipal();
    auto query = Query::parse(request.query);
    if (!query)
        return tl::unexpected(query.error());
    if (!query->has("ticket"))
        return MaybePrincipal();
    return authenticator.fromTicket(query->text("ticket"));
}

model::Result<MaybePrincipal> withoutCredential(const Route &route, const net::HttpRequest &request,
                                                const auth::Authenticator &authenticator)
{
    const auto around = surroundingsOf(request);
    switch (route.entry) {
    case Entry::Public:
    case Entry::Hello:
        return MaybePrincipal();
    case Entry::Legacy:
        return authenticator.anonymous(around);
    case Entry::Loopback:
        if (auth::opensLegacyRoutes(around))
            return MaybePrincipal();
        break;
    case Entry::Credential:
        break;
    }
    return model::fail(
        model::ErrorCode::Unauthenticated,
        "This needs a key or a token: Authorization: Bearer <key>. `belfryd keys create` makes one.");
}

model::VoidResult checkScopes(const Route &route, const auth::Principal &principal)
{
    const auth::Scopes missing = route.scopes & ~principal.scopes;
    if (!missing || (route.orScopes && !(route.orScopes & ~principal.scopes)))
        return {};
    return model::fail(model::ErrorCode::Forbidden,
                       "This credential lacks the scope " + auth::scopeNames(missing).join(", ") + ".");
}
} // namespace

model::Result<MaybePrincipal> admit(const Route &route, const net::HttpRequest &request,
                                    const auth::Authenticator &authenticator)
{
    if (route.entry == Entry::Public)
        return MaybePrincipal();
    auto principal = fromCredential(route, request, authenticator);
    if (principal && !*principal)
        principal = withoutCredential(route, request, authenticator);
    if (principal && *principal) {
        if (auto allowed = checkScopes(route, **principal); !allowed)
            return tl::unexpected(allowed.error());
    }
    return principal;
}

bool isOperator(const auth::Principal &who)
{
    return who.has(auth::Scope::AdminRead) || who.has(auth::Scope::MetricsRead);
}

bool isFromOperator(const net::HttpRequest &request, const auth::Authenticator &authenticator)
{
    if (!request.has("authorization"))
        return auth::opensLegacyRoutes(surroundingsOf(request));
    const auto who = authenticator.fromHeader(request.header("authorization"));
    return who && isOperator(*who);
}
} // namespace belfry::api
