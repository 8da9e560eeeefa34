#pragma once

#include "model/text.h"

#include <QList>

namespace belfry::offline {
/// Text as the index keeps it: words of letters and digits with a blank between them, by the rules of the
/// server's search (H87): NFKD, marks off, ß → ss, case folded. Each Chinese, Japanese or Korean character is
/// a word of its own, since there are no blanks to cut at.
[[nodiscard]] QString foldedText(const model::Text &text);

/// Words that have to stand beside each other: folded, a blank between them.
struct Phrase
{
    QString words;
    bool isOpen = false; ///< the last of them may be the beginning of one
    friend bool operator==(const Phrase &, const Phrase &) = default;
};

/// What a query looks for: each word alone, and what stands in "double quotes" together. At most 16.
[[nodiscard]] QList<Phrase> phrasesOf(const model::Text &query);

/// The FTS5 expression that finds all words of `query`, each as the beginning of one; what stands in "double
/// quotes" as it stands there. Built from folded words alone, so that nothing of FTS5's own language can come
/// in. Empty: nothing to look for. At most 16 words.
[[nodiscard]] QString matchExpression(const model::Text &query);
} // namespace belfry::offline
