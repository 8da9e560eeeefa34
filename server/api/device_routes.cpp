#include "api/device_routes.h"

#include "api/api_context.h"
#include "protocol/category_request.h"
#include "protocol/json_writer.h"
#include "protocol/legacy.h"

namespace belfry::api {
namespace {
using ports::Device;
using protocol::JsonWriter;

/// Whose devices: said in the query, or known from the token.
model::Result<model::UserId> ownerAsked(const Call &call)
{
    const auto query = call.query();
    if (!query)
        return tl::unexpected(query.error());
    const QByteArray said = query->text("user_id");
    if (said.isEmpty() && !call.principal().user.isEmpty())
        return call.principal().user;
    auto user = model::makeUserId(said, "user_id");
    if (!user)
        return model::failField(model::ErrorCode::Malformed, "user_id",
                                said.isEmpty() ? "is missing: says whose device, unless a user's token does"
                                               : user.error().fields.first().detail);
    return user;
}

void appendDevice(JsonWriter &json, const Device &device)
{
    json.beginObject();
    json.key("id").text(device.id.text);
    json.key("user_id").text(device.user.text);
    json.key("name").text(device.name);
    json.key("platform").text(device.platform);
    json.key("last_seen_at").timeOrNull(device.seenAt);
    json.key("created_at").time(device.createdAt);
    json.key("updated_at").time(device.updatedAt);
    json.endObject();
}

QByteArray deviceBody(const Device &device)
{
    QByteArray body;
    JsonWriter json(body);
    json.beginObject().key("data");
    appendDevice(json, device);
    json.endObject().finish();
    return body;
}

void storeDevice(CallPtr call, const protocol::DeviceRequest &asked, model::UserId owner)
{
    Device device;
    device.user = std::move(owner);
    device.id = asked.id;
    device.name = asked.name;
    device.platform = asked.platform;
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    auto stored = [](CallPtr done, const Device &now) {
        answer(std::move(done), now.createdAt == now.updatedAt ? 201 : 200, deviceBody(now));
    };
    context.services.devices.put(context.loop, who, std::move(device),
                                 orFail<Device>(std::move(call), stored));
}

void answerDevices(CallPtr call, const std::vector<Device> &devices)
{
    QByteArray body;
    JsonWriter json(body);
    json.beginObject().key("data").beginArray();
    for (const Device &device : devices)
        appendDevice(json, device);
    json.endArray().endObject().finish();
    answer(std::move(call), 200, std::move(body));
}
} // namespace

void postDevice(CallPtr call)
{
    const auto asked = protocol::parseDevice(call->body());
    if (!asked)
        return fail(std::move(call), asked.error());
    const model::UserId owner = asked->user.isEmpty() ? call->principal().user : asked->user;
    if (owner.isEmpty())
        return fail(std::move(call),
                    model::failField(model::ErrorCode::Invalid, "/user_id",
                                     "is missing: says whose device, unless a user's token does")
                        .value());
    storeDevice(std::move(call), *asked, owner);
}

void putDevice(CallPtr call)
{
    const auto owner = ownerAsked(*call);
    if (!owner)
        return fail(std::move(call), owner.error());
    const auto asked = protocol::parseDevice(call->body(), model::DeviceId{call->parameter(0)});
    if (!asked)
        return fail(std::move(call), asked.error());
    storeDevice(std::move(call), *asked, *owner);
}

void getDevices(CallPtr call)
{
    const auto owner = ownerAsked(*call);
    if (!owner)
        return fail(std::move(call), owner.error());
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    context.services.devices.list(context.loop, who, *owner,
                                  orFail<std::vector<Device>>(std::move(call), answerDevices));
}

void getDevice(CallPtr call)
{
    const auto owner = ownerAsked(*call);
    if (!owner)
        return fail(std::move(call), owner.error());
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    const model::DeviceId id{call->parameter(0)};
    auto found = [](CallPtr done, const Device &device) { answer(std::move(done), 200, deviceBody(device)); };
    context.services.devices.get(context.loop, who, *owner, id, orFail<Device>(std::move(call), found));
}

void deleteDevice(CallPtr call)
{
    const auto owner = ownerAsked(*call);
    if (!owner)
        return fail(std::move(call), owner.error());
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    const model::DeviceId id{call->parameter(0)};
    auto gone = [target = "device:" + id.text + " user:" + owner->text](CallPtr done) {
        done->setAuditTarget(target); // it was signed out
        answer(std::move(done), 200, protocol::legacyMessage("Device removed"));
    };
    context.services.devices.remove(context.loop, who, *owner, id, orFail<void>(std::move(call), gone));
}
} // namespace belfry::api
