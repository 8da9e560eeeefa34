#include "window/marked_text.h"

namespace belfry::window {
using offline::FoundWords;
using offline::Span;

namespace {
/// `mark` has a place for the escaped text.
QString marked(const QString &plain, const FoundWords &found, const QString &mark)
{
    QString markup;
    qsizetype from = 0;
    for (const Span &span : found.in(plain)) {
        markup += plain.mid(from, span.from - from).toHtmlEscaped();
        markup += mark.arg(plain.mid(span.from, span.length).toHtmlEscaped());
        from = span.from + span.length;
    }
    return markup + plain.mid(from).toHtmlEscaped();
}
} // namespace

QString underlined(const QString &plain, const FoundWords &found, const QString &ink)
{
    return marked(plain, found,
                  QStringLiteral("<u><font color=\"%1\">%2</font></u>").arg(ink, QStringLiteral("%1")));
}

QString highlighted(const QString &plain, const FoundWords &found, const QString &ink, const QString &plane)
{
    const QString mark = QStringLiteral("<span style=\"color:%1; background-color:%2\">%3</span>")
                             .arg(ink, plane, QStringLiteral("%1"));
    return QStringLiteral("<p style=\"margin-top:0px; margin-bottom:0px; white-space:pre-wrap\">%1</p>")
        .arg(marked(plain, found, mark));
}

QString excerpt(const QString &line, const FoundWords &found)
{
    constexpr qsizetype near = 80; // characters: about what a narrow row shows
    constexpr qsizetype lead = 30;
    const QList<Span> spans = found.in(line);
    if (spans.isEmpty() || spans.first().from < near)
        return line;
    const qsizetype blank = line.indexOf(u' ', spans.first().from - lead);
    const qsizetype from = blank >= 0 && blank < spans.first().from ? blank + 1 : spans.first().from;
    return QStringLiteral("… ") + line.mid(from);
}
} // namespace belfry::window
