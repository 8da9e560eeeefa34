#include "client/session_logic.h"

#include <QLoggingCategory>

// What the server says while a session stands.
namespace belfry::client {
using model::Error;
using model::ErrorCode;
using model::Instant;
using protocol::CloseCode;

namespace {
Q_LOGGING_CATEGORY(lcSession, "belfry.client")

/// Will the same op be taken later?
bool isTemporary(ErrorCode code)
{
    return code == ErrorCode::RateLimited || code == ErrorCode::Overloaded ||
           code == ErrorCode::Unavailable || code == ErrorCode::Draining || code == ErrorCode::InProgress;
}
} // namespace

struct SessionLogic::OnMessage
{
    SessionLogic &logic;
    Instant now;

    void operator()(const protocol::Welcome &m) const { logic.welcomed(m, now); }
    void operator()(const protocol::Batch &m) const { logic.replayed(m, now); }
    void operator()(const protocol::Live &) const { logic.nowLive(now); }
    void operator()(const protocol::Event &m) const { logic.take(m.change, now); }
    void operator()(const protocol::CountsNow &m) const { logic.m_host.countsChanged(m.seq, m.counts); }
    void operator()(const protocol::Applied &m) const
    {
        if (logic.m_ops.settle(m.result.id)) // else it was sent twice and is told already
            logic.m_host.opApplied(m.result);
    }
    void operator()(const protocol::Fault &m) const { logic.refused(m, now); }
    void operator()(const protocol::Bye &m) const { logic.m_bye = m; }
    void operator()(const protocol::UnknownMessage &m) const
    {
        qCInfo(lcSession) << "skipped a message of the unknown type" << m.type;
    }
};

void SessionLogic::socketText(QByteArrayView text, Instant now)
{
    if (!hasSocket())
        return;
    heard(now);
    const auto message = protocol::parseServerMessage(text);
    if (!message)
        return lose(CloseCode::ProtocolError,
                    "the server sent what cannot be read: " + message.error().detail, now);
    std::visit(OnMessage{*this, now}, *message);
    ackIfDue(now);
}

void SessionLogic::welcomed(const protocol::Welcome &welcome, Instant now)
{
    if (m_state != SessionState::Connecting)
        return;
    m_backoff.connected(now);
    m_askedToken = false;
    m_ping = welcome.ping;
    m_deadline.reset();
    m_settings.cursor.epoch = welcome.epoch;
    if (welcome.mode == protocol::Welcome::Mode::Resume && m_settings.cursor.since) {
        m_acked = m_seqs.contiguous();
        enter(SessionState::Replaying);
    } else {
        m_settings.cursor.since.reset();
        m_seqs.moveTo(0);
        m_acked = 0;
        m_deadline = now + snapshotDeadline;
        enter(SessionState::LoadingSnapshot);
        m_host.loadSnapshot(m_attempt, {});
    }
    if (m_presence)
        tellPresence(now);
    sendOps(now);
}

void SessionLogic::replayed(const protocol::Batch &batch, Instant now)
{
    for (const model::Change &change : batch.items) {
        take(change, now);
        if (!isConnected())
            return; // a gap ended it
    }
}

void SessionLogic::take(const model::Change &change, Instant now)
{
    if (!isConnected())
        return;
    if (change.seq == 0) // live only: in no log (H15)
        return m_host.changed(change);
    if (m_state == SessionState::LoadingSnapshot) {
        if (m_buffered.size() == mostBuffered)
            return lose(CloseCode::GoingAway, "too much came while the snapshot was being loaded", now);
        m_buffered.push_back(change);
        return;
    }
    switch (m_seqs.take(change.seq)) {
    case SeqCursor::Verdict::Repeat:
        return;
    case SeqCursor::Verdict::Gap:
        return lose(CloseCode::GoingAway, "an entry of the log is missing: resuming", now);
    case SeqCursor::Verdict::Next:
        break;
    }
    m_settings.cursor.since = m_seqs.contiguous();
    m_host.changed(change);
    m_host.cursorMoved(m_settings.cursor);
}

void SessionLogic::nowLive(Instant)
{
    m_liveSeen = true;
    if (m_state == SessionState::Replaying)
        enter(SessionState::Live);
}

void SessionLogic::refused(const protocol::Fault &fault, Instant now)
{
    Error error = fault.problem.error;
    error.requestId = fault.problem.instance;
    if (fault.op.isEmpty())
        return m_host.problem(error);
    if (isTemporary(error.code)) {
        m_opsAt = now + error.retryAfter.value_or(std::chrono::seconds(1));
        m_ops.resend();
        return;
    }
    if (m_ops.settle(fault.op))
        m_host.opRefused(fault.op, error);
}

void SessionLogic::snapshotPage(quint64 attempt, const model::Result<protocol::Snapshot> &page, Instant now)
{
    if (attempt != m_attempt || m_state != SessionState::LoadingSnapshot)
        return;
    if (!page)
        return lose(CloseCode::GoingAway, "the snapshot could not be loaded: " + page.error().detail, now,
                    page.error().requestId);
    if (m_snapshot.items.empty() && m_snapshot.epoch.isEmpty()) {
        m_snapshot = *page; // its seq counts (H23): later pages may be newer
    } else {
        m_snapshot.items.insert(m_snapshot.items.end(), page->items.begin(), page->items.end());
        m_snapshot.nextCursor = page->nextCursor;
    }
    m_deadline = now + snapshotDeadline;
    m_host.snapshotComes(qint64(page->items.size()));
    if (m_snapshot.nextCursor.isEmpty() || m_snapshot.items.size() >= mostSnapshotItems)
        snapshotComplete(now);
    else
        m_host.loadSnapshot(m_attempt, m_snapshot.nextCursor);
}

void SessionLogic::snapshotComplete(Instant now)
{
    m_deadline.reset();
    m_seqs.moveTo(m_snapshot.seq);
    m_settings.cursor = {m_snapshot.epoch, m_snapshot.seq};
    const protocol::Snapshot snapshot = std::exchange(m_snapshot, {});
    const std::vector<model::Change> buffered = std::exchange(m_buffered, {});
    if (!snapshot.nextCursor.isEmpty())
        m_host.problem({ErrorCode::TooLarge,
                        "the inbox has over 100,000 notifications: the rest of them is not loaded",
                        {},
                        {}});
    m_host.snapshotLoaded(snapshot);
    m_host.countsChanged(snapshot.seq, snapshot.counts);
    m_host.cursorMoved(m_settings.cursor);
    enter(m_liveSeen ? SessionState::Live : SessionState::Replaying);
    for (const model::Change &change : buffered)
        take(change, now);
    ackIfDue(now);
}

void SessionLogic::ackIfDue(Instant now)
{
    const bool due = m_acked < m_seqs.contiguous() && m_state != SessionState::LoadingSnapshot;
    if (!due || !isConnected() || now - m_lastAck < ackSpacing)
        return;
    m_acked = m_seqs.contiguous();
    m_lastAck = now;
    m_host.send(protocol::Ack{m_acked});
}

void SessionLogic::sendOps(Instant now)
{
    if (!isConnected() || m_opsAt)
        return;
    constexpr model::Duration second = std::chrono::seconds(1);
    m_opsPaid = std::min(m_opsPaid, now + second); // the clock may have stepped back
    while (m_ops.hasUnsent()) {
        const Instant paid = std::max(m_opsPaid, now) + opSpacing;
        if (paid > now + second)
            break;
        m_opsPaid = paid;
        m_host.send(protocol::OpRequest{*m_ops.next()});
    }
}
} // namespace belfry::client
