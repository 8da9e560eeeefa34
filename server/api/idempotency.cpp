#include "api/idempotency.h"

#include "api/api_context.h"

namespace belfry::api {
namespace {
void serve(CallPtr call)
{
    const auto by = call->route()->serve;
    by(std::move(call));
}

void replayOrServe(CallPtr call, service::Idempotency::Begun begun)
{
    if (begun.replay)
        return replay(std::move(call), *std::move(begun.replay));
    call->setGuard(std::move(begun.guard));
    serve(std::move(call));
}

/// The path, not the pattern: the same key for two users is two requests.
model::Result<ports::IdempotencyKey> keyOf(const Call &call)
{
    const net::HttpRequest &request = call.request();
    return service::Idempotency::makeKey(
        call.principal(), "POST " + request.path, request.header("idempotency-key").toByteArray(),
        request.header("content-type"), request.body,
        call.route()->holdsPassword ? &call.context().authenticator : nullptr);
}
} // namespace

void serveOnce(CallPtr call)
{
    const net::HttpRequest &request = call->request();
    if (request.method != net::Method::Post || !call->isSignedIn() || !request.has("idempotency-key"))
        return serve(std::move(call));
    auto key = keyOf(*call);
    if (!key)
        return fail(std::move(call), key.error());
    const ApiContext &context = call->context();
    const ports::IdempotencyKey asked = *key;
    call->setIdempotency(*std::move(key));
    context.services.idempotency.begin(context.loop, asked,
                                       orFail<service::Idempotency::Begun>(std::move(call), replayOrServe));
}
} // namespace belfry::api
