#include "window/safe_markdown.h"

#include <QTextBlock>
#include <QTextDocument>
#include <QTextDocumentFragment>
#include <QTextList>
#include <QUrl>
#include <algorithm>

namespace belfry::window {
namespace {
/// Writes what md4c (through QTextDocument) understood, in few tags of our own.
class Writer
{
public:
    Writer(const QString &linkColour, const QString &codeColour)
        : m_linkColour(linkColour)
        , m_codeColour(codeColour)
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
                                 : QStringLiteral("<pre style=\"background-color:%1\">").arg(m_codeColour);
            m_isInCode = true;
            m_html += block.text().toHtmlEscaped();
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

    QString inlined(const QTextFragment &fragment) const
    {
        const QTextCharFormat format = fragment.charFormat();
        if (format.isImageFormat()) {
            const QString about = format.property(QTextFormat::ImageAltText).toString();
            return QStringLiteral("[%1]").arg(about.toHtmlEscaped());
        }
        QString html = fragment.text().toHtmlEscaped();
        html.replace(QChar::LineSeparator, QStringLiteral("<br>"));
        if (format.fontFixedPitch())
            html = QStringLiteral("<code style=\"background-color:%1\">%2</code>").arg(m_codeColour, html);
        if (format.fontWeight() > QFont::Medium)
            html = QStringLiteral("<b>%1</b>").arg(html);
        if (format.fontItalic())
            html = QStringLiteral("<i>%1</i>").arg(html);
        if (format.fontStrikeOut())
            html = QStringLiteral("<s>%1</s>").arg(html);
        if (format.isAnchor() && isSafeLink(format.anchorHref()))
            html = QStringLiteral("<a href=\"%1\" style=\"color:%2\">%3</a>")
                       .arg(format.anchorHref().toHtmlEscaped(), m_linkColour, html);
        return html;
    }

    static constexpr int deepest = 4;

    const QString m_linkColour;
    const QString m_codeColour;
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

QString safeHtml(const QString &markdown, const QString &linkColour, const QString &codeColour)
{
    QTextDocument document;
    read(document, markdown);
    return Writer(linkColour, codeColour).write(document);
}
} // namespace belfry::window
