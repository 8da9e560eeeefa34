#pragma once

#include "api/body_format.h"
#include "api/query.h"
#include "api/router.h"
#include "auth/principal.h"
#include "model/user_id.h"
#include "net/handler.h"
#include "ports/audit.h"
#include "ports/submit.h"
#include "runtime/log_context.h"
#include "runtime/loop.h"
#include "service/idempotency.h"
#include "service/limits.h"
#include "service/login_attempts.h"

#include <functional>
#include <memory>

namespace belfry::api {
struct ApiContext;

/// One request from its match to its answer: who asks what, and the way back. Lives on one loop; travels in
/// callbacks as a CallPtr and ends with answer(), fail() or a hand-over to the gateway.
class Call
{
public:
    /// A late reply of a stopping server may outlive the handler: the context is shared.
    Call(std::shared_ptr<const ApiContext> context, net::HttpRequest request, net::Responder responder);

    [[nodiscard]] const ApiContext &context() const { return *m_context; }
    [[nodiscard]] const net::HttpRequest &request() const { return m_request; }
    [[nodiscard]] const QByteArray &body() const { return m_request.body; }
    /// Set once the request is matched.
    [[nodiscard]] const Route *route() const { return m_route; }
    [[nodiscard]] BodyFormat format() const { return m_format; }
    /// A well-formed WebSocket handshake.
    [[nodiscard]] bool isUpgrade() const { return m_upgrade; }
    /// The n-th parameter of the route's pattern, decoded.
    [[nodiscard]] const QByteArray &parameter(std::size_t n) const { return m_parameters[n]; }
    /// The pattern's `:user`.
    [[nodiscard]] const model::UserId &user() const { return m_user; }
    /// Where it comes from, proxies looked through; before dropRequest().
    [[nodiscard]] service::Origin origin() const;
    [[nodiscard]] model::Result<Query> query() const { return Query::parse(m_request.query); }

    [[nodiscard]] bool isSignedIn() const { return m_principal.has_value(); }
    /// Only when isSignedIn(): always, on routes with Entry::Credential and Entry::Legacy.
    [[nodiscard]] const auth::Principal &principal() const { return *m_principal; }
    [[nodiscard]] bool isAnonymous() const;

    /// One time for the whole request.
    [[nodiscard]] model::Instant now() const { return m_now; }
    [[nodiscard]] const QByteArray &requestId() const { return m_requestId; }
    [[nodiscard]] const QByteArray &traceparent() const { return m_traceparent; }
    /// While it lives, what this thread logs belongs to this request.
    [[nodiscard]] runtime::LogContext logContext() const { return {m_requestId, m_traceparent}; }
    [[nodiscard]] const std::optional<ports::IdempotencyKey> &idempotency() const { return m_idempotency; }

    // What the handler finds out, in this order.
    void setMatch(Match &&match);
    [[nodiscard]] model::VoidResult setUser();
    void setPrincipal(std::optional<auth::Principal> principal) { m_principal = std::move(principal); }
    void setUpgrade(bool upgrade) { m_upgrade = upgrade; }
    void setFormat(BodyFormat format) { m_format = format; }
    void setLimit(const service::Limits::Standing &standing) { m_limit = standing; }
    void setIdempotency(ports::IdempotencyKey key) { m_idempotency = std::move(key); }
    /// Repeats hear "still running" until the answer is given.
    void setGuard(service::Idempotency::Guard guard) { m_guard = std::move(guard); }

    /// What the audit log is told with the answer (audit_note.h); nothing for most.
    void setAudit(ports::AuditEntry entry) { m_audit = std::move(entry); }
    /// What was made, once it is known.
    void setAuditTarget(model::Text target);
    /// The entry for an answer with this status, which is told once.
    [[nodiscard]] std::optional<ports::AuditEntry> takeAudit(int status);

    /// The answer is kept with the idempotency key already, or must not be.
    void setAnswerKept() { m_answerKept = true; }
    [[nodiscard]] bool mustKeepAnswer(int status) const;

    /// Everything is read: headers and body go while they are still in the processor's cache. What a route
    /// asks of them after its reply stays with it.
    void dropRequest();

    /// The headers that every answer has: request id, trace, limits, CORS, HSTS.
    void addCommonHeaders(net::HttpResponse &response) const;
    [[nodiscard]] net::Responder takeResponder() { return std::move(m_responder); }

private:
    std::shared_ptr<const ApiContext> m_context;
    net::HttpRequest m_request;
    net::Responder m_responder;
    const Route *m_route = nullptr;
    std::array<QByteArray, maxParameters> m_parameters;
    model::UserId m_user;
    std::optional<auth::Principal> m_principal;
    BodyFormat m_format = BodyFormat::Empty;
    model::Instant m_now;
    QByteArray m_requestId;
    QByteArray m_traceparent;
    QByteArray m_origin; ///< of the allow-list, else empty
    QByteArray m_transportSecurity;
    service::Limits::Standing m_limit;
    std::optional<ports::IdempotencyKey> m_idempotency;
    service::Idempotency::Guard m_guard;
    std::optional<ports::AuditEntry> m_audit;
    bool m_answerKept = false;
    bool m_upgrade = false;
};

using CallPtr = std::unique_ptr<Call>;

// Literals that live in the program: no allocation for each answer.
[[nodiscard]] inline QByteArray jsonType()
{
    return QByteArrayLiteral("application/json");
}
[[nodiscard]] inline QByteArray problemType()
{
    return QByteArrayLiteral("application/problem+json");
}

[[nodiscard]] model::Error noSuchNotification();

/// Ends the call with this answer: tells the audit log first where that is asked for, keeps it where an
/// Idempotency-Key asks for it (decisions H57).
void answer(CallPtr call, net::HttpResponse response);
void answer(CallPtr call, int status, QByteArray json);
/// The same where what a repeat may see is not what this caller sees: a secret is shown once and never
/// stored.
void answerKeeping(CallPtr call, net::HttpResponse response, QByteArray keptBody);
/// Ends the call with an event stream that `opened` goes on with; to HEAD with its headers alone.
void answerStream(CallPtr call, std::function<void(net::Connection &)> opened);
/// Ends the call with a problem: the only place where an Error becomes an answer. What is the server's own
/// fault (500, a database that is away) is logged.
void fail(CallPtr call, const model::Error &error);
/// Gives a stored answer again.
void replay(CallPtr call, ports::StoredAnswer stored);

/// A reply that fails the call on an error and else goes on with `next(call, value)`.
template<typename T, typename Next>
[[nodiscard]] runtime::Reply<model::Result<T>> orFail(CallPtr call, Next next)
{
    return [call = std::move(call), next = std::move(next)](model::Result<T> result) mutable {
        const runtime::LogContext context = call->logContext();
        if (!result)
            return fail(std::move(call), result.error());
        if constexpr (std::is_void_v<T>)
            next(std::move(call));
        else
            next(std::move(call), *std::move(result));
    };
}
} // namespace belfry::api
