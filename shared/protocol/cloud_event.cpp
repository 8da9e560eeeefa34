#include "protocol/cloud_event.h"

#include "protocol/batch_request.h"
#include "protocol/content_reading.h"
#include "protocol/json_scan.h"
#include "protocol/time_text.h"

#include <QCryptographicHash>
#include <algorithm>

namespace belfry::protocol {
namespace {
using namespace model;

constexpr qsizetype maxAttribute = 2048;

/// Required ones are checked at the end; a time has to be one, although nothing asks for it.
struct Envelope
{
    CloudEvent event;
    Text specVersion;
    Text contentType;
    Text time;
};

Text *attributeOf(Envelope &envelope, std::string_view name)
{
    const std::pair<std::string_view, Text *> known[] = {
        {"id", &envelope.event.id},
        {"source", &envelope.event.source},
        {"type", &envelope.event.type},
        {"subject", &envelope.event.subject},
        {"partitionkey", &envelope.event.partitionKey},
        {"traceparent", &envelope.event.traceparent},
        {"specversion", &envelope.specVersion},
        {"datacontenttype", &envelope.contentType},
        {"time", &envelope.time},
    };
    const auto *found = std::find_if(std::begin(known), std::end(known),
                                     [name](const auto &entry) { return entry.first == name; });
    return found == std::end(known) ? nullptr : found->second;
}

bool isJsonType(const Text &contentType)
{
    const Text type = contentType.split(';').constFirst().trimmed().toLower();
    return type.isEmpty() || type == "application/json" || type.endsWith("+json");
}

bool hasSpaceOrControl(const Text &text)
{
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) <= ' '; });
}

void needAttribute(const Text &value, const Text &name, const Text &hint, FieldErrors &errors)
{
    const Text pointer = '/' + name;
    if (value.isEmpty() && !errors.names(pointer))
        errors.add(pointer, "is missing: " + hint);
}

Result<CloudEvent> checked(Envelope &&envelope, FieldErrors &errors)
{
    CloudEvent &event = envelope.event;
    if (envelope.specVersion != "1.0" && !errors.names("/specversion"))
        errors.add("/specversion", "must be \"1.0\"");
    needAttribute(event.id, "id", "the event's own id", errors);
    needAttribute(event.source, "source", "where it happened, a URI reference", errors);
    needAttribute(event.type, "type", "what happened; it becomes the category", errors);
    // The first space of a dedupe key parts source and id.
    if (hasSpaceOrControl(event.source))
        errors.add("/source", "must be a URI reference: without spaces");
    if (!isJsonType(envelope.contentType))
        errors.add("/datacontenttype", "must be application/json");
    if (!envelope.time.isEmpty() && !parseInstant(envelope.time))
        errors.add("/time", "must be an RFC 3339 time such as 2026-01-31T18:00:00Z");
    if (!errors.isEmpty())
        return errors.toError();
    return std::move(event);
}

void readBase64(Text &data, const Member &member, FieldErrors &errors)
{
    Text encoded;
    if (!assign(encoded, readText(member.value, std::numeric_limits<qsizetype>::max()), member, errors))
        return;
    const auto decoded = QByteArray::fromBase64Encoding(encoded, QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return errors.add(member.pointer(), "must be base64");
    if ((*decoded).size() > limits::object)
        return errors.add(member.pointer(), tooLarge);
    data = *decoded;
}

void readStructured(Envelope &envelope, const Member &member, QByteArrayView raw, FieldErrors &errors)
{
    if (member.name == "data")
        return readRawObject(envelope.event.data, member, raw, errors);
    if (member.name == "data_base64")
        return readBase64(envelope.event.data, member, errors);
    if (Text *attribute = attributeOf(envelope, member.name))
        assign(*attribute, readText(member.value, maxAttribute), member, errors);
}

/// Short ones stay readable in answers and logs.
Text dedupeKeyOf(const CloudEvent &event)
{
    Text key = event.source + ' ' + event.id;
    if (codePoints(key) <= limits::key)
        return key;
    return "sha256 " + QCryptographicHash::hash(key, QCryptographicHash::Sha256).toHex();
}

/// Who gets it where the data does not say; nothing where nobody is named.
Result<std::optional<UserId>> recipientOf(const CloudEvent &event)
{
    const bool byKey = !event.partitionKey.isEmpty();
    const Text &name = byKey ? event.partitionKey : event.subject;
    if (name.isEmpty())
        return std::optional<UserId>();
    auto user = makeUserId(name, byKey ? "/partitionkey" : "/subject");
    if (!user)
        return tl::unexpected(user.error());
    return std::optional(*std::move(user));
}
} // namespace

Result<CloudEvent> parseCloudEvent(QByteArrayView json)
{
    const auto object = JsonReader::local().parseObject(json);
    if (!object)
        return tl::unexpected(object.error());
    Envelope envelope;
    FieldErrors errors;
    const RawMembers raw(json);
    int index = -1;
    forEachMember(*object, {}, [&](const Member &member) {
        ++index;
        if (!member.value.is_null())
            readStructured(envelope, member, member.name == "data" ? raw.at(index) : QByteArrayView(),
                           errors);
    });
    return checked(std::move(envelope), errors);
}

Result<CloudEvent> parseCloudEvent(const QList<std::pair<Text, Text>> &attributes, QByteArrayView body)
{
    Envelope envelope;
    FieldErrors errors;
    for (const auto &[name, value] : attributes) {
        Text *attribute = attributeOf(envelope, {name.constData(), static_cast<std::size_t>(name.size())});
        if (!attribute)
            continue;
        if (codePoints(value) > maxAttribute)
            errors.add('/' + name, "must have at most 2048 characters");
        *attribute = value;
    }
    if (!body.trimmed().isEmpty())
        envelope.event.data = body.toByteArray();
    return checked(std::move(envelope), errors);
}

Result<std::vector<QByteArrayView>> splitCloudEvents(QByteArrayView json)
{
    if (!json.trimmed().startsWith('['))
        return failField(ErrorCode::Invalid, "", "must be an array of events");
    auto events = splitArray(json);
    if (!events)
        return fail(ErrorCode::Malformed, "not valid JSON: brackets, quotes or commas do not fit");
    if (events->empty() || events->size() > maxBatch)
        return failField(ErrorCode::Invalid, "", "must have 1-1000 events");
    return *std::move(events);
}

Result<NotificationRequest> parseNotification(const CloudEvent &event, Instant now)
{
    const auto recipient = recipientOf(event);
    if (!recipient)
        return tl::unexpected(recipient.error());
    if (codePoints(event.type) > limits::name)
        return failField(ErrorCode::Invalid, "/type", "must have at most 128 characters");
    NotificationDefaults defaults{*recipient, event.type, dedupeKeyOf(event), {}};
    if (codePoints(event.source) <= limits::name)
        defaults.source = event.source;
    auto request = parseNotification(event.data, now, defaults);
    if (!request)
        return tl::unexpected(below("/data", request.error()));
    request->legacyFieldsOnly = false; // S1 knows no events
    return request;
}
} // namespace belfry::protocol
