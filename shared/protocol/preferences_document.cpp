#include "protocol/preferences_document.h"

#include "protocol/json_writer.h"
#include "protocol/time_text.h"
#include "protocol/words.h"

namespace belfry::protocol {
namespace {
using namespace model;

void writeDays(JsonWriter &json, const std::array<bool, 7> &days)
{
    json.key("days").beginArray();
    for (int day = 0; day < 7; ++day) {
        if (days[std::size_t(day)])
            json.text(weekdayText(day));
    }
    json.endArray();
}

void writeQuietHours(JsonWriter &json, const QList<QuietRange> &ranges)
{
    json.key("quiet_hours").beginArray();
    for (const QuietRange &range : ranges) {
        json.beginObject();
        writeDays(json, range.days);
        json.key("start")
            .text(wallTimeText(range.startMinute))
            .key("end")
            .text(wallTimeText(range.endMinute));
        json.endObject();
    }
    json.endArray();
}

void writeValue(JsonWriter &json, bool enabled)
{
    json.boolean(enabled);
}

void writeValue(JsonWriter &json, const DigestRule &rule)
{
    switch (rule.mode) {
    case DigestMode::Off:
        json.text("off");
        return;
    case DigestMode::Window:
        json.text("window");
        return;
    case DigestMode::Lookback:
        json.text("lookback");
        return;
    case DigestMode::At:
        break;
    }
    json.beginObject().key("at").text(wallTimeText(rule.atMinute));
    writeDays(json, rule.days);
    json.endObject();
}

template<typename T>
void writeMatrix(JsonWriter &json, const QMap<Text, ChannelRow<T>> &matrix)
{
    json.beginObject();
    for (auto row = matrix.begin(); row != matrix.end(); ++row) {
        json.anyKey(row.key()).beginObject();
        for (int channel = 0; channel < channelCount; ++channel) {
            if (const auto &value = row->byChannel[std::size_t(channel)])
                writeValue(json.anyKey(word(static_cast<Channel>(channel))), *value);
        }
        if (row->any)
            writeValue(json.key("*"), *row->any);
        json.endObject();
    }
    json.endObject();
}
} // namespace

void appendPreferences(QByteArray &out, const Preferences &document)
{
    JsonWriter json(out);
    appendPreferences(json, document);
}

void appendPreferences(JsonWriter &json, const Preferences &document)
{
    json.beginObject();
    json.key("time_zone").text(document.timeZone).key("locale").text(document.locale);
    writeQuietHours(json, document.quietHours);
    json.key("quiet_email").boolean(document.quietEmail).key("dnd_until").timeOrNull(document.dndUntil);
    writeMatrix(json.key("matrix"), document.matrix);
    writeMatrix(json.key("digest"), document.digest);
    json.key("min_urgency").text(word(document.minUrgency)).key("sound").boolean(document.sound);
    json.endObject();
}

QByteArray preferencesAnswer(const Preferences &document)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject().key("data");
    appendPreferences(json, document);
    json.endObject();
    json.finish();
    return out;
}
} // namespace belfry::protocol
