#include "store/preferences_codec.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace belfry::store {
using model::ChannelRow;
using model::DigestRule;
using model::Preferences;
using model::Text;

namespace {
QString key(const char *name)
{
    return QString::fromLatin1(name);
}

int dayBits(const std::array<bool, 7> &days)
{
    int bits = 0;
    for (std::size_t i = 0; i < days.size(); ++i)
        bits |= days[i] ? 1 << i : 0;
    return bits;
}

std::array<bool, 7> daysOf(int bits)
{
    std::array<bool, 7> days{};
    for (std::size_t i = 0; i < days.size(); ++i)
        days[i] = (bits >> i) & 1;
    return days;
}

QJsonValue toJson(bool value)
{
    return value;
}

QJsonValue toJson(const DigestRule &rule)
{
    return QJsonArray{static_cast<int>(rule.mode), rule.atMinute, dayBits(rule.days)};
}

void fromJson(const QJsonValue &json, bool &value)
{
    value = json.toBool();
}

void fromJson(const QJsonValue &json, DigestRule &rule)
{
    const QJsonArray array = json.toArray();
    rule = {static_cast<model::DigestMode>(array.at(0).toInt()), array.at(1).toInt(),
            daysOf(array.at(2).toInt())};
}

template<typename T>
QJsonObject encodeMatrix(const QMap<Text, ChannelRow<T>> &matrix)
{
    QJsonObject object;
    for (auto it = matrix.begin(); it != matrix.end(); ++it) {
        QJsonObject row;
        for (std::size_t i = 0; i < it->byChannel.size(); ++i) {
            if (it->byChannel[i])
                row.insert(QString::number(i), toJson(*it->byChannel[i]));
        }
        if (it->any)
            row.insert(key("*"), toJson(*it->any));
        object.insert(QString::fromUtf8(it.key()), row);
    }
    return object;
}

template<typename T>
QMap<Text, ChannelRow<T>> decodeMatrix(const QJsonObject &object)
{
    QMap<Text, ChannelRow<T>> matrix;
    for (auto it = object.begin(); it != object.end(); ++it) {
        ChannelRow<T> row;
        const QJsonObject cells = it.value().toObject();
        for (auto cell = cells.begin(); cell != cells.end(); ++cell) {
            T value{};
            fromJson(cell.value(), value);
            if (cell.key() == key("*"))
                row.any = value;
            else if (const std::size_t i = cell.key().toUInt(); i < row.byChannel.size())
                row.byChannel[i] = value;
        }
        matrix.insert(it.key().toUtf8(), row);
    }
    return matrix;
}

QJsonArray encodeQuiet(const QList<model::QuietRange> &ranges)
{
    QJsonArray array;
    for (const model::QuietRange &range : ranges)
        array.append(QJsonArray{dayBits(range.days), range.startMinute, range.endMinute});
    return array;
}

QList<model::QuietRange> decodeQuiet(const QJsonArray &array)
{
    QList<model::QuietRange> ranges;
    for (const QJsonValue value : array) {
        const QJsonArray range = value.toArray();
        ranges.append({daysOf(range.at(0).toInt()), range.at(1).toInt(), range.at(2).toInt()});
    }
    return ranges;
}

Text etagOf(const Text &encoded)
{
    return QCryptographicHash::hash(encoded, QCryptographicHash::Sha256).toHex().left(24);
}
} // namespace

Text encodePreferences(const Preferences &document)
{
    QJsonObject object{{key("zone"), QString::fromUtf8(document.timeZone)},
                       {key("locale"), QString::fromUtf8(document.locale)},
                       {key("quiet"), encodeQuiet(document.quietHours)},
                       {key("quiet_email"), document.quietEmail},
                       {key("matrix"), encodeMatrix(document.matrix)},
                       {key("digest"), encodeMatrix(document.digest)},
                       {key("min_urgency"), static_cast<int>(document.minUrgency)},
                       {key("sound"), document.sound}};
    if (document.dndUntil)
        object.insert(key("dnd"), document.dndUntil->us);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Preferences decodePreferences(const Text &text)
{
    const QJsonObject object = QJsonDocument::fromJson(text).object();
    Preferences document;
    document.timeZone = object.value(key("zone")).toString().toUtf8();
    document.locale = object.value(key("locale")).toString().toUtf8();
    document.quietHours = decodeQuiet(object.value(key("quiet")).toArray());
    document.quietEmail = object.value(key("quiet_email")).toBool();
    if (const QJsonValue dnd = object.value(key("dnd")); dnd.isDouble())
        document.dndUntil = model::Instant{dnd.toInteger()};
    document.matrix = decodeMatrix<bool>(object.value(key("matrix")).toObject());
    document.digest = decodeMatrix<DigestRule>(object.value(key("digest")).toObject());
    document.minUrgency = static_cast<model::Urgency>(object.value(key("min_urgency")).toInt());
    document.sound = object.value(key("sound")).toBool();
    return document;
}

ports::StoredPreferences storedPreferences(const PreferencesRow &row)
{
    if (row.etag.isEmpty())
        return {Preferences{}, etagOf(encodePreferences(Preferences{}))};
    return {decodePreferences(row.document), row.etag};
}

PreferencesRow preferencesRow(const Preferences &document)
{
    const Text encoded = encodePreferences(document);
    return {etagOf(encoded), encoded};
}
} // namespace belfry::store
