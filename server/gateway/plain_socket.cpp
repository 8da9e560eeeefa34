#include "gateway/plain_socket.h"

#include "gateway/core.h"
#include "protocol/client_messages.h"
#include "protocol/frame.h"
#include "protocol/legacy.h"
#include "runtime/log.h"

namespace belfry::gateway {
PlainSocket::PlainSocket(Core &core, net::Connection &connection, const auth::Principal &principal)
    : Session(core, connection, Kind::Plain)
    , m_principal(principal)
{
}

void PlainSocket::receive(QByteArrayView text)
{
    const model::Result<protocol::LegacyAck> ack = protocol::parseLegacyAck(text);
    if (!ack)
        return countBadMessage();
    if (const auto *upTo = std::get_if<model::UpTo>(&*ack))
        return proveUpTo(upTo->seq);
    if (const auto *id = std::get_if<model::NotificationId>(&*ack))
        return prove([id](const Sent &sent) { return sent.id == *id; });
    prove([id = std::get<qint32>(*ack)](const Sent &sent) { return sent.legacyId == id; });
}

void PlainSocket::onProven(QByteArrayView pong)
{
    bool isNumber = false;
    const model::Seq seq = pong.toByteArray().toLongLong(&isNumber);
    if (isNumber)
        proveUpTo(seq);
}

void PlainSocket::proveUpTo(model::Seq seq)
{
    prove([seq](const Sent &sent) { return sent.seq <= seq; });
}

template<typename Matches>
void PlainSocket::prove(Matches matches)
{
    QList<model::NotificationId> ids;
    std::erase_if(m_sent, [&](const Sent &sent) {
        if (!matches(sent))
            return false;
        ids.append(sent.id);
        return true;
    });
    if (!ids.isEmpty())
        markRead(std::move(ids));
    goOn();
}

void PlainSocket::markRead(QList<model::NotificationId> ids)
{
    if (user() == nullptr || !m_principal.has(auth::Scope::InboxWrite))
        return;
    const model::Instant now = m_core.now();
    model::Op op{{model::Uuid::makeV7(now).toText()}, model::OpSet::Read, std::move(ids), now, {}};
    m_core.probe().opsIn.add();
    m_core.parts().ops.apply(m_core.loop(), m_principal, user()->id, {std::move(op)},
                             [](const model::Result<ports::OpsResult> &result) {
                                 // They stay unread: the person sees them once more.
                                 if (!result)
                                     qCInfo(lcGateway) << "what was viewed live could not be marked read:"
                                                       << result.error().detail;
                             });
}

void PlainSocket::takeLiveOnly(protocol::PreparedChange &prepared, model::Alert)
{
    const auto *item = std::get_if<model::Notification>(&prepared.change().what);
    if (item == nullptr || user() == nullptr)
        return;
    if (item->user == user()->id)
        return send(prepared.legacyFrame());
    // A broadcast belongs to nobody; S2's frame says whose it is.
    model::Notification own = *item;
    own.user = user()->id;
    send(protocol::textFrame(protocol::legacySocketMessage(own, 0)));
}

void PlainSocket::sendEvent(protocol::PreparedChange &prepared, model::Alert)
{
    const QByteArray &frame = prepared.legacyFrame();
    const auto *item = std::get_if<model::Notification>(&prepared.change().what);
    if (frame.isEmpty() || item == nullptr)
        return;
    send(frame);
    noteSent(*item, prepared.change().seq);
    m_core.probe().evSent.add();
}

std::size_t PlainSocket::sendReplay(std::span<const model::Change> changes)
{
    qsizetype bytes = 0;
    std::size_t n = 0;
    for (; n < changes.size() && bytes < protocol::maxBatchBytes && (n == 0 || hasRoom()); ++n) {
        const auto *item = std::get_if<model::Notification>(&changes[n].what);
        if (item == nullptr || changes[n].kind != model::ChangeKind::Created || !model::isActive(*item))
            continue;
        const QByteArray frame = protocol::textFrame(protocol::legacySocketMessage(*item, changes[n].seq));
        sendPatiently(frame);
        noteSent(*item, changes[n].seq);
        bytes += frame.size();
    }
    if (m_burst)
        oweTurn();
    return n;
}

void PlainSocket::noteSent(const model::Notification &item, model::Seq seq)
{
    m_sent.push_back({seq, item.id, item.legacyId});
    m_lastSent = seq;
    m_burst = true;
}

void PlainSocket::sendPing()
{
    connection()->ping(m_lastSent > 0 ? QByteArray::number(m_lastSent) : QByteArray());
    m_burst = false;
}

bool PlainSocket::sendTurn()
{
    if (m_burst)
        sendPing();
    return true;
}

bool PlainSocket::hasRoom() const
{
    const int most = m_core.settings().unreadInFlight;
    return most <= 0 || m_sent.size() < static_cast<std::size_t>(most);
}

model::Seq PlainSocket::startOfNew() const
{
    // What came between this socket and the first read of the state is new, too.
    const LocalUser &known = *user();
    return known.firstNews > 0 ? std::min(known.state.head, known.firstNews - 1) : known.state.head;
}
} // namespace belfry::gateway
