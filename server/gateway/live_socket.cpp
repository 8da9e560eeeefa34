#include "gateway/live_socket.h"

#include "gateway/core.h"
#include "protocol/frame.h"
#include "runtime/log.h"
#include "runtime/log_context.h"
#include "runtime/request_id.h"
#include "runtime/trace_budget.h"
#include "service/access.h"

#include <algorithm>

namespace belfry::gateway {
using model::ErrorCode;
using protocol::CloseCode;

namespace {
model::Error error(ErrorCode code, const char *detail)
{
    return {code, detail, {}, {}};
}

model::Error keyWithoutUser()
{
    return {ErrorCode::Invalid,
            "user: with an API key a hello must say whose inbox it is",
            {{"/user", "with an API key a hello must say whose inbox it is"}},
            {}};
}

model::Error keyIsGone()
{
    return error(ErrorCode::Unauthenticated,
                 "key: it, or what the ticket was made with, was revoked or is over");
}

/// How many are waited for: enough for a burst, little enough for many clients that never ack.
constexpr std::size_t mostUnacked = 32;

/// A step of a notification whose trace somebody asked for.
void trace(const model::Text &traceparent, const char *step, model::Seq seq, const model::DeviceId &device)
{
    if (!runtime::mayTrace())
        return;
    const runtime::LogContext context({}, traceparent);
    qCInfo(lcTrace, "%s: seq %lld, device %s", step, static_cast<long long>(seq), device.text.constData());
}

/// As for requests: what is the server's own fault in any case, all else for who looks for it.
void logRefusal(const model::Error &why, const model::Text &requestId)
{
    const bool isOwnFault = why.code == ErrorCode::Internal || why.code == ErrorCode::Unavailable;
    if (!isOwnFault && !lcGateway().isDebugEnabled())
        return;
    const runtime::LogContext context(requestId, {});
    if (isOwnFault)
        qCWarning(lcGateway, "a message of a socket failed: %s", why.detail.constData());
    else
        qCDebug(lcGateway, "a message of a socket was refused: %s", why.detail.constData());
}

std::uint64_t microseconds(runtime::SteadyTime::duration duration)
{
    return static_cast<std::uint64_t>(duration / std::chrono::microseconds(1));
}
} // namespace

LiveSocket::LiveSocket(Core &core, net::Connection &connection, OpenContext context)
    : Session(core, connection, Kind::Socket)
    , m_context(std::make_unique<OpenContext>(std::move(context)))
{
}

LiveSocket::~LiveSocket() = default;

void LiveSocket::receive(QByteArrayView text)
{
    model::OpId badOp;
    const model::Result<protocol::ClientMessage> message = protocol::parseClientMessage(text, &badOp);
    const bool greeting = phase() == Phase::Greeting;
    if (greeting && message && !std::holds_alternative<protocol::Hello>(*message))
        return refuse(error(ErrorCode::Unauthenticated, "the first message must be a hello"),
                      CloseCode::Unauthenticated);
    if (message)
        return std::visit([this](const auto &m) { on(m); }, *message);
    sendError(message.error(), badOp);
    countBadMessage();
}

void LiveSocket::on(const protocol::Hello &hello)
{
    if (phase() != Phase::Greeting) {
        sendError(error(ErrorCode::Conflict, "a hello was said already: open a new socket for another one"));
        return countBadMessage();
    }
    m_core.probe().hellos.add();
    m_helloAt = m_core.steady();
    const model::Result<auth::Principal> principal = credentialOf(hello);
    if (!principal)
        return refuse(principal.error(), CloseCode::Unauthenticated);
    const model::UserId user = hello.user.value_or(principal->user);
    const model::VoidResult reach = service::requireReach(*principal, auth::Scope::InboxRead, user);
    if (!reach)
        return refuse(reach.error(), CloseCode::Forbidden);
    if (user.isEmpty()) {
        sendError(keyWithoutUser());
        return countBadMessage();
    }
    if (!adopt(*principal)) // since the upgrade
        return refuse(keyIsGone(), CloseCode::Unauthenticated);
    m_device = hello.device;
    m_context.reset();
    m_core.signIn(*this, user, m_device, {hello.since, hello.epoch});
}

model::Result<auth::Principal> LiveSocket::credentialOf(const protocol::Hello &hello) const
{
    if (!hello.token.isEmpty())
        return m_core.parts().authenticator.fromToken(hello.token);
    if (m_context->principal && m_context->principal->kind != auth::Principal::Kind::Anonymous)
        return *m_context->principal;
    return model::fail(ErrorCode::Unauthenticated,
                       "token: a hello without a credential at the upgrade must bring one");
}

bool LiveSocket::adopt(const auth::Principal &principal)
{
    m_principal = principal;
    return bind(principal);
}

void LiveSocket::on(const protocol::Refresh &refresh)
{
    const model::Result<auth::Principal> principal = m_core.parts().authenticator.fromToken(refresh.token);
    if (!principal)
        return sendError(principal.error());
    if (principal->kind != m_principal.kind || principal->id != m_principal.id)
        return refuse(error(ErrorCode::Forbidden, "token: a refresh must not change the subject"),
                      CloseCode::Forbidden);
    if (!adopt(*principal))
        return refuse(keyIsGone(), CloseCode::Unauthenticated);
    askTimeAgain();
}

void LiveSocket::on(const protocol::Ack &ack)
{
    m_core.probe().acksIn.add();
    // A snapshot may be ahead of what this loop has heard of; the cursor follows with the news.
    const model::Seq seq = std::min(ack.seq, user()->state.head);
    if (seq <= m_acked)
        return;
    m_acked = seq;
    settleAcked();
    if (!std::exchange(m_ackQueued, true))
        m_core.queueAck(*this);
}

void LiveSocket::expectAck(const model::Change &change)
{
    const auto *item = std::get_if<model::Notification>(&change.what);
    if (change.kind != model::ChangeKind::Created || item == nullptr)
        return;
    const bool sampled = runtime::isSampled(item->traceparent);
    if (m_unacked.size() == mostUnacked) // a client that never acks
        m_unacked.erase(m_unacked.begin());
    m_unacked.push_back({change.seq, change.at, sampled ? item->traceparent : model::Text()});
    if (sampled)
        trace(item->traceparent, "sent", change.seq, m_device);
}

void LiveSocket::settleAcked()
{
    const auto end =
        std::ranges::find_if(m_unacked, [this](const Unacked &sent) { return sent.seq > m_acked; });
    if (end == m_unacked.begin())
        return;
    const model::Instant now = m_core.now();
    for (auto sent = m_unacked.begin(); sent != end; ++sent) {
        const model::Duration age = now - sent->at;
        m_core.probe().publishToDelivered.observe(
            static_cast<std::uint64_t>(std::max<qint64>(age.count(), 0)));
        if (!sent->traceparent.isEmpty())
            trace(sent->traceparent, "acked", sent->seq, m_device);
    }
    if (end == m_unacked.end())
        m_unacked = {}; // most sockets wait for nothing most of the time: no memory for it
    else
        m_unacked.erase(m_unacked.begin(), end);
}

void LiveSocket::flushAck()
{
    if (!std::exchange(m_ackQueued, false) || user() == nullptr || m_device.isEmpty())
        return;
    m_core.parts().ops.ack(user()->id, m_device, m_acked);
}

void LiveSocket::on(const protocol::OpRequest &request)
{
    m_core.probe().opsIn.add();
    if (!m_ops)
        m_ops = std::make_unique<Ops>();
    if (m_core.settings().opsUnderWay > 0 && m_ops->underWay >= m_core.settings().opsUnderWay) {
        return sendError(error(ErrorCode::Overloaded, "too many ops are under way: wait for `applied`"),
                         request.op.id);
    }
    ++m_ops->underWay;
    auto reply = [core = m_core.weak_from_this(), session = id(),
                  op = request.op.id](const model::Result<ports::OpsResult> &result) {
        const auto alive = core.lock();
        if (Session *found = alive ? alive->findSession(session) : nullptr)
            static_cast<LiveSocket *>(found)->takeOpsAnswer(op, result);
    };
    m_core.parts().ops.applyOne(m_core.loop(), m_principal, user()->id, request.op, std::move(reply));
}

void LiveSocket::takeOpsAnswer(const model::OpId &op, const model::Result<ports::OpsResult> &result)
{
    if (isOver() || !m_ops)
        return;
    --m_ops->underWay;
    if (result) {
        m_ops->answered.insert(m_ops->answered.end(), result->applied.begin(), result->applied.end());
        m_core.expectNews(*user(), result->head);
    } else {
        sendError(result.error(), op);
    }
    sendAnswered();
}

void LiveSocket::sendAnswered()
{
    // The op's own `ev` goes first (H71); an op that changed nothing has none.
    std::size_t n = 0;
    while (n < m_ops->answered.size() && m_ops->answered[n].seq <= cursor())
        sendMessage(protocol::Applied{m_ops->answered[n++]});
    m_ops->answered.erase(m_ops->answered.begin(), m_ops->answered.begin() + static_cast<std::ptrdiff_t>(n));
    if (m_ops->underWay > 0 || !m_ops->answered.empty())
        return;
    m_ops.reset();
    if (owesTurn())
        oweTurn();
}

void LiveSocket::onAdvanced()
{
    if (m_ops && !m_ops->answered.empty())
        sendAnswered();
}

void LiveSocket::on(const protocol::Presence &presence)
{
    m_core.probe().presenceIn.add();
    const model::Instant now = m_core.now();
    // A clock that is ahead would win over every other device.
    const model::Instant at = std::min(presence.at.value_or(now), now);
    const bool active = presence.state == protocol::Presence::State::Active;
    if (!active && m_leaseUntil == never)
        return;
    m_leaseUntil = active ? m_core.steady() + m_core.settings().presenceLease : never;
    m_core.setActive(*this, active, at);
    askTimeAgain();
}

void LiveSocket::onOwnDeadline()
{
    m_leaseUntil = never;
    m_core.setActive(*this, false, m_core.now());
}

void LiveSocket::on(const protocol::UnknownRequest &request)
{
    qCDebug(lcGateway) << "skipped a message of unknown type" << request.type.left(40);
}

void LiveSocket::leaving()
{
    flushAck();
}

void LiveSocket::takeLiveOnly(protocol::PreparedChange &prepared, model::Alert alert)
{
    send(prepared.frame(alertHere(alert)));
}

void LiveSocket::sendWelcome(protocol::Welcome::Mode mode)
{
    const auto ping = std::chrono::duration_cast<std::chrono::seconds>(m_core.settings().pingEvery);
    sendMessage(protocol::Welcome{m_core.epoch(), user()->state.head, mode, ping});
    m_core.probe().helloTime.observe(microseconds(m_core.steady() - m_helloAt));
}

void LiveSocket::sendCaughtUp()
{
    sendMessage(protocol::Live{});
}

void LiveSocket::sendEvent(protocol::PreparedChange &prepared, model::Alert alert)
{
    send(prepared.frame(alert));
    m_core.probe().evSent.add();
    expectAck(prepared.change());
}

std::size_t LiveSocket::sendReplay(std::span<const model::Change> changes)
{
    protocol::BatchBuilder batch;
    std::size_t n = 0;
    while (n < changes.size() && batch.add(changes[n]))
        ++n;
    sendPatiently(protocol::textFrame(batch.take()));
    return n;
}

void LiveSocket::sendBye(const protocol::Bye &bye)
{
    sendMessage(bye);
}

void LiveSocket::sendPing()
{
    connection()->ping({});
}

bool LiveSocket::sendTurn()
{
    // `applied` goes before `counts` (H71).
    if (phase() != Phase::Live || m_ops)
        return false;
    sendMessage(protocol::CountsNow{user()->countsAt, user()->state.counts});
    m_core.probe().countsSent.add();
    return true;
}

void LiveSocket::sendMessage(const protocol::ServerMessage &message)
{
    send(protocol::textFrame(protocol::encode(message)));
}

void LiveSocket::sendError(model::Error problem, const model::OpId &op)
{
    m_core.probe().errorsSent.add();
    const model::Text requestId = runtime::newRequestId();
    logRefusal(problem, requestId);
    sendMessage(protocol::Fault{protocol::makeProblem(std::move(problem), requestId), op});
}

void LiveSocket::refuse(model::Error problem, CloseCode code)
{
    sendError(std::move(problem));
    end(code);
}
} // namespace belfry::gateway
