#include "offline/search_words.h"

#include <QStringList>

namespace belfry::offline {
namespace {
constexpr qsizetype mostWords = 16;

bool standsAlone(char32_t c)
{
    switch (QChar::script(c)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Hangul:
        return true;
    default:
        return false;
    }
}

void append(QString &out, char32_t c)
{
    if (!QChar::isLetterOrNumber(c)) {
        if (!out.isEmpty() && !out.endsWith(u' '))
            out.append(u' ');
        return;
    }
    const bool alone = standsAlone(c);
    if (alone && !out.isEmpty() && !out.endsWith(u' '))
        out.append(u' ');
    out.append(QString::fromUcs4(&c, 1));
    if (alone)
        out.append(u' ');
}

/// Words beside each other; the last one may go on.
QString phrase(const QString &folded, bool isOpen)
{
    return u'"' + folded + (isOpen ? QStringLiteral("\"*") : QStringLiteral("\""));
}

/// The pieces between double quotes are every second one.
QStringList phrasesOf(const QString &query)
{
    QStringList phrases;
    const QStringList pieces = query.split(u'"');
    for (qsizetype i = 0; i < pieces.size(); ++i) {
        if (i % 2 == 1) {
            if (const QString folded = foldedText(pieces[i].toUtf8()); !folded.isEmpty())
                phrases.append(phrase(folded, i + 1 == pieces.size()));
            continue;
        }
        // Simplified first: any white space parts words, and 東京 between two blanks stays one phrase.
        for (const QString &word : pieces[i].simplified().split(u' ', Qt::SkipEmptyParts)) {
            if (const QString folded = foldedText(word.toUtf8()); !folded.isEmpty())
                phrases.append(phrase(folded, true));
        }
    }
    return phrases;
}
} // namespace

QString foldedText(const model::Text &text)
{
    QString folded = QString::fromUtf8(text).normalized(QString::NormalizationForm_KD).toCaseFolded();
    folded.replace(u'\u00df', QStringLiteral("ss"));
    folded.removeIf([](QChar c) { return c.isMark(); });
    // Hangul was taken apart with the rest: put together again, so that a syllable is one character.
    folded = folded.normalized(QString::NormalizationForm_KC);
    QString out;
    out.reserve(folded.size());
    for (const char32_t c : folded.toUcs4())
        append(out, c);
    return out.trimmed();
}

QString matchExpression(const model::Text &query)
{
    return phrasesOf(QString::fromUtf8(query)).mid(0, mostWords).join(QStringLiteral(" AND "));
}
} // namespace belfry::offline
