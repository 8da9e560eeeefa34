#include "protocol/time_text.h"

#include <algorithm>
#include <chrono>
#include <cstring>

namespace belfry::protocol {
namespace {
constexpr qint64 secondUs = 1'000'000;
constexpr qint64 dayUs = 86'400 * secondUs;
constexpr model::Instant earliest{-62'167'219'200 * secondUs};
constexpr model::Instant latest{253'402'300'800 * secondUs - 1};

char *writeDigits(char *at, unsigned value, int width)
{
    for (int i = width - 1; i >= 0; --i, value /= 10)
        at[i] = static_cast<char>('0' + value % 10);
    return at + width;
}

char *writeDate(char *at, std::chrono::sys_days day)
{
    const std::chrono::year_month_day date(day);
    at = writeDigits(at, static_cast<unsigned>(int(date.year())), 4);
    *at++ = '-';
    at = writeDigits(at, unsigned(date.month()), 2);
    *at++ = '-';
    return writeDigits(at, unsigned(date.day()), 2);
}

char *writeFraction(char *at, unsigned microseconds)
{
    *at++ = '.';
    return microseconds % 1000 == 0 ? writeDigits(at, microseconds / 1000, 3)
                                    : writeDigits(at, microseconds, 6);
}

/// Reads along a text; `ok` turns false at the first thing that is not as expected and stays so.
struct Cursor
{
    QByteArrayView text;
    qsizetype at = 0;
    bool ok = true;

    [[nodiscard]] char peek() const { return at < text.size() ? text[at] : '\0'; }
    [[nodiscard]] bool isDigit() const { return peek() >= '0' && peek() <= '9'; }
    [[nodiscard]] bool isAtEnd() const { return at == text.size(); }

    int digits(int width)
    {
        int value = 0;
        for (int i = 0; i < width; ++i, ++at) {
            ok = ok && isDigit();
            value = 10 * value + (ok ? text[at] - '0' : 0);
        }
        return value;
    }
    void oneOf(const char *allowed)
    {
        ok = ok && peek() != '\0' && std::strchr(allowed, peek()) != nullptr;
        ++at;
    }
};

qint64 readFraction(Cursor &cursor)
{
    if (cursor.peek() != '.')
        return 0;
    ++cursor.at;
    cursor.ok = cursor.ok && cursor.isDigit();
    qint64 value = 0;
    for (qint64 unit = secondUs / 10; cursor.isDigit(); ++cursor.at, unit /= 10)
        value += unit * (cursor.peek() - '0');
    return value;
}

/// Seconds east of UTC.
qint64 readOffset(Cursor &cursor)
{
    const char sign = cursor.peek();
    cursor.oneOf("Zz+-");
    if (sign == 'Z' || sign == 'z')
        return 0;
    const int hours = cursor.digits(2);
    cursor.oneOf(":");
    const int minutes = cursor.digits(2);
    cursor.ok = cursor.ok && hours < 24 && minutes < 60;
    return (sign == '-' ? -60 : 60) * (60 * hours + minutes);
}

std::optional<qint64> readDay(Cursor &cursor)
{
    const int year = cursor.digits(4);
    cursor.oneOf("-");
    const int month = cursor.digits(2);
    cursor.oneOf("-");
    const int day = cursor.digits(2);
    const std::chrono::year_month_day date(std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day)));
    if (!cursor.ok || !date.ok())
        return std::nullopt;
    return std::chrono::sys_days(date).time_since_epoch().count();
}

constexpr std::array<QByteArrayView, 7> weekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
} // namespace

char *writeInstant(char *at, model::Instant instant)
{
    const qint64 us = std::clamp(instant, earliest, latest).us;
    const qint64 day = us >= 0 ? us / dayUs : -((dayUs - 1 - us) / dayUs);
    const auto rest = us - day * dayUs;
    const auto second = static_cast<unsigned>(rest / secondUs);
    at = writeDate(at, std::chrono::sys_days(std::chrono::days(day)));
    *at++ = 'T';
    at = writeDigits(at, second / 3600, 2);
    *at++ = ':';
    at = writeDigits(at, second / 60 % 60, 2);
    *at++ = ':';
    at = writeDigits(at, second % 60, 2);
    at = writeFraction(at, static_cast<unsigned>(rest % secondUs));
    *at++ = 'Z';
    return at;
}

model::Text instantText(model::Instant instant)
{
    char buffer[instantTextMax];
    return {buffer, writeInstant(buffer, instant) - buffer};
}

std::optional<model::Instant> parseInstant(QByteArrayView text)
{
    Cursor cursor{text};
    const std::optional<qint64> day = readDay(cursor);
    cursor.oneOf("Tt ");
    const int hour = cursor.digits(2);
    cursor.oneOf(":");
    const int minute = cursor.digits(2);
    cursor.oneOf(":");
    const int second = cursor.digits(2);
    const qint64 fraction = readFraction(cursor);
    const qint64 offset = readOffset(cursor);
    if (!day || !cursor.ok || !cursor.isAtEnd() || hour > 23 || minute > 59 || second > 60)
        return std::nullopt;
    const qint64 seconds = *day * 86'400 + 3600 * hour + 60 * minute + second - offset;
    const model::Instant instant{seconds * secondUs + fraction};
    if (instant < earliest || instant > latest) // an offset led out of the years that can be written
        return std::nullopt;
    return instant;
}

std::optional<int> parseWallTime(QByteArrayView text, bool endOfDay)
{
    Cursor cursor{text};
    const int hour = cursor.digits(2);
    cursor.oneOf(":");
    const int minute = cursor.digits(2);
    if (cursor.ok && !cursor.isAtEnd()) {
        cursor.oneOf(":");
        cursor.ok = cursor.digits(2) < 60 && cursor.ok;
    }
    const int value = 60 * hour + minute;
    const bool inDay = hour < 24 && minute < 60;
    if (!cursor.ok || !cursor.isAtEnd() || !(inDay || (endOfDay && value == 1440 && hour == 24)))
        return std::nullopt;
    return value;
}

model::Text wallTimeText(int minute)
{
    char buffer[5];
    char *at = writeDigits(buffer, static_cast<unsigned>(minute / 60), 2);
    *at++ = ':';
    writeDigits(at, static_cast<unsigned>(minute % 60), 2);
    return {buffer, sizeof buffer};
}

std::optional<int> parseWeekday(QByteArrayView text)
{
    const auto found = std::find(weekdays.begin(), weekdays.end(), text);
    if (found == weekdays.end())
        return std::nullopt;
    return static_cast<int>(found - weekdays.begin());
}

QByteArrayView weekdayText(int day)
{
    return weekdays.at(static_cast<std::size_t>(day));
}
} // namespace belfry::protocol
