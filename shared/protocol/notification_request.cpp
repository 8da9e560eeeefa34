#include "protocol/notification_request.h"

#include "protocol/content_reading.h"
#include "protocol/json_writer.h"

#include <QSet>
#include <algorithm>
#include <iterator>

namespace belfry::protocol {
namespace {
using namespace model;

constexpr qint64 maxTtlSeconds = 10LL * 365 * 86'400;
constexpr qint64 maxDedupeSeconds = 7 * 86'400;
constexpr char oneRecipient[] = "give exactly one of user_id, user_ids, topic and broadcast: true";

struct Input
{
    NotificationRequest &to;
    const Member &member;
    FieldErrors &errors;
    const RawMembers &raw;
    int index;

    template<typename T, typename To>
    bool put(To &target, Reading<T> reading) const
    {
        return assign(target, std::move(reading), member, errors);
    }
    void text(Text &target, qsizetype limit) const { put(target, readText(member.value, limit)); }
};

void readOneUser(const Input &in)
{
    UserId user;
    if (in.to.many)
        in.errors.add({}, oneRecipient);
    else if (in.put(user, readUserId(in.member.value)))
        in.to.users.assign(1, user);
}

void readManyUsers(const Input &in)
{
    simdjson::dom::array array;
    if (!in.to.users.empty() && !in.to.many)
        return in.errors.add({}, oneRecipient);
    in.to.many = true;
    in.to.users.clear();
    if (in.member.value.get_array().get(array) != simdjson::SUCCESS || array.size() == 0 ||
        array.size() > maxRecipients)
        return in.errors.add(in.member.pointer(), "must be an array of 1-1000 user ids");
    QSet<UserId> seen;
    int index = 0;
    for (const Json element : array) {
        const auto user = readUserId(element);
        if (!user)
            in.errors.add(in.member.pointer() + '/' + Text::number(index), user.error());
        else if (!seen.contains(*user))
            in.to.users.push_back(*seen.insert(*user));
        ++index;
    }
}

void readTtl(const Input &in)
{
    qint64 seconds = 0;
    if (in.put(seconds, readInteger(in.member.value, 0, maxTtlSeconds)))
        in.to.ttl = std::chrono::seconds(seconds);
}

void readDedupeWindow(const Input &in)
{
    qint64 seconds = 0;
    if (in.put(seconds, readInteger(in.member.value, 1, maxDedupeSeconds)))
        in.to.dedupeWindow = std::chrono::seconds(seconds);
}

/// S1's word or a foreign number; kept as said, and understood unless `urgency` tells better.
void readPriority(const Input &in)
{
    Content &content = in.to.content;
    std::optional<Urgency> urgency;
    if (in.member.value.is_int64()) {
        const qint64 number = in.member.value.get_int64().value_unsafe();
        content.priority = Text::number(number);
        urgency = urgencyFromForeign(number);
    } else if (const auto text = readText(in.member.value, 32)) {
        content.priority = *text;
        urgency = urgencyFromForeign(QByteArrayView(*text));
    }
    if (!urgency)
        return in.errors.add(in.member.pointer(),
                             "must be low, medium, normal, high, urgent or a number from 0 to 10");
    if (!in.to.urgencyGiven)
        content.urgency = *urgency;
}

void readUrgencyMember(const Input &in)
{
    in.to.urgencyGiven = in.put(in.to.content.urgency, readUrgency(in.member.value));
}

void readActor(const Input &in)
{
    UserId actor;
    if (in.put(actor, readUserId(in.member.value)))
        in.to.content.actorId = actor.text;
}

using Setter = void (*)(const Input &);
struct Field
{
    std::string_view name;
    bool legacy; ///< S1 has it
    Setter set;
};

// clang-format off
constexpr Field fields[] = {
    {"user_id", true, readOneUser},
    {"type", true, [](const Input &in) { in.text(in.to.content.type, limits::name); }},
    {"title", true, [](const Input &in) { in.text(in.to.content.title, limits::title); }},
    {"message", true, [](const Input &in) { in.text(in.to.content.message, limits::message); }},
    {"data", false, [](const Input &in) { readRawObject(in.to.content.data, in.member, in.raw.at(in.index), in.errors); }},
    {"metadata", true, [](const Input &in) { readRawObject(in.to.content.data, in.member, in.raw.at(in.index), in.errors); }},
    {"channel", true, [](const Input &in) { readChannels(in.to.content.channels, in.member, in.errors); }},
    {"channels", false, [](const Input &in) { readChannels(in.to.content.channels, in.member, in.errors); }},
    {"priority", true, readPriority},
    {"urgency", false, readUrgencyMember},
    {"scheduled_for", true, [](const Input &in) { in.put(in.to.scheduledFor, readInstant(in.member.value)); }},
    {"user_ids", false, readManyUsers},
    {"topic", false, [](const Input &in) { in.text(in.to.topic.text, limits::name); }},
    {"broadcast", false, [](const Input &in) { in.put(in.to.broadcast, readBool(in.member.value)); }},
    {"critical", false, [](const Input &in) { in.put(in.to.content.critical, readBool(in.member.value)); }},
    {"ack_required", false, [](const Input &in) { in.to.ackGiven = in.put(in.to.content.ackRequired, readBool(in.member.value)); }},
    {"ttl", false, readTtl},
    {"expires_at", false, [](const Input &in) { in.put(in.to.expiresAt, readInstant(in.member.value)); }},
    {"collapse_key", false, [](const Input &in) { in.text(in.to.content.collapseKey, limits::key); }},
    {"dedupe_key", false, [](const Input &in) { in.text(in.to.content.dedupeKey, limits::key); }},
    {"dedupe_window", false, readDedupeWindow},
    {"renotify", false, [](const Input &in) { in.put(in.to.renotify, readBool(in.member.value)); }},
    {"actions", false, [](const Input &in) { readActions(in.to.content.actions, in.member, in.errors); }},
    {"progress", false, [](const Input &in) { in.put(in.to.content.progress, readFraction(in.member.value)); }},
    {"icon", false, [](const Input &in) { in.text(in.to.content.icon, limits::address); }},
    {"link", false, [](const Input &in) { in.text(in.to.content.link, limits::address); }},
    {"source", false, [](const Input &in) { in.text(in.to.content.source, limits::name); }},
    {"thread", false, [](const Input &in) { in.text(in.to.content.thread, limits::key); }},
    {"template", false, [](const Input &in) { in.text(in.to.templateName, limits::name); }},
    {"params", false, [](const Input &in) { readRawObject(in.to.params, in.member, in.raw.at(in.index), in.errors); }},
    {"actor_id", false, readActor},
};
// clang-format on

const Field *findField(std::string_view name)
{
    const auto *found =
        std::find_if(std::begin(fields), std::end(fields), [&](const Field &f) { return f.name == name; });
    return found == std::end(fields) ? nullptr : found;
}

/// `metadata` and `channel` are S1's names: the native ones win whatever the order.
struct Shadows
{
    bool metadata = false;
    bool channel = false;

