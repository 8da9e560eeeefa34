// Every decoder of shared/protocol on the same bytes. Beyond not crashing: what was read can be written and
// reads back as the same value, and no text that got through breaks the rules of its border.
#include "protocol/answers.h"
#include "protocol/client_messages.h"
#include "protocol/json_writer.h"
#include "protocol/requests.h"
#include "protocol/server_messages.h"
#include "protocol/time_text.h"

#include <QUtf8StringView>
#include <array>
#include <cstdlib>

using namespace belfry;
using namespace belfry::model;
using namespace belfry::protocol;

namespace {
constexpr Instant now{1'767'268'800'000'000};

void require(bool good)
{
    if (!good)
        std::abort();
}

bool isText(const Text &text)
{
    return QUtf8StringView(text).isValidUtf8() && !text.contains('\0');
}

void requireRefused(const Error &why)
{
    require(why.code != ErrorCode::Internal && isText(why.detail));
}

/// Written and read again it is the same.
template<typename Value, typename Write, typename Parse>
void comesBack(const Result<Value> &value, Write write, Parse parse)
{
    if (!value)
        return requireRefused(value.error());
    const auto back = parse(write(*value));
    require(back.has_value() && *back == *value);
}

/// The same of what has a problem in it: its detail may be for operators alone (H113), and is not written.
/// What is written is the same.
template<typename Value, typename Write, typename Parse>
void isWrittenAgain(const Result<Value> &value, Write write, Parse parse)
{
    if (!value)
        return requireRefused(value.error());
    const QByteArray written = write(*value);
    const auto back = parse(written);
    require(back.has_value() && write(*back) == written);
}

void tryMessages(QByteArrayView text)
{
    const auto write = [](const auto &value) { return encode(value); };
    comesBack(
        parseClientMessage(text), [](const ClientMessage &m) { return encode(m); },
        [](const QByteArray &json) { return parseClientMessage(json); });
    isWrittenAgain(
        parseServerMessage(text), [](const ServerMessage &m) { return encode(m); }, parseServerMessage);
    comesBack(parseSnapshot(text), write, parseSnapshot);
    comesBack(parseLog(text), write, parseLog);
    comesBack(parseList(text), write, parseList);
    comesBack(parseOpsAnswer(text), write, parseOpsAnswer);
    comesBack(parseCounts(text), write, parseCounts);
    comesBack(parseWellKnown(text), write, parseWellKnown);
    comesBack(parseOps(text), encodeOps, parseOps);
    isWrittenAgain(
        parseProblem(text),
        [](const Problem &p) {
            QByteArray json;
            appendProblem(json, p);
            return json;
        },
        parseProblem);
    (void)parseLegacyAck(text);
}

void checkRequest(const Result<NotificationRequest> &request)
{
    if (!request)
        return;
    const Content &content = request->content;
    require(isText(content.title) && isText(content.message) && isText(content.type) &&
            isText(content.collapseKey));
    require(content.title.size() <= 4 * 256 && content.message.size() <= 4 * 4096);
    require(content.data.startsWith('{') && content.data.endsWith('}') && isText(content.data));
    require(!request->users.empty() || request->broadcast || !request->topic.isEmpty());
    // What is kept as raw text is a JSON object of its own.
    require(parsePatch("{\"data\":" + content.data + '}').has_value());
}

void tryRequests(QByteArrayView text)
{
    checkRequest(parseNotification(text, now));
    if (const auto batch = parseBatch(text, now)) {
        for (const auto &request : *batch)
            checkRequest(request);
    }
    const auto isZone = [](const Text &) { return true; };
    const auto preferences = parsePreferences(text, isZone);
    if (preferences) {
        QByteArray json;
        appendPreferences(json, preferences->document);
        const auto back = parsePreferences(json, isZone);
        require(back && back->document == preferences->document);
    }
    (void)parsePatch(text);
    (void)parseTopic(text);
    (void)parseSubscribers(text);
    (void)parseSubscription(text);
    (void)parseSubscriptions(text);
    (void)parseApiKey(text);
    (void)parseCreateUser(text);
    (void)parseCreateNotification(text);
    (void)parseSend(text);
    (void)parseReminder(text);
}

void tryForms(QByteArrayView text)
{
    const auto form = parseForm(text);
    if (!form)
        return;
    checkRequest(parseNotification(*form, now));
    static constexpr std::array<QByteArrayView, 2> typed{"ttl", "data"};
    static constexpr std::array<QByteArrayView, 1> lists{"channels"};
    const auto json = formToJson(*form, typed, lists);
    if (!json)
        return;
    const auto read = parseSubscriptions(*json);
    require(read || read.error().code == ErrorCode::Invalid); // never text that is no JSON
}

void tryTexts(QByteArrayView text)
{
    if (const auto at = parseInstant(text))
        require(parseInstant(instantText(*at)) == at);
    if (const auto minute = parseWallTime(text, true))
        require(parseWallTime(wallTimeText(*minute), true) == minute);
    if (!QUtf8StringView(text).isValidUtf8() || text.contains('\0'))
        return;
    QByteArray json;
    {
        JsonWriter writer(json);
        writer.beginObject().key("k").text(text).endObject();
    }
    // Any text that can be written can be read.
    const auto read = parseSubscriptions(json);
    require(!read && read.error().code == ErrorCode::Invalid);
}
} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)
{
    const QByteArrayView text(data, static_cast<qsizetype>(size));
    tryMessages(text);
    tryRequests(text);
    tryForms(text);
    tryTexts(text);
    return 0;
}
