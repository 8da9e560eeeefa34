#include "gateway/session.h"

#include "domain/alert.h"
#include "gateway/core.h"
#include "gateway/page_size.h"
#include "runtime/log.h"

#include <algorithm>

namespace belfry::gateway {
using service::ResumeMode;

/// What a session holds while it is behind: at most one page of the log.
struct Session::Replay
{
    std::vector<model::Change> page;
    std::size_t next = 0;
    PageSize size;
    bool reading = false;
    runtime::SteadyTime retryAt = never;

    [[nodiscard]] bool isEmpty() const { return next == page.size(); }
};

namespace {
/// The same second for all would be a burst every 25 s; the id spreads them.
model::Duration phaseOf(net::ConnectionId id, model::Duration period)
{
    const quint64 mixed = (id * 0x9e3779b97f4a7c15ULL) >> 40;
    return model::Duration((period.count() * static_cast<qint64>(mixed)) >> 24);
}

protocol::Welcome::Mode wireMode(ResumeMode mode)
{
    switch (mode) {
    case ResumeMode::Resume:
        return protocol::Welcome::Mode::Resume;
    case ResumeMode::Snapshot:
        return protocol::Welcome::Mode::Snapshot;
    case ResumeMode::Reset:
        break;
    }
    return protocol::Welcome::Mode::Reset;
}
} // namespace

Session::Session(Core &core, net::Connection &connection, Kind kind)
    : m_core(core)
    , m_connection(&connection)
    , m_id(connection.id())
    , m_pingAt(core.steady() + core.settings().helloTimeout)
    , m_kind(kind)
{
    connection.setEvents(this);
}

Session::~Session()
{
    if (m_connection != nullptr)
        m_connection->setEvents(nullptr);
}

void Session::attach(LocalUser &user, Position position)
{
    m_user = &user;
    user.sessions.append(this);
    m_phase = Phase::Joining;
    m_position = std::make_unique<Position>(std::move(position));
    m_readBeforeUs = user.reading;
    m_pingAt = m_core.steady() + phaseOf(m_id, m_core.settings().pingEvery);
    askTimeAgain();
}

void Session::detach()
{
    if (m_phase == Phase::Replaying)
        m_core.probe().replaying.add(-1);
    m_phase = Phase::Over;
    m_replay.reset();
    if (m_user != nullptr)
        m_user->sessions.removeOne(this);
    m_user = nullptr;
}

void Session::begin(bool fresh)
{
    if (m_phase != Phase::Joining)
        return;
    const bool readAfterUs = fresh && !std::exchange(m_readBeforeUs, false);
    const ports::LogState &state = m_user->state;
    const Position position = m_position ? *m_position : Position{};
    const ResumeMode mode =
        m_position ? m_core.parts().resume.mode(position.epoch, position.since, state) : ResumeMode::Reset;
    // What is beyond the head that this loop knows may be news on their way to it: only the store can tell.
    if (mode == ResumeMode::Reset && !readAfterUs)
        return m_core.reader().wantState(*m_user);

    m_position.reset();
    if (mode == ResumeMode::Resume)
        m_cursor = position.since.value_or(0);
    else
        m_cursor = mode == ResumeMode::Snapshot ? startOfNew() : state.head;
    if (mode == ResumeMode::Reset)
        m_core.probe().resets.add();
    sendWelcome(wireMode(mode));
    m_core.welcomed(*this);
    if (m_cursor >= state.head)
        turnLive();
    else
        startReplay();
}

void Session::turnLive()
{
    if (m_phase == Phase::Replaying)
        m_core.probe().replaying.add(-1);
    m_replay.reset();
    m_phase = Phase::Live;
    sendCaughtUp();
    onAdvanced();
    oweTurn();
}

void Session::startReplay()
{
    m_phase = Phase::Replaying;
    m_core.probe().replaying.add(1);
    m_replay = std::make_unique<Replay>();
    askForPage();
}

void Session::askForPage()
{
    m_replay->page.clear();
    m_replay->next = 0;
    m_replay->reading = true;
    m_replay->retryAt = never;
    m_core.reader().wantPage(*this, m_replay->size.limit());
}

void Session::takePage(model::Result<ports::LogPage> page)
{
    if (m_phase != Phase::Replaying || !m_replay->reading)
        return;
    m_replay->reading = false;
    if (!page && page.error().code == model::ErrorCode::LogReset)
        return reset();
    if (page)
        m_user->raise(page->state.head, page->state.counts);
    // An empty page below the head comes from a reader that has not seen the commit yet.
    if (!page || (page->changes.empty() && m_cursor < m_user->state.head)) {
        m_replay->retryAt = m_core.steady() + m_core.settings().retryAfter;
        return askTimeAgain();
    }
    if (!page->changes.empty() && page->changes.front().seq != m_cursor + 1) {
        qCWarning(lcGateway) << "the log answered" << page->changes.front().seq << "for what is above"
                             << m_cursor;
        return reset();
    }
    m_replay->size.learn(page->changes);
    m_replay->page = std::move(page->changes);
    for (model::Change &change : m_replay->page)
        change.alert = alertHere(domain::alertAtDelivery(change, true, m_core.now()));
    pump();
}

void Session::pump()
{
    while (m_phase == Phase::Replaying) {
        if (m_replay->isEmpty()) {
            if (m_replay->reading)
                return;
            return m_cursor >= m_user->state.head ? turnLive() : askForPage();
        }
        // Back-pressure (H79): onDrained() goes on.
        if (!hasRoom() || m_connection->waitingBytes() > 0)
            return;
        const std::size_t sent =
            sendReplay(std::span<const model::Change>(m_replay->page).subspan(m_replay->next));
        m_replay->next += sent;
        m_cursor = m_replay->page[m_replay->next - 1].seq;
        m_core.probe().replayed.add(sent);
        onAdvanced();
    }
}

void Session::reset()
{
    if (m_phase == Phase::Replaying)
        m_core.probe().replaying.add(-1);
    m_replay.reset();
    m_phase = Phase::Joining;
    m_position.reset();
    m_readBeforeUs = m_user->reading;
    m_core.reader().wantState(*m_user);
}

void Session::take(protocol::PreparedChange &prepared)
{
    const model::Change &change = prepared.change();
    if (m_phase != Phase::Live || change.seq <= m_cursor)
        return;
    if (change.seq > m_cursor + 1)
        return catchUp();
    if (!hasRoom())
        return startReplay();
    sendEvent(prepared, alertHere(change.alert));
    m_cursor = change.seq;
    oweTurn();
    onAdvanced();
}

void Session::catchUp()
{
    if (m_phase != Phase::Live || m_cursor >= m_user->state.head)
        return;
    m_core.probe().gaps.add();
    startReplay();
}

void Session::setAlertHolder(net::ConnectionId holder)
{
    m_mayAlert = holder == SessionRegistry::everyone || holder == m_id;
}

void Session::oweTurn()
{
    m_owesTurn = true;
    m_core.queueTurn(*m_user);
}

void Session::endTurn()
{
    if (m_owesTurn && m_phase != Phase::Over)
        m_owesTurn = !sendTurn();
}

Session::Due Session::onTime(runtime::SteadyTime now, model::Instant wall)
{
    if (m_phase == Phase::Over)
        return {never, endless};
    const bool pingDue = now >= m_pingAt;
    if (wall >= m_endsAt || (pingDue && m_phase == Phase::Greeting))
        end(protocol::CloseCode::Unauthenticated);
    else if (pingDue)
        pingOrGiveUp(now);
    if (m_phase == Phase::Over)
        return {never, endless};
    if (m_replay && now >= m_replay->retryAt)
        askForPage();
    if (now >= nextOwnDeadline())
        onOwnDeadline();
    return nextDue();
}

Session::Due Session::nextDue() const
{
    return {std::min({m_pingAt, nextOwnDeadline(), m_replay ? m_replay->retryAt : never}), m_endsAt};
}

void Session::askTimeAgain()
{
    m_core.askAt(*this, nextDue());
}

bool Session::bind(const auth::Principal &who)
{
    m_key = who.key;
    m_endsAt = who.expiresAt.value_or(endless);
    return lookAtKey();
}

bool Session::lookAtKey()
{
    if (m_key.isEmpty() || isOver())
        return true;
    const auth::KeyStanding standing = m_core.parts().authenticator.standingOf(m_key);
    m_endsAt = standing.expiresAt.value_or(endless);
    askTimeAgain();
    return standing.isGood;
}

void Session::pingOrGiveUp(runtime::SteadyTime now)
{
    if (m_pingsOut >= m_core.settings().missedPongs)
        return end(protocol::CloseCode::GoingAway);
    sendPing();
    m_pingAt = now + m_core.settings().pingEvery;
    // Nobody answers the comment of an event stream.
    if (m_kind != Kind::Stream)
        ++m_pingsOut;
}

void Session::end(protocol::CloseCode code, std::optional<std::chrono::milliseconds> reconnectAfter)
{
    if (m_phase == Phase::Over || m_connection == nullptr)
        return;
    m_core.retire(*this, code);
    sendBye({code, reconnectAfter});
    m_connection->close(static_cast<quint16>(code), protocol::closeReason(code).toByteArray());
}

void Session::countBadMessage()
{
    ++m_badMessages;
    if (m_core.settings().badMessages > 0 && m_badMessages >= m_core.settings().badMessages)
        end(protocol::CloseCode::PolicyViolation);
}

bool Session::withinRate()
{
    const int limit = m_core.settings().messagesPerSecond;
    if (limit <= 0)
        return true;
    constexpr model::Duration second = std::chrono::seconds(1);
    const runtime::SteadyTime now = m_core.steady();
    m_rate = std::max(m_rate, now) + second / limit;
    return m_rate - now <= second;
}

void Session::onText(QByteArrayView text)
{
    if (m_phase == Phase::Over)
        return;
    m_pingsOut = 0;
    if (withinRate())
        receive(text);
    else
        end(protocol::CloseCode::RateLimited);
}

void Session::onBinary(qsizetype)
{
    end(protocol::CloseCode::UnsupportedData);
}

void Session::onPong(QByteArrayView payload)
{
    m_pingsOut = 0;
    if (m_phase != Phase::Over)
        onProven(payload);
}

void Session::onDrained()
{
    if (m_phase == Phase::Replaying)
        pump();
}

void Session::onClosed()
{
    m_connection = nullptr;
    m_core.closed(*this);
}

void Session::send(const QByteArray &framed)
{
    if (m_connection != nullptr)
        m_connection->send(framed);
}

void Session::sendPatiently(const QByteArray &framed)
{
    if (m_connection != nullptr)
        m_connection->sendPatiently(framed);
}
} // namespace belfry::gateway
