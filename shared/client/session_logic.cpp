#include "client/session_logic.h"

#include "client/compatibility.h"

#include <algorithm>

namespace belfry::client {
using model::Error;
using model::ErrorCode;
using model::Instant;
using model::Text;
using protocol::CloseCode;

namespace {
constexpr std::chrono::seconds tokenPatience{30};

/// A JSON Web Token names its user itself.
bool namesUser(const Text &token)
{
    return token.count('.') == 2;
}

bool isHopeless(const Error &error)
{
    return error.code == ErrorCode::NotFound || error.code == ErrorCode::Malformed ||
           error.code == ErrorCode::Invalid;
}
} // namespace

SessionLogic::SessionLogic(SessionHost &host, SessionSettings settings, Random random, OpJournal *journal)
    : m_host(host)
    , m_settings(std::move(settings))
    , m_ops(journal)
    , m_backoff(std::move(random))
{
    m_seqs.moveTo(m_settings.cursor.since.value_or(0));
}

Cursor SessionLogic::cursor() const
{
    return m_settings.cursor;
}

void SessionLogic::start(Instant now)
{
    if (m_state != SessionState::Stopped && m_state != SessionState::Ended)
        return;
    m_backoff.reset();
    m_askedToken = false;
    connectNow(now);
}

void SessionLogic::stop()
{
    if (m_state == SessionState::Stopped)
        return;
    if (isConnected() && m_acked < m_seqs.contiguous())
        m_host.send(protocol::Ack{m_seqs.contiguous()});
    if (hasSocket())
        m_host.dropSocket(CloseCode::Normal);
    forgetConnection();
    enter(SessionState::Stopped);
}

void SessionLogic::reconnectNow(Instant now)
{
    if (m_state == SessionState::Stopped || m_state == SessionState::Ended ||
        m_state == SessionState::NeedsToken)
        return;
    if (hasSocket())
        m_host.dropSocket(CloseCode::GoingAway);
    forgetConnection();
    m_backoff.reset();
    connectNow(now);
}

void SessionLogic::setToken(const Text &token, Instant now)
{
    m_settings.token = token;
    if (isConnected())
        m_host.send(protocol::Refresh{token});
    else if (m_state == SessionState::NeedsToken || (m_state == SessionState::Waiting && m_askedToken))
        connectNow(now);
}

model::VoidResult SessionLogic::apply(model::Op op, Instant now)
{
    auto added = m_ops.add(std::move(op), now);
    if (added)
        sendOps(now);
    return added;
}

void SessionLogic::setPresence(protocol::Presence::State state, Instant now)
{
    m_presence = protocol::Presence{state, now};
    if (isConnected())
        tellPresence(now);
}

void SessionLogic::tellPresence(Instant now)
{
    m_presenceTold = now;
    m_host.send(*m_presence);
}

void SessionLogic::enter(SessionState state, model::MaybeInstant retryAt)
{
    if (m_state == state && m_retryAt == retryAt)
        return;
    m_state = state;
    m_retryAt = retryAt;
    m_host.stateChanged(state, retryAt);
}

bool SessionLogic::isConnected() const
{
    return m_state == SessionState::Replaying || m_state == SessionState::LoadingSnapshot ||
           m_state == SessionState::Live;
}

void SessionLogic::connectNow(Instant now)
{
    ++m_attempt;
    m_deadline = now + connectDeadline;
    enter(m_isCompatible ? SessionState::Connecting : SessionState::Discovering);
    if (m_isCompatible)
        m_host.openSocket();
    else
        m_host.discover(m_attempt);
}

void SessionLogic::discovered(quint64 attempt, const model::Result<protocol::WellKnown> &server, Instant now)
{
    if (attempt != m_attempt || m_state != SessionState::Discovering)
        return;
    if (!server && !isHopeless(server.error())) {
        m_host.problem(server.error());
        return wait(m_backoff.lost(now), now);
    }
    if (!server)
        return end({server.error().code,
                    "this is not a Belfry server: " + server.error().detail,
                    {},
                    {},
                    server.error().requestId});
    if (const auto compatible = checkCompatible(*server); !compatible)
        return end(compatible.error());
    m_isCompatible = true;
    connectNow(now);
}

void SessionLogic::socketOpened(Instant now)
{
    if (m_state != SessionState::Connecting)
        return;
    heard(now);
    m_host.send(hello());
}

protocol::Hello SessionLogic::hello() const
{
    protocol::Hello hello;
    hello.device = m_settings.device;
    hello.token = m_settings.token;
    hello.epoch = m_settings.cursor.epoch;
    hello.since = m_settings.cursor.since;
    hello.caps = m_settings.caps;
    if (!namesUser(m_settings.token))
        hello.user = m_settings.user;
    return hello;
}

void SessionLogic::forgetConnection()
{
    m_bye.reset();
    m_deadline.reset();
    m_opsAt.reset();
    m_pinged = false;
    m_liveSeen = false;
    m_buffered.clear();
    m_snapshot = {};
    m_lastAck = {}; // the clock may have stepped back: the next connection starts counting anew
    m_opsPaid = {};
    m_ops.resend();
}

void SessionLogic::wait(std::chrono::milliseconds delay, Instant now)
{
    forgetConnection();
    enter(SessionState::Waiting, now + delay);
}

/// We end it ourselves, to come back.
void SessionLogic::lose(CloseCode code, const Text &why, Instant now, const Text &requestId)
{
    m_host.problem({ErrorCode::Unavailable, why, {}, {}, requestId});
    if (hasSocket())
        m_host.dropSocket(code);
    wait(m_backoff.lost(now), now);
}

void SessionLogic::end(const Error &why)
{
    m_host.problem(why);
    forgetConnection();
    enter(SessionState::Ended);
}

void SessionLogic::needToken(Instant now)
{
    forgetConnection();
    if (m_askedToken) // the fresh one was refused too: not in a tight circle
        return wait(std::max<std::chrono::milliseconds>(m_backoff.lost(now), tokenPatience), now);
    m_askedToken = true;
    enter(SessionState::NeedsToken);
    m_host.askToken();
}

void SessionLogic::socketClosed(int code, const Text &why, Instant now)
{
    if (!hasSocket())
        return;
    if (code != int(CloseCode::Replaced) && code != int(CloseCode::Unauthenticated) && !m_bye)
        m_host.problem({ErrorCode::Unavailable, why, {}, {}});
    // Said is said: the close frame may be lost, or another one seen.
    closedBecause(m_bye ? int(m_bye->code) : code, now);
}

void SessionLogic::closedBecause(int code, Instant now)
{
    switch (static_cast<CloseCode>(code)) {
    case CloseCode::Replaced:
        return end({ErrorCode::Conflict, "the same device connected somewhere else", {}, {}});
    case CloseCode::Forbidden:
        return end({ErrorCode::Forbidden, "the credential does not reach this inbox", {}, {}});
    case CloseCode::Unauthenticated:
        return needToken(now);
    case CloseCode::TooBig:
        refuseLargestOp();
        break;
    default:
        break;
    }
    const auto jittered = m_backoff.lost(now);
    wait(m_bye && m_bye->reconnectAfter ? *m_bye->reconnectAfter : jittered, now);
}

/// Sent again it would end every connection.
void SessionLogic::refuseLargestOp()
{
    const auto largest = m_ops.largestSent();
    if (largest && m_ops.settle(*largest))
        m_host.opRefused(*largest, {ErrorCode::TooLarge, "the change is too large for the server", {}, {}});
}

void SessionLogic::tick(Instant now)
{
    if (m_state == SessionState::Waiting && m_retryAt && now >= *m_retryAt)
        return connectNow(now);
    if (m_deadline && now >= *m_deadline) {
        if (m_state == SessionState::Discovering)
            ++m_attempt; // the answer comes too late
        return lose(CloseCode::GoingAway, "the server did not answer in time", now);
    }
    if (!isConnected())
        return;
    if (now - m_lastHeard >= m_ping + pingDeadline)
        return lose(CloseCode::GoingAway, "nothing was heard from the server for too long", now);
    if (!m_pinged && now - m_lastHeard >= m_ping) {
        m_pinged = true;
        m_host.ping();
    }
    if (m_presence && now - m_presenceTold >= presenceEvery)
        tellPresence(now);
    ackIfDue(now);
    if (m_opsAt && now >= *m_opsAt)
        m_opsAt.reset();
    sendOps(now);
}

model::MaybeInstant SessionLogic::nextDeadline() const
{
    model::MaybeInstant next = m_deadline;
    const auto consider = [&](Instant at) { next = next ? std::min(*next, at) : at; };
    if (m_state == SessionState::Waiting && m_retryAt)
        consider(*m_retryAt);
    if (!isConnected())
        return next;
    consider(m_lastHeard + m_ping + (m_pinged ? pingDeadline : std::chrono::seconds(0)));
    if (m_acked < m_seqs.contiguous() && m_state != SessionState::LoadingSnapshot)
        consider(m_lastAck + ackSpacing);
    if (m_presence)
        consider(m_presenceTold + presenceEvery);
    if (m_ops.hasUnsent())
        consider(m_opsAt.value_or(m_opsPaid + opSpacing - std::chrono::seconds(1)));
    return next;
}
} // namespace belfry::client
