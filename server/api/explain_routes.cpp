#include "api/explain_routes.h"

#include "api/api_context.h"
#include "protocol/explain_request.h"
#include "protocol/json_writer.h"
#include "protocol/words.h"

namespace belfry::api {
namespace {
using protocol::JsonWriter;

void appendDecision(JsonWriter &json, const domain::ChannelDecision &decision)
{
    const bool delivers = decision.verdict == domain::Verdict::Deliver;
    json.beginObject().key("channel").text(protocol::word(decision.channel));
    json.key("action").text(delivers ? "deliver" : "suppress");
    json.key("reason").textOrNull(protocol::word(decision.reason));
    json.key("rule").text(decision.rule);
    json.key("until").null(); // nothing holds a channel back yet
    json.endObject();
}

void answerExplanation(CallPtr call, const service::Explanation &told)
{
    QByteArray body;
    JsonWriter json(body);
    json.beginObject().key("data").beginObject();
    json.key("user_id").text(told.user.text);
    json.key("at").time(told.at);
    json.key("decisions").beginArray();
    for (const domain::ChannelDecision &decision : told.decisions)
        appendDecision(json, decision);
    json.endArray().endObject().endObject().finish();
    answer(std::move(call), 200, std::move(body));
}
} // namespace

void explainNotification(CallPtr call)
{
    auto asked = protocol::parseExplain(call->body());
    if (!asked)
        return fail(std::move(call), asked.error());
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    context.services.explain.explain(context.loop, who, std::move(asked->user), std::move(asked->content),
                                     asked->at,
                                     orFail<service::Explanation>(std::move(call), answerExplanation));
}
} // namespace belfry::api
