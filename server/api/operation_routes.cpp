#include "api/operation_routes.h"

#include "api/admission.h"
#include "api/api_context.h"
#include "protocol/answers.h"
#include "protocol/json_writer.h"

#include <algorithm>

namespace belfry::api {
namespace {
/// The word of the whole and its HTTP status.
std::pair<const char *, int> verdict(const HealthReport &report)
{
    if (report.draining)
        return {"draining", 503};
    const auto away = [&](bool vital) {
        return std::any_of(report.checks.begin(), report.checks.end(),
                           [vital](const HealthCheck &check) { return !check.ok && check.vital == vital; });
    };
    if (away(true))
        return {"unavailable", 503};
    return away(false) ? std::pair("degraded", 200) : std::pair("ok", 200);
}

/// What is away is everybody's to know, where it stands and what it said is not (H113).
model::Text detailOf(const HealthCheck &check, bool forOperator)
{
    if (check.ok || forOperator)
        return check.detail;
    return "it can't be used now; the server's log says why";
}

void writeChecks(protocol::JsonWriter &json, const HealthReport &report, bool forOperator)
{
    json.key("checks").beginObject();
    for (const HealthCheck &check : report.checks) {
        json.anyKey(check.name).beginObject();
        json.key("status").text(check.ok ? "ok" : "unavailable");
        json.key("detail").textOrNull(detailOf(check, forOperator));
        json.endObject();
    }
    json.endObject();
}
} // namespace

void getHealth(CallPtr call)
{
    const HealthReport report = call->context().health();
    const auto [word, status] = verdict(report);
    QByteArray body;
    protocol::JsonWriter json(body);
    json.beginObject();
    json.key("status").text(word);
    json.key("version").text(BELFRY_VERSION);
    const ApiContext &context = call->context();
    writeChecks(json, report, isFromOperator(call->request(), context.authenticator));
    json.endObject().finish();
    answer(std::move(call), status, std::move(body));
}

void getLiveness(CallPtr call)
{
    answer(std::move(call), 200, R"({"status":"ok","version":")" BELFRY_VERSION R"("})");
}

void getMetrics(CallPtr call)
{
    net::HttpResponse response;
    response.contentType = "text/plain; version=0.0.4; charset=utf-8";
    response.body = call->context().metrics();
    answer(std::move(call), std::move(response));
}

void getSelfDescription(CallPtr call)
{
    const ApiSettings &settings = call->context().settings;
    protocol::WellKnown known;
    known.version = BELFRY_VERSION;
    known.protocols = {"belfry.v1"};
    known.features = {"websocket", "sse",         "tickets", "batch", "topics",
                      "search",    "idempotency", "s1",      "s2",    "s4"};
    if (settings.grpc)
        known.features.append("grpc");
    known.maxBody = bodyLimit;
    const net::HttpRequest &request = call->request();
    if (const QByteArray host = request.header("host").toByteArray(); !host.isEmpty()) {
        known.api = (request.peer.secure ? "https://" : "http://") + host + "/api/v1";
        known.webSocket = (request.peer.secure ? "wss://" : "ws://") + host + "/ws";
    }
    answer(std::move(call), 200, protocol::encode(known));
}
} // namespace belfry::api
