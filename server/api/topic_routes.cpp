#include "api/topic_routes.h"

#include "api/api_context.h"
#include "api/paging.h"
#include "protocol/json_writer.h"
#include "protocol/legacy.h"
#include "protocol/registry_requests.h"

namespace belfry::api {
namespace {
using protocol::JsonWriter;

model::TopicName topicOf(const Call &call)
{
    return {call.parameter(0)};
}

void appendTopic(JsonWriter &json, const ports::Topic &topic)
{
    json.beginObject();
    json.key("name").text(topic.name.text);
    json.key("title").text(topic.title);
    json.key("created_at").time(topic.createdAt);
    json.key("subscribers").number(topic.subscribers);
    json.endObject();
}

void answerTopic(CallPtr call, const ports::Topic &topic)
{
    QByteArray body;
    JsonWriter json(body);
    json.beginObject().key("data");
    appendTopic(json, topic);
    json.endObject().finish();
    answer(std::move(call), 200, std::move(body));
}

/// What was stored; not read again, because who may write need not be one who may read.
void answerStored(CallPtr call, const protocol::TopicRequest &topic, bool isNew)
{
    QByteArray body;
    JsonWriter json(body);
    json.beginObject().key("data").beginObject();
    json.key("name").text(topic.name.text);
    json.key("title").text(topic.title);
    json.endObject().endObject().finish();
    answer(std::move(call), isNew ? 201 : 200, std::move(body));
}

void storeTopic(CallPtr call, const protocol::TopicRequest &asked)
{
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    auto stored = [asked](CallPtr made, bool isNew) {
        made->setAuditTarget("topic:" + asked.name.text);
        answerStored(std::move(made), asked, isNew);
    };
    context.services.topics.put(context.loop, who, asked.name, asked.title,
                                orFail<bool>(std::move(call), stored));
}

void answerDone(CallPtr call, QByteArrayView message)
{
    answer(std::move(call), 200, protocol::legacyMessage(message));
}

void changeSubscriber(CallPtr call, bool on)
{
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    const model::TopicName topic = topicOf(*call);
    const model::UserId user = call->user();
    auto done = [on](CallPtr changed) { answerDone(std::move(changed), on ? "Subscribed" : "Unsubscribed"); };
    context.services.topics.subscribe(context.loop, who, topic, user, on,
                                      orFail<void>(std::move(call), done));
}

/// Several subscriptions under way; answers once the last of them is stored, or with the first error.
class Subscribing : public std::enable_shared_from_this<Subscribing>
{
public:
    explicit Subscribing(CallPtr call)
        : m_call(std::move(call))
    {
    }

    void start(const std::vector<model::UserId> &users)
    {
        m_open = users.size();
        const ApiContext &context = m_call->context();
        const auth::Principal who = m_call->principal();
        const model::TopicName topic = topicOf(*m_call);
        for (const model::UserId &user : users) {
            context.services.topics.subscribe(
                context.loop, who, topic, user, true,
                [self = shared_from_this()](const model::VoidResult &done) { self->finish(done); });
        }
    }

private:
    void finish(const model::VoidResult &done)
    {
        if (!done && !m_error)
            m_error = done.error();
        if (--m_open > 0)
            return;
        if (m_error)
            return fail(std::move(m_call), *m_error);
        answerDone(std::move(m_call), "Subscribed");
    }

    CallPtr m_call;
    std::size_t m_open = 0;
    std::optional<model::Error> m_error;
};

void answerSubscribers(CallPtr call, const service::Topics::Page &page)
{
    const QByteArray next = page.second > 0 ? QByteArray::number(page.second) : QByteArray();
    net::HttpResponse response;
    response.contentType = jsonType();
    JsonWriter json(response.body);
    json.beginObject().key("data").beginArray();
    for (const model::UserId &user : page.first)
        json.text(user.text);
    json.endArray().key("meta").beginObject().key("next_cursor").textOrNull(next);
    json.endObject().endObject().finish();
    addNextLink(response, *call, next);
    answer(std::move(call), std::move(response));
}

void answerTopics(CallPtr call, const std::vector<ports::Topic> &topics)
{
    QByteArray body;
    JsonWriter json(body);
    json.beginObject().key("data").beginArray();
    for (const ports::Topic &topic : topics)
        appendTopic(json, topic);
    json.endArray().endObject().finish();
    answer(std::move(call), 200, std::move(body));
}
} // namespace

void postTopic(CallPtr call)
{
    const auto asked = protocol::parseTopic(call->body());
    if (!asked)
        return fail(std::move(call), asked.error());
    storeTopic(std::move(call), *asked);
}

void putTopic(CallPtr call)
{
    const auto asked = protocol::parseTopic(call->body(), topicOf(*call).text);
    if (!asked)
        return fail(std::move(call), asked.error());
    storeTopic(std::move(call), *asked);
}

void getTopics(CallPtr call)
{
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    context.services.topics.list(context.loop, who,
                                 orFail<std::vector<ports::Topic>>(std::move(call), answerTopics));
}

void getTopic(CallPtr call)
{
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    const model::TopicName name = topicOf(*call);
    context.services.topics.get(context.loop, who, name, orFail<ports::Topic>(std::move(call), answerTopic));
}

void deleteTopic(CallPtr call)
{
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    const model::TopicName name = topicOf(*call);
    auto gone = [](CallPtr removed) { answerDone(std::move(removed), "Topic removed"); };
    context.services.topics.remove(context.loop, who, name, orFail<void>(std::move(call), gone));
}

void getSubscribers(CallPtr call)
{
    const auto query = call->query();
    if (!query)
        return fail(std::move(call), query.error());
    const auto after = query->natural("cursor", 0);
    if (!after)
        return fail(std::move(call), after.error());
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    const model::TopicName topic = topicOf(*call);
    context.services.topics.subscribers(context.loop, who, topic, *after,
                                        orFail<service::Topics::Page>(std::move(call), answerSubscribers));
}

void postSubscribers(CallPtr call)
{
    const auto users = protocol::parseSubscribers(call->body());
    if (!users)
        return fail(std::move(call), users.error());
    std::make_shared<Subscribing>(std::move(call))->start(*users);
}

void putSubscriber(CallPtr call)
{
    changeSubscriber(std::move(call), true);
}

void deleteSubscriber(CallPtr call)
{
    changeSubscriber(std::move(call), false);
}
} // namespace belfry::api
