#include "offline/search_words.h"

#include "model/folding.h"

#include <QStringList>

namespace belfry::offline {
namespace {
constexpr qsizetype mostWords = 16;

void append(QString &out, char32_t c)
{
    if (!QChar::isLetterOrNumber(c)) {
        if (!out.isEmpty() && !out.endsWith(u' '))
            out.append(u' ');
        return;
    }
    const bool alone = model::isOfRuns(c);
    if (alone && !out.isEmpty() && !out.endsWith(u' '))
        out.append(u' ');
    out.append(QString::fromUcs4(&c, 1));
    if (alone)
        out.append(u' ');
}

/// For FTS5.
QString expressionOf(const Phrase &phrase)
{
    return u'"' + phrase.words + (phrase.isOpen ? QStringLiteral("\"*") : QStringLiteral("\""));
}
} // namespace

QString foldedText(const model::Text &text)
{
    QString out;
    out.reserve(text.size());
    for (const char32_t c : model::foldedCharacters(QString::fromUtf8(text)))
        append(out, c);
    return out.trimmed();
}

/// The pieces between double quotes are every second one.
QList<Phrase> phrasesOf(const model::Text &query)
{
    QList<Phrase> phrases;
    const QStringList pieces = QString::fromUtf8(query).split(u'"');
    for (qsizetype i = 0; i < pieces.size(); ++i) {
        if (i % 2 == 1) {
            if (const QString folded = foldedText(pieces[i].toUtf8()); !folded.isEmpty())
                phrases.append({folded, i + 1 == pieces.size()});
            continue;
        }
        // Simplified first: any white space parts words, and 東京 between two blanks stays one phrase.
        for (const QString &word : pieces[i].simplified().split(u' ', Qt::SkipEmptyParts)) {
            if (const QString folded = foldedText(word.toUtf8()); !folded.isEmpty())
                phrases.append({folded, true});
        }
    }
    return phrases.mid(0, mostWords);
}

QString matchExpression(const model::Text &query)
{
    QStringList expressions;
    for (const Phrase &phrase : phrasesOf(query))
        expressions.append(expressionOf(phrase));
    return expressions.join(QStringLiteral(" AND "));
}
} // namespace belfry::offline
