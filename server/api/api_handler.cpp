#include "api/api_handler.h"

#include "api/admission.h"
#include "api/audit_note.h"
#include "api/idempotency.h"
#include "api/route_table.h"
#include "api/trace_context.h"
#include "api/transport_security.h"
#include "protocol/operator_problem.h"

namespace belfry::api {
namespace {
constexpr char everyMethod[] = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
constexpr char preflightAge[] = "600";

void addAllow(net::HttpResponse &response, QByteArrayView allow)
{
    response.headers.push_back(
        {"Allow", allow.isEmpty() ? QByteArray(everyMethod) : allow.toByteArray() + ", OPTIONS"});
}

/// OPTIONS, and the preflight of a browser (Fetch, section 4.8): for origins of the allow-list only.
void answerOptions(CallPtr call, QByteArrayView allow)
{
    net::HttpResponse response;
    response.status = 204;
    addAllow(response, allow);
    const auto &settings = call->context().settings;
    const QByteArrayView origin = call->request().header("origin");
    if (!origin.isEmpty() && settings.corsOrigins.contains(origin)) {
        response.headers.push_back({"Access-Control-Allow-Methods", allow.toByteArray()});
        response.headers.push_back({"Access-Control-Allow-Headers",
                                    "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, "
                                    "Last-Event-ID, X-Request-Id, traceparent"});
        response.headers.push_back({"Access-Control-Max-Age", preflightAge});
    }
    answer(std::move(call), std::move(response));
}

/// 405 names what would be allowed (RFC 9110, section 15.5.6).
void refuseMethod(CallPtr call, QByteArrayView allow)
{
    const model::Error error{model::ErrorCode::MethodNotAllowed,
                             "This address does not know the method " + call->request().methodText + ".",
                             {},
                             {}};
    net::HttpResponse response;
    response.status = protocol::httpStatus(error.code);
    response.contentType = problemType();
    response.body = protocol::problemJson(error, call->requestId(), response.status);
    addAllow(response, allow);
    answer(std::move(call), std::move(response));
}

model::VoidResult checkFormat(Call &call)
{
    const QByteArrayView type = call.request().header("content-type");
    call.setFormat(bodyFormat(call.route()->body, type, call.body()));
    if (call.format() != BodyFormat::Unsupported)
        return {};
    return model::fail(model::ErrorCode::UnsupportedMedia, "This address takes application/json.");
}

/// Whose role lets one administer others reaches them there, and nowhere else (semantics 19).
bool isPersonal(const Route &route)
{
    return !route.scopes || (route.scopes & auth::personalScopes);
}

model::ErrorCode codeFor(const net::Refusal &why)
{
    switch (why.status) {
    case 405:
        return model::ErrorCode::MethodNotAllowed;
    case 408:
        return model::ErrorCode::Timeout;
    case 413:
    case 431:
        return model::ErrorCode::TooLarge;
    case 500:
        return model::ErrorCode::Internal;
    case 503:
        return why.stopping ? model::ErrorCode::Draining : model::ErrorCode::Overloaded;
    default:
        return model::ErrorCode::Malformed;
    }
}
} // namespace

ApiHandler::ApiHandler(ApiContext context)
    : m_context(std::make_shared<const ApiContext>(std::move(context)))
    , m_router(routeTable())
{
}

ApiHandler::~ApiHandler() = default;

net::BodyRule ApiHandler::bodyRule(const net::HttpRequest &head)
{
    const Route *route = m_router.peek(head.method, head.path);
    return {route ? route->limit : bodyLimit};
}

void ApiHandler::handle(net::HttpRequest request, bool isUpgrade, net::Responder responder)
{
    Match match = m_router.find(request.method, request.path);
    auto call = std::make_unique<Call>(m_context, std::move(request), std::move(responder));
    call->setUpgrade(isUpgrade);
    dispatch(std::move(call), std::move(match));
}

void ApiHandler::dispatch(CallPtr call, Match match)
{
    const runtime::LogContext context = call->logContext();
    const net::Method method = call->request().method;
    if (match.outcome == Match::Outcome::BadEscape)
        return fail(std::move(call),
                    {model::ErrorCode::Malformed, "The path is not percent-encoded UTF-8.", {}, {}});
    // Asks of the server as a whole (RFC 9110, section 9.3.7).
    if (method == net::Method::Options && call->request().path == "*")
        return answerOptions(std::move(call), {});
    if (match.outcome == Match::Outcome::NoPath && method != net::Method::Other)
        return fail(std::move(call),
                    {model::ErrorCode::NotFound, "There is nothing at this address.", {}, {}});
    if (!match.route) {
        return method == net::Method::Options ? answerOptions(std::move(call), match.allow)
                                              : refuseMethod(std::move(call), match.allow);
    }
    call->setMatch(std::move(match));
    if (auto ready = prepare(*call); !ready)
        return fail(std::move(call), ready.error());
    auditRoute(*call);
    serveOnce(std::move(call));
}

/// Everything that is the same for all routes, in the order in which a caller should hear of it.
model::VoidResult ApiHandler::prepare(Call &call) const
{
    auto principal = admit(*call.route(), call.request(), m_context->authenticator);
    if (!principal)
        return tl::unexpected(principal.error());
    call.setPrincipal(*std::move(principal));
    if (call.isSignedIn() && call.route()->metered) {
        const auto standing = m_context->services.limits.request(call.principal());
        call.setLimit(standing);
        if (!standing.allowed)
            return tl::unexpected(service::Limits::refusal(standing));
    }
    if (auto user = call.setUser(); !user)
        return user;
    if (call.isSignedIn() && isPersonal(*call.route()) && !call.user().isEmpty() &&
        !call.principal().reaches(call.user()))
        return model::fail(model::ErrorCode::Forbidden, "This token reaches its own user only.");
    return checkFormat(call);
}

net::HttpResponse ApiHandler::refusal(const net::Refusal &why, const net::HttpRequest &head)
{
    net::HttpResponse response;
    response.status = why.status;
    response.contentType = problemType();
    const QByteArray requestId = requestIdFrom(head.header("x-request-id"));
    // What was refused here speaks of the request only.
    response.body = protocol::operatorProblemJson({codeFor(why), why.detail, {}, {}}, requestId, why.status);
    response.headers.push_back({"X-Request-Id", requestId});
    response.headers.push_back({"traceparent", TraceContext::follow(head.header("traceparent")).traceparent});
    if (const QByteArray security = transportSecurity(m_context->settings, head); !security.isEmpty())
        response.headers.push_back({"Strict-Transport-Security", security});
    if (why.status == 405)
        addAllow(response, {});
    response.close = true;
    return response;
}
} // namespace belfry::api
