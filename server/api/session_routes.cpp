#include "api/session_routes.h"

#include "api/api_context.h"
#include "protocol/answers.h"
#include "protocol/legacy.h"
#include "protocol/session_requests.h"

namespace belfry::api {
namespace {
void answerGranted(CallPtr call, const service::Logins::Granted &granted)
{
    net::HttpResponse response;
    response.contentType = jsonType();
    response.headers.push_back({"Cache-Control", "no-store"}); // RFC 6749, section 5.1
    response.body = protocol::encode(
        protocol::SessionGrant{granted.user, granted.accessToken, granted.expiresIn, granted.refreshToken});
    answer(std::move(call), std::move(response));
}
} // namespace

void postLogin(CallPtr call)
{
    auto asked = protocol::parseLogin(call->body());
    if (!asked)
        return fail(std::move(call), asked.error());
    const ApiContext &context = call->context();
    service::Logins::Wish wish{std::move(asked->email), std::move(asked->password), std::move(asked->device),
                               call->origin()};
    context.services.logins.login(context.loop, std::move(wish),
                                  orFail<service::Logins::Granted>(std::move(call), answerGranted));
}

void postRefresh(CallPtr call)
{
    const auto token = protocol::parseRefresh(call->body());
    if (!token)
        return fail(std::move(call), token.error());
    const ApiContext &context = call->context();
    service::Origin from = call->origin();
    context.services.logins.refresh(context.loop, *token, std::move(from),
                                    orFail<service::Logins::Granted>(std::move(call), answerGranted));
}

void postLogout(CallPtr call)
{
    const auto token = protocol::parseRefresh(call->body());
    if (!token)
        return fail(std::move(call), token.error());
    const ApiContext &context = call->context();
    const service::Origin from = call->origin();
    auto ended = [](CallPtr done) { answer(std::move(done), 200, protocol::legacyMessage("Signed out")); };
    context.services.logins.logout(context.loop, *token, from, orFail<void>(std::move(call), ended));
}
} // namespace belfry::api
