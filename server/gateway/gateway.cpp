#include "gateway/gateway.h"

#include "gateway/core.h"
#include "gateway/event_stream.h"
#include "gateway/live_socket.h"
#include "gateway/plain_socket.h"

namespace belfry::gateway {
namespace {
/// A session of a reader that was let in by api: there is no hello to wait for.
void openReader(Core &core, std::unique_ptr<Session> session, const ReaderContext &context)
{
    Session &opened = *session;
    core.add(std::move(session));
    if (opened.isOver())
        return;
    if (!opened.bind(context.principal))
        return opened.end(protocol::CloseCode::Unauthenticated);
    if (context.principal.kind == auth::Principal::Kind::Anonymous) {
        if (!core.parts().registry.enterAddress(context.peer.address, core.settings().anonymousPerAddress))
            return opened.end(protocol::CloseCode::TooManyConnections);
        opened.countedAddress = context.peer.address;
    }
    core.signIn(opened, context.user, {}, {context.since, context.epoch});
}
} // namespace

Gateway::Gateway(runtime::Loop &loop, const GatewayParts &parts)
    : d(std::make_shared<Core>(loop, parts))
{
    d->keepTime();
    d->parts().authenticator.watchKeys(*d);
    d->parts().fanout.add(loop, *this);
}

Gateway::~Gateway()
{
    d->parts().fanout.remove(*this);
    d->parts().authenticator.unwatchKeys(*d);
}

void Gateway::openSocket(net::Connection &connection, OpenContext context)
{
    d->add(std::make_unique<LiveSocket>(*d, connection, std::move(context)));
}

void Gateway::openPlain(net::Connection &connection, const ReaderContext &context)
{
    openReader(*d, std::make_unique<PlainSocket>(*d, connection, context.principal), context);
}

void Gateway::openStream(net::Connection &connection, const ReaderContext &context)
{
    openReader(*d, std::make_unique<EventStream>(*d, connection), context);
}

void Gateway::drain()
{
    d->drain();
}

int Gateway::sessions() const
{
    return d->sessions();
}

void Gateway::sweep()
{
    d->sweep();
}

void Gateway::news(const std::shared_ptr<const ports::CommittedBatch> &batch)
{
    d->news(batch);
}

void Gateway::liveOnly(const ports::LiveOnly &message)
{
    d->liveOnly(message);
}

void Gateway::reread(const std::vector<model::UserId> &users)
{
    d->reread(users);
}
} // namespace belfry::gateway
