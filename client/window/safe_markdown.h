#pragma once

#include "offline/found_words.h"

namespace belfry::window {
/// Text of a notification as rich text that is safe to show: of Markdown paragraphs, headings, lists, quotes,
/// code, emphasis and links to http, https and mailto. Everything else stays the text that it is: HTML is
/// never markup, an image is its description (nothing is loaded from anywhere). Pure.
/// What a search found is marked, in the text that is read: what only the marks of Markdown keep apart counts
/// as one word there.
struct MarkdownInks
{
    QString link; ///< all as #rrggbb
    QString code; ///< behind code
    QString mark{};
    QString markPlane{}; ///< behind what is marked
};
[[nodiscard]] QString safeHtml(const QString &markdown, const MarkdownInks &inks,
                               const offline::FoundWords &found = {});
/// What is left of it in one line of plain text: for rows, banners, and those who listen. An image is its
/// description, a link its text.
[[nodiscard]] QString plainLine(const QString &markdown);
/// Whether a link may be opened: http, https, mailto, and well-formed.
[[nodiscard]] bool isSafeLink(const QString &link);
} // namespace belfry::window
