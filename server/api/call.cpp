#include "api/call.h"

#include "api/admission.h"
#include "api/api_context.h"
#include "api/entity_tag.h"
#include "api/origin.h"
#include "api/trace_context.h"
#include "api/transport_security.h"
#include "protocol/operator_problem.h"
#include "runtime/log.h"
#include "runtime/trace_budget.h"

#include <algorithm>

namespace belfry::api {
namespace {
/// S2 and S4 know no 422 (decisions H13); what concerns the idempotency key is Belfry's own.
int statusFor(const Route *route, model::ErrorCode code)
{
    const int status = protocol::httpStatus(code);
    const bool legacy = route && (route->dialect == Dialect::S2 || route->dialect == Dialect::S4);
    return legacy && code == model::ErrorCode::Invalid ? 400 : status;
}

/// RFC 6750, section 3.
void addChallenge(net::HttpResponse &response, const Call &call, model::ErrorCode code)
{
    if (code == model::ErrorCode::Unauthenticated) {
        const bool shown = call.request().has("authorization");
        response.headers.push_back(
            {"WWW-Authenticate",
             shown ? "Bearer realm=\"belfry\", error=\"invalid_token\"" : "Bearer realm=\"belfry\""});
    }
}

net::HttpResponse problemAnswer(const Call &call, const model::Error &error)
{
    net::HttpResponse response;
    response.status = statusFor(call.route(), error.code);
    response.contentType = problemType();
    const bool forOperator = call.isSignedIn() && isOperator(call.principal());
    response.body = forOperator ? protocol::operatorProblemJson(error, call.requestId(), response.status)
                                : protocol::problemJson(error, call.requestId(), response.status);
    addChallenge(response, call, error.code);
    if (error.retryAfter)
        response.headers.push_back({"Retry-After", QByteArray::number(error.retryAfter->count())});
    return response;
}

QByteArray allowedOrigin(const ApiSettings &settings, const net::HttpRequest &request)
{
    if (settings.corsOrigins.isEmpty())
        return {};
    const QByteArray origin = request.header("origin").toByteArray();
    return settings.corsOrigins.contains(origin) ? origin : QByteArray();
}

/// Of the IETF httpapi draft: how many there are, in what window, how many are left, when it is full again.
void addLimit(net::HttpResponse &response, const service::Limits::Standing &standing)
{
    if (standing.quota == 0)
        return;
    response.headers.push_back(
        {QByteArrayLiteral("RateLimit-Policy"), "\"default\";q=" + QByteArray::number(standing.quota) +
                                                    ";w=" + QByteArray::number(standing.window)});
    response.headers.push_back(
        {QByteArrayLiteral("RateLimit"), "\"default\";r=" + QByteArray::number(standing.remaining) +
                                             ";t=" + QByteArray::number(standing.reset.count())});
}

/// The pattern, not the path: no user's id gets into a log.
QByteArrayView patternOf(const Call &call)
{
    return call.route() ? call.route()->pattern : QByteArrayView("no route");
}

/// On the way of every request: nothing is made of it unless somebody reads it.
void logAnswer(const Call &call, int status)
{
    const bool sampled = runtime::isSampled(call.traceparent()) && runtime::mayTrace();
    if (!sampled && !lcApi().isDebugEnabled())
        return;
    const runtime::LogContext context = call.logContext();
    const model::Duration took = call.context().clock.now() - call.now();
    const QByteArray line = call.request().methodText + ' ' + patternOf(call).toByteArray() + ": " +
                            QByteArray::number(status) + " in " + QByteArray::number(took.count()) + " us";
    if (sampled)
        qCInfo(lcTrace, "answered: %s", line.constData());
    else
        qCDebug(lcApi, "%s", line.constData());
}

void logFailure(const Call &call, const model::Error &error)
{
    if (error.code != model::ErrorCode::Internal && error.code != model::ErrorCode::Unavailable)
        return;
    const runtime::LogContext context = call.logContext();
    qCWarning(lcApi, "%s %s: %s", call.request().methodText.constData(),
              patternOf(call).toByteArray().constData(), error.detail.constData());
}

/// RFC 9110, section 13.1.2: who has it already is only told so (H97).
void tagAndCompare(const Call &call, net::HttpResponse &response)
{
    const Route *const route = call.route();
    if (!route || route->method != net::Method::Get || route->entry == Entry::Public ||
        response.status != 200 || response.contentType != jsonType())
        return;
    const bool decided = std::ranges::any_of(
        response.headers, [](const auto &h) { return h.name == "ETag" || h.name == "Cache-Control"; });
    if (decided)
        return;
    const QByteArray tag = tagOfBody(response.body);
    response.headers.push_back({QByteArrayLiteral("ETag"), quotedTag(tag)});
    response.headers.push_back({QByteArrayLiteral("Cache-Control"), QByteArrayLiteral("private, no-cache")});
    if (!noneMatchHits(call.request().header("if-none-match"), tag))
        return;
    response.status = 304;
    response.contentType = {};
    response.body = {};
}

void send(CallPtr call, net::HttpResponse response)
{
    tagAndCompare(*call, response);
    logAnswer(*call, response.status);
    call->addCommonHeaders(response);
    net::Responder responder = call->takeResponder();
    call.reset(); // its idempotency key is free before the caller can know the answer
    responder.respond(std::move(response));
}
} // namespace

Call::Call(std::shared_ptr<const ApiContext> context, net::HttpRequest request, net::Responder responder)
    : m_context(std::move(context))
    , m_request(std::move(request))
    , m_responder(std::move(responder))
    , m_now(m_context->clock.now())
    , m_requestId(requestIdFrom(m_request.header("x-request-id")))
    , m_traceparent(TraceContext::follow(m_request.header("traceparent")).traceparent)
    , m_origin(allowedOrigin(m_context->settings, m_request))
    , m_transportSecurity(transportSecurity(m_context->settings, m_request))
{
}

void Call::dropRequest()
{
    m_request.headers = {};
    m_request.body = {};
}

service::Origin Call::origin() const
{
    return originOf(m_request, m_context->settings.trustedProxies);
}

bool Call::isAnonymous() const
{
    return m_principal && m_principal->kind == auth::Principal::Kind::Anonymous;
}

void Call::setMatch(Match &&match)
{
    m_route = match.route;
    m_parameters = std::move(match.parameters);
}

model::VoidResult Call::setUser()
{
    const qsizetype at = m_route->pattern.indexOf("/:user");
    if (at < 0)
        return {};
    const auto n = static_cast<std::size_t>(m_route->pattern.first(at).count("/:"));
    auto user = model::makeUserId(m_parameters[n], "user_id");
    if (!user) {
        user.error().code = model::ErrorCode::Malformed; // of the path, not of a body
        return tl::unexpected(user.error());
    }
    m_user = *std::move(user);
    return {};
}

void Call::setAuditTarget(model::Text target)
{
    if (m_audit)
        m_audit->target = std::move(target);
}

std::optional<ports::AuditEntry> Call::takeAudit(int status)
{
    auto entry = std::exchange(m_audit, {});
    const bool isDone = status / 100 == 2;
    if (!entry || (!isDone && status != 403))
        return std::nullopt;
    entry->done = isDone;
    return entry;
}

bool Call::mustKeepAnswer(int status) const
{
    return m_idempotency && !m_answerKept && service::Idempotency::isKept(status);
}

void Call::addCommonHeaders(net::HttpResponse &response) const
{
    response.headers.reserve(response.headers.size() + 8);
    response.headers.push_back({QByteArrayLiteral("X-Request-Id"), m_requestId});
    response.headers.push_back({QByteArrayLiteral("traceparent"), m_traceparent});
    addLimit(response, m_limit);
    if (!m_transportSecurity.isEmpty())
        response.headers.push_back({QByteArrayLiteral("Strict-Transport-Security"), m_transportSecurity});
    if (m_context->settings.corsOrigins.isEmpty())
        return;
    response.headers.push_back({"Vary", "Origin"});
    if (!m_origin.isEmpty()) {
        response.headers.push_back({"Access-Control-Allow-Origin", m_origin});
        response.headers.push_back({"Access-Control-Expose-Headers",
                                    "ETag, Link, Retry-After, RateLimit, RateLimit-Policy, "
                                    "Idempotency-Replayed, X-Request-Id, traceparent"});
    }
}

void answer(CallPtr call, net::HttpResponse response)
{
    QByteArray kept = response.body;
    answerKeeping(std::move(call), std::move(response), std::move(kept));
}

void answerKeeping(CallPtr call, net::HttpResponse response, QByteArray keptBody)
{
    if (auto entry = call->takeAudit(response.status)) {
        const ApiContext &context = call->context();
        return context.services.audit.note(
            context.loop, *std::move(entry),
            [call = std::move(call), response = std::move(response), kept = std::move(keptBody)]() mutable {
                answerKeeping(std::move(call), std::move(response), std::move(kept));
            });
    }
    if (!call->mustKeepAnswer(response.status))
        return send(std::move(call), std::move(response));
    const ApiContext &context = call->context();
    ports::IdempotencyKey key = *call->idempotency();
    ports::StoredAnswer stored{response.status, response.contentType, std::move(keptBody)};
    context.services.idempotency.keep(context.loop, std::move(key), std::move(stored),
                                      [call = std::move(call), response = std::move(response)]() mutable {
                                          send(std::move(call), std::move(response));
                                      });
}

void answer(CallPtr call, int status, QByteArray json)
{
    net::HttpResponse response;
    response.status = status;
    response.contentType = jsonType();
    response.body = std::move(json);
    answer(std::move(call), std::move(response));
}

void answerStream(CallPtr call, std::function<void(net::Connection &)> opened)
{
    net::HttpResponse head;
    head.contentType = "text/event-stream";
    head.headers.push_back({"Cache-Control", "no-store"});
    head.headers.push_back({"X-Accel-Buffering", "no"}); // nginx would keep events back
    if (call->request().method == net::Method::Head)
        return answer(std::move(call), std::move(head));
    call->addCommonHeaders(head);
    call->takeResponder().stream(std::move(head), std::move(opened));
}

void fail(CallPtr call, const model::Error &error)
{
    logFailure(*call, error);
    net::HttpResponse response = problemAnswer(*call, error);
    // The same key is busy with another body or request: that is no answer to *this* key.
    if (error.code == model::ErrorCode::InProgress || error.code == model::ErrorCode::IdempotencyReuse)
        call->setAnswerKept();
    answer(std::move(call), std::move(response));
}

model::Error noSuchNotification()
{
    return {model::ErrorCode::NotFound, "There is no such notification.", {}, {}};
}

void replay(CallPtr call, ports::StoredAnswer stored)
{
    net::HttpResponse response;
    response.status = stored.status;
    response.contentType = std::move(stored.contentType);
    response.body = std::move(stored.body);
    response.headers.push_back({"Idempotency-Replayed", "true"});
    send(std::move(call), std::move(response));
}
} // namespace belfry::api
