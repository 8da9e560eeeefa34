#include "api/delivery_routes.h"

#include "api/api_context.h"
#include "api/paging.h"
#include "protocol/json_writer.h"
#include "protocol/webhook_request.h"

#include <algorithm>

namespace belfry::api {
namespace {
using ports::DeliveryState;
using protocol::JsonWriter;

constexpr std::pair<const char *, DeliveryState> deliveryStates[] = {
    {"pending", DeliveryState::Pending}, {"sending", DeliveryState::Sending},
    {"sent", DeliveryState::Sent},       {"retrying", DeliveryState::Retrying},
    {"expired", DeliveryState::Expired}, {"suppressed", DeliveryState::Suppressed},
    {"dead", DeliveryState::Dead},
};

const char *wordOf(DeliveryState state)
{
    const auto *it = std::find_if(std::begin(deliveryStates), std::end(deliveryStates),
                                  [state](const auto &entry) { return entry.second == state; });
    return it->first;
}

model::VoidResult readDeliveryState(const QByteArray &word, std::optional<DeliveryState> &state)
{
    if (word.isEmpty())
        return {};
    for (const auto &[name, known] : deliveryStates) {
        if (word == name) {
            state = known;
            return {};
        }
    }
    return model::failField(model::ErrorCode::Malformed, "state",
                            "must be pending, sending, sent, retrying, expired, suppressed or dead");
}

model::VoidResult readQueryId(const Query &query, QByteArrayView name, std::optional<model::Uuid> &id)
{
    const QByteArray text = query.text(name);
    if (text.isEmpty())
        return {};
    id = model::Uuid::parse(text);
    if (!id)
        return model::failField(model::ErrorCode::Malformed, name.toByteArray(), "must be an id");
    return {};
}

struct DeliveryWish
{
    ports::DeliveryFilter filter;
    qint64 before = 0;
    int limit = 0;
};

model::Result<DeliveryWish> deliveryWishOf(const Query &query)
{
    DeliveryWish wish;
    wish.filter.user.text = query.text("user_id");
    auto good = readDeliveryState(query.text("state"), wish.filter.state);
    if (good)
        good = readQueryId(query, "notification_id", wish.filter.notification);
    if (good)
        good = readQueryId(query, "webhook_id", wish.filter.webhook);
    if (!good)
        return tl::unexpected(good.error());
    const auto before = query.natural("cursor", 0);
    const auto limit = query.integer("limit", 0);
    if (!before || !limit)
        return tl::unexpected(!before ? before.error() : limit.error());
    wish.before = *before;
    wish.limit = *limit <= 0 ? 50 : static_cast<int>(std::min<qint64>(*limit, maxPageItems));
    return wish;
}

void appendDelivery(JsonWriter &json, const ports::DeliveryRecord &delivery)
{
    json.beginObject();
    json.key("id").text(delivery.id.toText());
    json.key("notification_id").text(delivery.notification.toText());
    json.key("user_id").text(delivery.user.text);
    json.key("channel").text("webhook");
    json.key("webhook_id").text(delivery.webhook.toText());
    json.key("state").text(wordOf(delivery.state));
    json.key("rule").textOrNull(delivery.rule);
    json.key("reason").textOrNull(delivery.reason);
    json.key("attempts").beginArray();
    for (const ports::Attempt &attempt : delivery.attempts) {
        json.beginObject();
        json.key("at").time(attempt.at);
        json.key("outcome").text(attempt.outcome);
        json.endObject();
    }
    json.endArray();
    json.key("next_at").timeOrNull(delivery.nextAt);
    json.key("created_at").time(delivery.createdAt);
    json.key("updated_at").time(delivery.updatedAt);
    json.endObject();
}

void answerDeliveries(CallPtr call, const ports::DeliveryPage &page)
{
    const QByteArray next = page.next > 0 ? QByteArray::number(page.next) : QByteArray();
    net::HttpResponse response;
    response.contentType = jsonType();
    JsonWriter json(response.body);
    json.beginObject().key("data").beginArray();
    for (const ports::DeliveryRecord &delivery : page.items)
        appendDelivery(json, delivery);
    json.endArray().key("meta").beginObject().key("next_cursor").textOrNull(next);
    json.endObject().endObject().finish();
    addNextLink(response, *call, next);
    answer(std::move(call), std::move(response));
}

void answerRedriven(CallPtr call, int redriven)
{
    QByteArray body;
    JsonWriter json(body);
    json.beginObject().key("data").beginObject().key("redriven").number(qint64(redriven));
    json.endObject().endObject().finish();
    answer(std::move(call), 200, std::move(body));
}

void listDeliveries(CallPtr call, std::optional<DeliveryState> only)
{
    const auto query = call->query();
    if (!query)
        return fail(std::move(call), query.error());
    auto wish = deliveryWishOf(*query);
    if (!wish)
        return fail(std::move(call), wish.error());
    if (only)
        wish->filter.state = only;
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    context.services.deliveries.list(context.loop, who, wish->filter, wish->before, wish->limit,
                                     orFail<ports::DeliveryPage>(std::move(call), answerDeliveries));
}
} // namespace

void getDeliveries(CallPtr call)
{
    listDeliveries(std::move(call), {});
}

void getDeadLetters(CallPtr call)
{
    listDeliveries(std::move(call), DeliveryState::Dead);
}

void redriveDeadLetters(CallPtr call)
{
    const auto asked = protocol::parseRedrive(call->body());
    if (!asked)
        return fail(std::move(call), asked.error());
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    ports::DeliveryFilter filter{{}, asked->user, asked->notification, asked->webhook};
    context.services.deliveries.redrive(context.loop, who, asked->ids, std::move(filter),
                                        orFail<int>(std::move(call), answerRedriven));
}
} // namespace belfry::api
