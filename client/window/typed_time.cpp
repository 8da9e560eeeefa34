#include "window/typed_time.h"

#include <QRegularExpression>

namespace belfry::window {
namespace {
/// Digits of any script as ASCII, one kind of blank, and nothing that only turns the direction of writing.
QString plain(const QString &text)
{
    QString out;
    for (const char32_t c : text.toUcs4()) {
        const int digit = QChar::digitValue(c);
        if (digit >= 0)
            out += QLatin1Char(char('0' + digit));
        else if (QChar::category(c) != QChar::Other_Format)
            out += QString::fromUcs4(&c, 1);
    }
    return out.simplified();
}

/// "dmy", "mdy" or "ymd", as the locale writes it.
QString orderOf(const QLocale &locale)
{
    QString order;
    bool isQuoted = false;
    for (const QChar c : locale.dateFormat(QLocale::ShortFormat)) {
        if (c == u'\'')
            isQuoted = !isQuoted;
        const QChar part = c.toLower();
        if (!isQuoted && QStringLiteral("dmy").contains(part) && !order.contains(part))
            order += part;
    }
    return order;
}

std::optional<QDate> dateOf(int year, int month, int day)
{
    const QDate date(year, month, day);
    return date.isValid() ? std::optional(date) : std::nullopt;
}

std::optional<QDate> nextOf(int month, int day, QDate today)
{
    for (const int year : {today.year(), today.year() + 1}) {
        if (const auto date = dateOf(year, month, day); date && *date >= today)
            return date;
    }
    return std::nullopt;
}

/// Two digits are of the century of most days that are still to come.
std::optional<int> yearOf(const QString &digits)
{
    if (digits.size() == 2)
        return 2000 + digits.toInt();
    return digits.size() == 4 ? std::optional(digits.toInt()) : std::nullopt;
}

/// With the year in full: of two digits Qt makes one of the 20th century.
QString wholeFormat(const QLocale &locale)
{
    QString format = locale.dateFormat(QLocale::ShortFormat);
    if (!format.contains(QStringLiteral("yyyy")))
        format.replace(QStringLiteral("yy"), QStringLiteral("yyyy"));
    return format;
}

/// Just as the locale writes it: some have words in it.
std::optional<QDate> withWords(const QString &text, const QLocale &locale)
{
    if (const QDate day = locale.toDate(text, wholeFormat(locale)); day.isValid() && day.year() >= 1000)
        return day;
    const QDate day = locale.toDate(text, QLocale::ShortFormat);
    if (!day.isValid())
        return std::nullopt;
    return day.year() < 2000 ? day.addYears(100) : day;
}

/// Nobody snoozes to the second.
QString shortTime(const QLocale &locale)
{
    return locale.timeFormat(QLocale::ShortFormat).remove(QStringLiteral(":ss"));
}

/// Takes a word for one half of the day away, wherever it stands.
bool takeWord(QString &text, const QStringList &words)
{
    for (const QString &word : words) {
        if (word.isEmpty() || !text.contains(word, Qt::CaseInsensitive))
            continue;
        text = text.remove(word, Qt::CaseInsensitive).simplified();
        return true;
    }
    return false;
}
} // namespace

std::optional<QDate> typedDay(const QString &text, const QLocale &locale, QDate today)
{
    static const QRegularExpression form(
        QStringLiteral("^(\\d{1,4})[-./, ]+(\\d{1,2})(?:[-./, ]+(\\d{1,4}))?[-./, ]*$"));
    const QString order = orderOf(locale);
    const QRegularExpressionMatch match = form.match(plain(text));
    if (!match.hasMatch() || order.size() != 3)
        return withWords(text.simplified(), locale);
    const QStringList numbers = match.capturedTexts().mid(1);
    if (numbers.size() == 2) {
        const bool isDayFirst = order.indexOf(u'd') < order.indexOf(u'm');
        return nextOf(numbers[isDayFirst ? 1 : 0].toInt(), numbers[isDayFirst ? 0 : 1].toInt(), today);
    }
    if (numbers[0].size() == 4)
        return dateOf(numbers[0].toInt(), numbers[1].toInt(), numbers[2].toInt());
    const auto part = [&](QChar name) { return numbers[order.indexOf(name)]; };
    const std::optional<int> year = yearOf(part(u'y'));
    if (!year || part(u'm').size() > 2 || part(u'd').size() > 2)
        return std::nullopt;
    return dateOf(*year, part(u'm').toInt(), part(u'd').toInt());
}

std::optional<QTime> typedTime(const QString &text, const QLocale &locale)
{
    static const QRegularExpression form(QStringLiteral("^(\\d{1,2})(?: ?[:.h] ?(\\d{2}))?$"));
    QString rest = plain(text).toLower();
    const bool isAfternoon =
        takeWord(rest, {QStringLiteral("p.m."), QStringLiteral("pm"), plain(locale.pmText()).toLower()});
    const bool isMorning = !isAfternoon && takeWord(rest, {QStringLiteral("a.m."), QStringLiteral("am"),
                                                           plain(locale.amText()).toLower()});
    const QRegularExpressionMatch match = form.match(rest);
    if (!match.hasMatch()) {
        const QTime own = locale.toTime(text.simplified(), shortTime(locale)); // some have words in it
        return own.isValid() ? std::optional(own) : std::nullopt;
    }
    int hour = match.captured(1).toInt();
    if (isAfternoon || isMorning) {
        if (hour < 1 || hour > 12)
            return std::nullopt;
        hour = hour % 12 + (isAfternoon ? 12 : 0);
    }
    const QTime time(hour, match.captured(2).toInt());
    return time.isValid() ? std::optional(time) : std::nullopt;
}

QString dayAsTyped(QDate day, const QLocale &locale)
{
    return locale.toString(day, wholeFormat(locale));
}

QString timeAsTyped(QTime time, const QLocale &locale)
{
    return locale.toString(time, shortTime(locale));
}
} // namespace belfry::window
