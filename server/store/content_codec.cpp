#include "store/content_codec.h"

#include "store/json_text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace belfry::store {
using model::Channel;
using model::Content;
using model::Text;

namespace {
/// `,"name":` or `{"name":` for the first.
void openMember(QByteArray &out, const char *name)
{
    out.append(out.isEmpty() ? "{\"" : ",\"").append(name).append("\":");
}

void appendText(QByteArray &out, const char *name, const Text &text)
{
    if (text.isEmpty())
        return;
    openMember(out, name);
    appendJson(out, text);
}

void appendNumber(QByteArray &out, const char *name, qint64 number)
{
    openMember(out, name);
    out.append(QByteArray::number(number));
}

void appendChannels(QByteArray &out, const QList<Channel> &channels)
{
    if (channels.isEmpty())
        return;
    openMember(out, "c");
    char separator = '[';
    for (const Channel channel : channels) {
        out.append(separator).append(static_cast<char>('0' + static_cast<int>(channel)));
        separator = ',';
    }
    out.append(']');
}

void appendActions(QByteArray &out, const QList<model::Action> &actions)
{
    if (actions.isEmpty())
        return;
    openMember(out, "a");
    char separator = '[';
    for (const model::Action &action : actions) {
        out.append(separator).append('[');
        appendJson(out, action.id);
        out.append(',');
        appendJson(out, action.title);
        out.append(',');
        appendJson(out, action.url);
        out.append(']');
        separator = ',';
    }
    out.append(']');
}

void appendExtraMembers(QByteArray &out, const Content &content)
{
    appendChannels(out, content.channels);
    appendActions(out, content.actions);
    if (content.progress) {
        openMember(out, "p");
        out.append(QByteArray::number(*content.progress, 'g', 17));
    }
    appendText(out, "i", content.icon);
    appendText(out, "l", content.link);
    appendText(out, "t", content.thread);
    appendText(out, "u", content.actorId);
}

Text textOf(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1String(name)).toString().toUtf8();
}

qint64 numberOf(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1String(name)).toInteger();
}

void readExtraMembers(const QJsonObject &object, Content &content)
{
    for (const QJsonValue channel : object.value(QLatin1String("c")).toArray())
        content.channels.append(static_cast<Channel>(channel.toInt()));
    for (const QJsonValue value : object.value(QLatin1String("a")).toArray()) {
        const QJsonArray action = value.toArray();
        content.actions.append({action.at(0).toString().toUtf8(), action.at(1).toString().toUtf8(),
                                action.at(2).toString().toUtf8()});
    }
    if (const QJsonValue progress = object.value(QLatin1String("p")); progress.isDouble())
        content.progress = progress.toDouble();
    content.icon = textOf(object, "i");
    content.link = textOf(object, "l");
    content.thread = textOf(object, "t");
    content.actorId = textOf(object, "u");
}

enum Mark {
    ToastMark = 1,
    CriticalMark = 2,
    AckMark = 4,
    RenotifyMark = 8,
    CollapsedMark = 16,
    OutwardMark = 32
};
} // namespace

Text encodeExtra(const Content &content)
{
    QByteArray out;
    appendExtraMembers(out, content);
    if (!out.isEmpty())
        out.append('}');
    return out;
}

void decodeExtra(const Text &extra, Content &content)
{
    if (!extra.isEmpty())
        readExtraMembers(QJsonDocument::fromJson(extra).object(), content);
}

int encodeMarks(const NotificationRow &row)
{
    const Content &content = row.item.content;
    return (row.item.toast ? ToastMark : 0) | (content.critical ? CriticalMark : 0) |
           (content.ackRequired ? AckMark : 0) | (row.renotify ? RenotifyMark : 0) |
           (row.collapsed ? CollapsedMark : 0) | (row.outward ? OutwardMark : 0);
}

void decodeMarks(int marks, NotificationRow &row)
{
    row.item.toast = (marks & ToastMark) != 0;
    row.item.content.critical = (marks & CriticalMark) != 0;
    row.item.content.ackRequired = (marks & AckMark) != 0;
    row.renotify = (marks & RenotifyMark) != 0;
    row.collapsed = (marks & CollapsedMark) != 0;
    row.outward = (marks & OutwardMark) != 0;
}

Text encodeJob(const ports::Submit &submit)
{
    const Content &content = *submit.content;
    QByteArray out;
    appendExtraMembers(out, content);
    appendText(out, "type", content.type);
    appendText(out, "title", content.title);
    appendText(out, "message", content.message);
    appendText(out, "data", content.data);
    appendText(out, "priority", content.priority);
    appendText(out, "collapse", content.collapseKey);
    appendText(out, "dedupe", content.dedupeKey);
    appendText(out, "source", content.source);
    appendText(out, "trace", submit.traceparent);
    appendText(out, "event", submit.event.toText());
    appendNumber(out, "urgency", static_cast<int>(content.urgency));
    appendNumber(out, "critical", content.critical);
    appendNumber(out, "ack", content.ackRequired);
    appendNumber(out, "renotify", submit.renotify);
    appendNumber(out, "legacy", submit.legacyId);
    appendNumber(out, "window", submit.dedupeWindow.count());
    appendNumber(out, "now", submit.now.us);
    if (submit.scheduledFor)
        appendNumber(out, "scheduled", submit.scheduledFor->us);
    if (submit.expiresAt)
        appendNumber(out, "expires", submit.expiresAt->us);
    out.append('}');
    return out;
}

ports::Submit decodeJob(const Text &payload)
{
    const QJsonObject object = QJsonDocument::fromJson(payload).object();
    auto content = std::make_shared<Content>();
    readExtraMembers(object, *content);
    content->type = textOf(object, "type");
    content->title = textOf(object, "title");
    content->message = textOf(object, "message");
    content->data = textOf(object, "data");
    content->priority = textOf(object, "priority");
    content->collapseKey = textOf(object, "collapse");
    content->dedupeKey = textOf(object, "dedupe");
    content->source = textOf(object, "source");
    content->urgency = static_cast<model::Urgency>(numberOf(object, "urgency"));
    content->critical = numberOf(object, "critical") != 0;
    content->ackRequired = numberOf(object, "ack") != 0;
    ports::Submit submit;
    submit.content = std::move(content);
    submit.traceparent = textOf(object, "trace");
    submit.event = model::Uuid::parse(textOf(object, "event")).value_or(model::EventId{});
    submit.renotify = numberOf(object, "renotify") != 0;
    submit.legacyId = numberOf(object, "legacy") != 0;
    submit.dedupeWindow = model::Duration(numberOf(object, "window"));
    submit.now = {numberOf(object, "now")};
    if (object.contains(QLatin1String("scheduled")))
        submit.scheduledFor = model::Instant{numberOf(object, "scheduled")};
    if (object.contains(QLatin1String("expires")))
        submit.expiresAt = model::Instant{numberOf(object, "expires")};
    return submit;
}
} // namespace belfry::store
