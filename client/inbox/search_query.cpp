#include "inbox/search_query.h"

#include <QCoreApplication>

#include "inbox/wall_clock.h"

#include <QDate>
#include <algorithm>

namespace belfry::inbox {
using Is = SearchQuery::Is;

namespace {
/// Cut at white space outside of quotes; quotes stay.
QStringList wordsOf(const QString &text)
{
    QStringList words;
    QString word;
    bool quoted = false;
    for (const QChar c : text) {
        if (c == u'"')
            quoted = !quoted;
        if (!c.isSpace() || quoted) {
            word.append(c);
            continue;
        }
        if (!word.isEmpty())
            words.append(std::exchange(word, {}));
    }
    if (!word.isEmpty())
        words.append(word);
    return words;
}

struct IsWord
{
    const char *word;
    Is is;
};
constexpr IsWord isWords[] = {{"unread", Is::Unread},     {"read", Is::Read},
                              {"archived", Is::Archived}, {"snoozed", Is::Snoozed},
                              {"critical", Is::Critical}, {"pending", Is::Pending}};

std::optional<Is> isFrom(const QString &word)
{
    for (const IsWord &known : isWords) {
        if (word.compare(QLatin1String(known.word), Qt::CaseInsensitive) == 0)
            return known.is;
    }
    return std::nullopt;
}

std::optional<model::Duration> unitOf(QChar c)
{
    switch (c.toLower().unicode()) {
    case u'h':
        return std::chrono::hours(1);
    case u'd':
        return model::days(1);
    case u'w':
        return model::days(7);
    default:
        return std::nullopt;
    }
}

model::MaybeInstant fromOf(const QString &value, model::Instant now, const QTimeZone &zone)
{
    if (const QDate day = QDate::fromString(value, Qt::ISODate); day.isValid())
        return instantOf(day, QTime(0, 0), zone);
    bool isNumber = false;
    const int count = value.chopped(1).toInt(&isNumber);
    const auto unit = unitOf(value.back());
    constexpr int most = 10'000;
    if (!isNumber || count <= 0 || count > most || !unit)
        return std::nullopt;
    return now - *unit * count;
}

struct Reader
{
    SearchQuery query;
    model::Instant now;
    const QTimeZone &zone;

    void fault(const QString &word, const QString &fits)
    {
        query.faults.append(
            QCoreApplication::translate("SearchQuery", "%1 is not known here. Possible: %2").arg(word, fits));
    }

    /// False: it is no key of ours.
    bool keyed(const QString &word, const QString &key, const QString &value)
    {
        if (key == u"is") {
            if (const auto is = isFrom(value))
                query.is.append(*is);
            else
                fault(word, QStringLiteral("unread, read, archived, snoozed, critical, pending"));
        } else if (key == u"app") {
            query.apps.append(value);
        } else if (key == u"cat") {
            query.categories.append(value);
        } else if (key == u"from") {
            if (const auto from = fromOf(value, now, zone))
                query.from = query.from ? std::max(*query.from, *from) : *from;
            else
                fault(word, QStringLiteral("12h, 7d, 2w, 2026-03-29"));
        } else {
            return false;
        }
        return true;
    }

    void take(const QString &word)
    {
        const qsizetype colon = word.indexOf(u':');
        const QString value = QString(word.mid(colon + 1)).remove(u'"');
        if (colon > 0 && !value.isEmpty() && keyed(word, word.left(colon).toLower(), value))
            return;
        query.text += (query.text.isEmpty() ? QString() : QStringLiteral(" ")) + word;
    }
};

bool isOne(const QStringList &names, const model::Text &text)
{
    if (names.isEmpty())
        return true;
    return names.contains(QString::fromUtf8(text), Qt::CaseInsensitive);
}

bool is(const Entry &entry, Is what)
{
    const model::Engagement &e = entry.shown->engagement;
    switch (what) {
    case Is::Unread:
        return !e.read;
    case Is::Read:
        return e.read.has_value();
    case Is::Archived:
        return e.archived.has_value();
    case Is::Snoozed:
        return e.snoozedUntil.has_value();
    case Is::Critical:
        return entry.shown->content.critical;
    case Is::Pending:
        return entry.isPending;
    }
    return false;
}
} // namespace

SearchQuery parseSearch(const QString &text, model::Instant now, const QTimeZone &zone)
{
    Reader reader{{}, now, zone};
    for (const QString &word : wordsOf(text))
        reader.take(word);
    return std::move(reader.query);
}

bool matches(const SearchQuery &query, const Entry &entry)
{
    const model::Content &content = entry.shown->content;
    return isOne(query.apps, content.source) && isOne(query.categories, content.type) &&
           (!query.from || entry.placedAt >= *query.from) &&
           std::all_of(query.is.begin(), query.is.end(), [&](Is what) { return is(entry, what); });
}
} // namespace belfry::inbox