    explicit Shadows(simdjson::dom::object object)
        : metadata(object["data"].error() == simdjson::SUCCESS)
        , channel(object["channels"].error() == simdjson::SUCCESS)
    {
    }
    [[nodiscard]] bool cover(std::string_view name) const
    {
        return (metadata && name == "metadata") || (channel && name == "channel");
    }
};

void checkRecipients(const NotificationRequest &request, FieldErrors &errors)
{
    const bool one = !request.users.empty() && !request.many;
    const int kinds = int(one) + int(request.many) + int(!request.topic.isEmpty()) + int(request.broadcast);
    if (kinds != 1 && !errors.names("/user_id"))
        errors.add(kinds == 0 ? "/user_id" : "", oneRecipient);
}

void checkTimes(const NotificationRequest &request, Instant now, FieldErrors &errors)
{
    if (request.ttl && request.expiresAt)
        errors.add("/ttl", "give ttl or expires_at, not both");
    if (request.isLiveOnly() && (request.scheduledFor || !request.content.collapseKey.isEmpty()))
        errors.add("/ttl", "0 (only to who is connected now) does not go with scheduled_for or collapse_key");
    if (!request.scheduledFor)
        return;
    if (request.expiresAt && *request.expiresAt < *request.scheduledFor)
        errors.add("/expires_at", "must not be before scheduled_for");
    if (*request.scheduledFor > now + days(366))
        errors.add("/scheduled_for", "must be at most one year ahead");
}

void checkContent(const NotificationRequest &request, FieldErrors &errors)
{
    const Content &content = request.content;
    // Until there are templates, asking for one must not end in an empty notification.
    if (!request.templateName.isEmpty())
        errors.add("/template", "there is no such template");
    const bool says = !content.title.isEmpty() || !content.message.isEmpty();
    if (!says && !errors.names("/title") && !errors.names("/message") && !errors.names("/template"))
        errors.add("/title", "is missing: give a title or a message");
}

/// What follows from what was said (H61).
void complete(NotificationRequest &request)
{
    Content &content = request.content;
    if (content.type.isEmpty())
        content.type = "general";
    if (!content.critical)
        return;
    content.ackRequired = true;
    content.urgency = Urgency::High;
}

void fillIn(NotificationRequest &request, const NotificationDefaults &defaults, const FieldErrors &errors)
{
    const bool named = !request.users.empty() || request.many || !request.topic.isEmpty() ||
                       request.broadcast || errors.names("/user_id");
    if (defaults.user && !named)
        request.users.assign(1, *defaults.user);
    Content &content = request.content;
    if (!defaults.type.isEmpty())
        content.type = defaults.type;
    if (content.dedupeKey.isEmpty())
        content.dedupeKey = defaults.dedupeKey;
    if (content.source.isEmpty())
        content.source = defaults.source;
}

void readMembers(NotificationRequest &request, simdjson::dom::object object, const RawMembers &raw,
                 FieldErrors &errors)
{
    const Shadows shadows(object);
    int index = -1;
    forEachMember(object, {}, [&](const Member &member) {
        ++index;
        const Field *field = findField(member.name);
        if (!field) {
            if (request.ignored.size() < maxIgnored)
                request.ignored.append(shortened(toText(member.name)));
            return;
        }
        request.legacyFieldsOnly = request.legacyFieldsOnly && field->legacy;
        if (!member.value.is_null() && !shadows.cover(member.name))
            field->set({request, member, errors, raw, index});
    });
}
} // namespace

MaybeInstant NotificationRequest::expiry(Instant now) const
{
    if (expiresAt || !ttl)
        return expiresAt;
    return std::max(now, scheduledFor.value_or(now)) + *ttl;
}

Result<NotificationRequest> parseNotification(QByteArrayView json, Instant now,
                                              const NotificationDefaults &defaults)
{
    const auto object = JsonReader::local().parseObject(json);
    if (!object)
        return tl::unexpected(object.error());
    NotificationRequest request;
    FieldErrors errors;
    readMembers(request, *object, RawMembers(json), errors);
    fillIn(request, defaults, errors);
    checkRecipients(request, errors);
    checkTimes(request, now, errors);
    checkContent(request, errors);
    if (!errors.isEmpty())
        return errors.toError();
    complete(request);
    return request;
}

Result<NotificationRequest> parseNotification(const Form &form, Instant now)
{
    static constexpr std::array<QByteArrayView, 10> typed{"broadcast",     "critical", "ack_required", "ttl",
                                                          "dedupe_window", "renotify", "progress",     "data",
                                                          "metadata",      "params"};
    static constexpr std::array<QByteArrayView, 3> lists{"user_ids", "channels", "actions"};
    const auto json = formToJson(form, typed, lists);
    if (!json)
        return tl::unexpected(json.error());
    return parseNotification(*json, now);
}
} // namespace belfry::protocol
