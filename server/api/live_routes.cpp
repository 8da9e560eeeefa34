#include "api/live_routes.h"

#include "api/api_context.h"
#include "api/origin.h"
#include "auth/surroundings.h"
#include "protocol/json_writer.h"
#include "protocol/problem.h"

namespace belfry::api {
namespace {
/// Connections count by who opens them, not by the proxy that they all come through.
net::Peer peerOf(const Call &call)
{
    net::Peer peer = call.request().peer;
    peer.address = clientAddress(call.request(), call.context().settings.trustedProxies);
    return peer;
}

constexpr char subprotocol[] = "belfry.v1";

bool offers(const net::HttpRequest &request, QByteArrayView wanted)
{
    for (const net::Header &header : request.headers) {
        if (header.name != "sec-websocket-protocol")
            continue;
        for (const QByteArray &offer : header.value.split(',')) {
            if (offer.trimmed() == wanted)
                return true;
        }
    }
    return false;
}

/// A browser lets any page open a socket to anybody (RFC 6455, section 10.2): only those that may use the
/// rest of the API get one (H64).
model::VoidResult checkOrigin(const Call &call)
{
    const QByteArrayView origin = call.request().header("origin");
    if (origin.isEmpty() || auth::isOwnOrigin(origin, call.request().header("host")) ||
        call.context().settings.corsOrigins.contains(origin))
        return {};
    return model::fail(model::ErrorCode::Forbidden, "Pages of this origin may not connect. An operator can "
                                                    "let them: cors_origins.");
}

model::Error malformed(model::Text detail)
{
    return {model::ErrorCode::Malformed, std::move(detail), {}, {}};
}

/// RFC 9110, section 15.5.22, and RFC 6455, section 4.4: what has to be asked for instead.
void askForUpgrade(CallPtr call)
{
    if (call->request().has("upgrade") && call->request().header("sec-websocket-version") == "13")
        return fail(std::move(call),
                    malformed("The WebSocket handshake is not well-formed (RFC 6455, section 4.1)."));
    net::HttpResponse response;
    response.status = 426;
    response.contentType = problemType();
    response.body = protocol::problemJson(malformed("This address speaks WebSocket, version 13."),
                                          call->requestId(), 426);
    response.headers.push_back({"Upgrade", "websocket"});
    response.headers.push_back({"Sec-WebSocket-Version", "13"});
    answer(std::move(call), std::move(response));
}

model::Result<std::optional<model::Seq>> sinceOf(const Call &call, const Query &query)
{
    const QByteArrayView last = call.request().header("last-event-id");
    if (call.route()->method == net::Method::Get && !last.isEmpty()) {
        bool ok = false;
        const qint64 seq = last.toByteArray().toLongLong(&ok);
        if (ok && seq >= 0)
            return std::optional<model::Seq>(seq);
        return model::failField(model::ErrorCode::Malformed, "Last-Event-ID",
                                "must be a seq: a whole number");
    }
    if (query.text("since").isEmpty())
        return std::optional<model::Seq>();
    const auto seq = query.natural("since", 0);
    if (!seq)
        return tl::unexpected(seq.error());
    return std::optional<model::Seq>(*seq);
}

model::Result<Reader> readerOf(const Call &call)
{
    const auto query = call.query();
    if (!query)
        return tl::unexpected(query.error());
    auto since = sinceOf(call, *query);
    if (!since)
        return tl::unexpected(since.error());
    return Reader{call.user(), call.principal(), peerOf(call), *since, {query->text("epoch")}};
}
} // namespace

void openSocket(CallPtr call)
{
    if (!call->isUpgrade())
        return askForUpgrade(std::move(call));
    if (const auto allowed = checkOrigin(*call); !allowed)
        return fail(std::move(call), allowed.error());
    if (!offers(call->request(), subprotocol))
        return fail(std::move(call), malformed("Sec-WebSocket-Protocol: must offer belfry.v1"));
    Visitor visitor;
    if (call->isSignedIn())
        visitor.principal = call->principal();
    visitor.peer = peerOf(*call);
    visitor.traceparent = call->traceparent();
    LiveSessions &live = call->context().live;
    call->takeResponder().upgrade(
        subprotocol, [&live, visitor](net::Connection &connection) { live.openSocket(connection, visitor); });
}

void openPlainSocket(CallPtr call)
{
    const auto reader = readerOf(*call);
    if (!reader)
        return fail(std::move(call), reader.error());
    if (!call->isUpgrade())
        return askForUpgrade(std::move(call));
    if (const auto allowed = checkOrigin(*call); !allowed)
        return fail(std::move(call), allowed.error());
    if (call->request().has("sec-websocket-protocol"))
        return fail(std::move(call),
                    malformed("Sec-WebSocket-Protocol: this address knows none; belfry.v1 is at /ws"));
    LiveSessions &live = call->context().live;
    call->takeResponder().upgrade(
        {}, [&live, reader = *reader](net::Connection &connection) { live.openPlain(connection, reader); });
}

void openStream(CallPtr call)
{
    const auto reader = readerOf(*call);
    if (!reader)
        return fail(std::move(call), reader.error());
    LiveSessions &live = call->context().live;
    answerStream(std::move(call), [&live, reader = *reader](net::Connection &connection) {
        live.openStream(connection, reader);
    });
}

void postTicket(CallPtr call)
{
    const auto ticket = call->context().services.tickets.make(call->principal(), call->user());
    if (!ticket)
        return fail(std::move(call), ticket.error());
    net::HttpResponse response;
    response.status = 201;
    response.contentType = jsonType();
    response.headers.push_back({"Cache-Control", "no-store"});
    protocol::JsonWriter json(response.body);
    json.beginObject().key("data").beginObject();
    json.key("ticket").text(ticket->text);
    json.key("expires_in").number(ticket->expiresIn);
    json.endObject().endObject().finish();
    call->setAnswerKept(); // a credential is never stored
    answer(std::move(call), std::move(response));
}
} // namespace belfry::api
