// How news reach the sessions of a loop: the hot path of the gateway.

#include "gateway/core.h"

namespace belfry::gateway {
void Core::news(const std::shared_ptr<const ports::CommittedBatch> &batch)
{
    const model::Instant time = now();
    for (const ports::Committed &committed : *batch) {
        LocalUser *user = findUser(committed.user);
        if (user == nullptr)
            continue;
        protocol::PreparedChange prepared(std::shared_ptr<const model::Change>(batch, &committed.change));
        deliver(*user, committed, prepared);
        const model::Duration age = time - committed.change.at;
        probe().publishToSent.observe(static_cast<std::uint64_t>(std::max<qint64>(age.count(), 0)));
    }
}

void Core::deliver(LocalUser &user, const ports::Committed &committed, protocol::PreparedChange &prepared)
{
    if (!user.known && user.firstNews == 0)
        user.firstNews = committed.change.seq;
    user.raise(committed.change.seq, committed.counts);
    const auto sessions = user.sessions;
    for (Session *session : sessions)
        session->take(prepared);
}

void Core::liveOnly(const ports::LiveOnly &message)
{
    protocol::PreparedChange prepared = protocol::PreparedChange::liveOnly(*message.item);
    if (message.users.empty())
        return broadcast(prepared, message);
    for (const model::UserId &id : message.users) {
        LocalUser *user = findUser(id);
        if (user == nullptr)
            continue;
        const auto sessions = user->sessions;
        for (Session *session : sessions) {
            if (session->target == LiveTargets::nowhere)
                continue;
            session->takeLiveOnly(prepared, message.alert);
            probe().liveOnlySent.add();
        }
    }
}

void Core::broadcast(protocol::PreparedChange &prepared, const ports::LiveOnly &message)
{
    const std::vector<Session *> aside = setAside(message.except);
    const model::Alert alert = message.alert;
    std::size_t sent = m_readers.all().size();
    if (!m_sockets.all().empty())
        sent += m_sockets.send(prepared.frame(alert), prepared.frame(model::Alert::None));
    for (const LiveTargets::Target &reader : m_readers.all())
        reader.session->takeLiveOnly(prepared, alert);
    for (Session *session : aside)
        targetsOf(*session).add(*session);
    probe().liveOnlySent.add(sent);
}

std::vector<Session *> Core::setAside(const std::vector<model::UserId> &users)
{
    std::vector<Session *> aside;
    for (const model::UserId &id : users) {
        LocalUser *user = findUser(id);
        if (user == nullptr)
            continue;
        for (Session *session : user->sessions) {
            if (session->target == LiveTargets::nowhere)
                continue;
            targetsOf(*session).remove(*session);
            aside.push_back(session);
        }
    }
    return aside;
}
} // namespace belfry::gateway
