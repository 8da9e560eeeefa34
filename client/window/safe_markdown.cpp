#include "window/safe_markdown.h"

#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextDocumentFragment>
#include <QTextList>
#include <QUrl>
#include <algorithm>

namespace belfry::window {
namespace {
/// Of a character that a search found.
constexpr int foundProperty = QTextFormat::UserProperty;

/// Writes what md4c (through QTextDocument) understood, in few tags of our own.
class Writer
{
public:
    explicit Writer(const MarkdownInks &inks)
        : m_inks(inks)
    {
    }

    QString write(const QTextDocument &document)
    {
        for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
            writeBlock(block);
        closeLists(0);
        closeCode();
        return m_html;
    }

private:
    void writeBlock(const QTextBlock &block)
    {
        const QTextBlockFormat format = block.blockFormat();
        if (isCode(block)) {
            closeLists(0);
            m_html += m_isInCode ? QStringLiteral("\n")
                                 : QStringLiteral("<pre style=\"background-color:%1\">").arg(m_inks.code);
            m_isInCode = true;
            for (auto it = block.begin(); !it.atEnd(); ++it)
                m_html += textOf(it.fragment());
            return;
        }
        closeCode();
        if (const QTextList *list = block.textList()) {
            openLists(*list);
            m_html += QStringLiteral("<li>") + inlines(block) + QStringLiteral("</li>");
            return;
        }
        closeLists(0);
        const QString text = inlines(block);
        if (text.isEmpty())
            return;
        if (format.headingLevel() > 0) // as strong text: a notification is no book
            m_html += QStringLiteral("<p><b>%1</b></p>").arg(text);
        else if (format.intProperty(QTextFormat::BlockQuoteLevel) > 0)
            m_html += QStringLiteral("<blockquote>%1</blockquote>").arg(text);
        else
            m_html += QStringLiteral("<p>%1</p>").arg(text);
    }

    static bool isCode(const QTextBlock &block)
    {
        return block.blockFormat().hasProperty(QTextFormat::BlockCodeFence) ||
               block.blockFormat().hasProperty(QTextFormat::BlockCodeLanguage) ||
               block.blockFormat().nonBreakableLines();
    }

    void openLists(const QTextList &list)
    {
        const int depth = std::clamp(list.format().indent(), 1, deepest);
        closeLists(depth);
        while (m_lists.size() < depth) {
            const bool isNumbered = list.format().style() <= QTextListFormat::ListDecimal;
            m_lists.append(isNumbered ? QStringLiteral("ol") : QStringLiteral("ul"));
            m_html += QStringLiteral("<%1>").arg(m_lists.last());
        }
    }

    void closeLists(int depth)
    {
        while (m_lists.size() > depth)
            m_html += QStringLiteral("</%1>").arg(m_lists.takeLast());
    }

    void closeCode()
    {
        if (std::exchange(m_isInCode, false))
            m_html += QStringLiteral("</pre>");
    }

    QString inlines(const QTextBlock &block) const
    {
        QString html;
        for (auto it = block.begin(); !it.atEnd(); ++it)
            html += inlined(it.fragment());
        return html;
    }

    QString textOf(const QTextFragment &fragment) const
    {
        const QString html = fragment.text().toHtmlEscaped();
        return fragment.charFormat().boolProperty(foundProperty)
                   ? QStringLiteral("<span style=\"color:%1; background-color:%2\">%3</span>")
                         .arg(m_inks.mark, m_inks.markPlane, html)
                   : html;
    }

    QString inlined(const QTextFragment &fragment) const
    {
        const QTextCharFormat format = fragment.charFormat();
        if (format.isImageFormat()) {
            const QString about = format.property(QTextFormat::ImageAltText).toString();
            return QStringLiteral("[%1]").arg(about.toHtmlEscaped());
        }
        QString html = textOf(fragment);
        html.replace(QChar::LineSeparator, QStringLiteral("<br>"));
        if (format.fontFixedPitch())
            html = QStringLiteral("<code style=\"background-color:%1\">%2</code>").arg(m_inks.code, html);
        if (format.fontWeight() > QFont::Medium)
            html = QStringLiteral("<b>%1</b>").arg(html);
        if (format.fontItalic())
            html = QStringLiteral("<i>%1</i>").arg(html);
        if (format.fontStrikeOut())
            html = QStringLiteral("<s>%1</s>").arg(html);
        if (format.isAnchor() && isSafeLink(format.anchorHref()))
            html = QStringLiteral("<a href=\"%1\" style=\"color:%2\">%3</a>")
                       .arg(format.anchorHref().toHtmlEscaped(), m_inks.link, html);
        return html;
    }

    static constexpr int deepest = 4;

    const MarkdownInks &m_inks;
    QString m_html;
    QStringList m_lists;
    bool m_isInCode = false;
};
} // namespace

bool isSafeLink(const QString &link)
{
    const QUrl url(link, QUrl::StrictMode);
    if (!url.isValid())
        return false;
    if (url.scheme() == QLatin1String("mailto"))
        return !url.path().isEmpty();
    return (url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https")) &&
           !url.host().isEmpty();
}

namespace {
void read(QTextDocument &document, const QString &markdown)
{
    document.setUndoRedoEnabled(false);
    // A single line break of the sender is one for the reader, too.
    QString text = markdown;
    text.replace(QLatin1Char('\r'), QString());
    document.setMarkdown(text, QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) |
                                   QTextDocument::MarkdownNoHTML);
}

/// Across bold and plain: where a mark begins or ends, a fragment does.
void markFound(QTextDocument &document, const offline::FoundWords &found)
{
    QTextCharFormat mark;
    mark.setProperty(foundProperty, true);
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        for (const offline::Span &span : found.in(block.text())) {
            QTextCursor cursor(block);
            cursor.setPosition(block.position() + int(span.from));
            cursor.setPosition(block.position() + int(span.from + span.length), QTextCursor::KeepAnchor);
            cursor.mergeCharFormat(mark);
        }
    }
}

/// Most texts say the same with and without.
bool mayBeMarkdown(const QString &text)
{
    static const QString marks = QStringLiteral("*_`#[]<>~|\\&\n-+");
    return std::any_of(text.begin(), text.end(), [](QChar c) { return marks.contains(c); });
}
} // namespace

QString plainLine(const QString &markdown)
{
    if (!mayBeMarkdown(markdown))
        return markdown.simplified();
    QTextDocument document;
    read(document, markdown);
    QStringList parts;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        QString line;
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextCharFormat format = it.fragment().charFormat();
            line += format.isImageFormat() ? format.property(QTextFormat::ImageAltText).toString()
                                           : it.fragment().text();
        }
        parts.append(line);
    }
    return parts.join(QLatin1Char(' ')).simplified();
}

QString safeHtml(const QString &markdown, const MarkdownInks &inks, const offline::FoundWords &found)
{
    QTextDocument document;
    read(document, markdown);
    markFound(document, found);
    return Writer(inks).write(document);
}
} // namespace belfry::window
