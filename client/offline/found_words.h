#pragma once

#include "offline/search_words.h"

#include <string>
#include <vector>

namespace belfry::offline {
/// A part of a text, in QChars.
struct Span
{
    qsizetype from = 0;
    qsizetype length = 0;
    friend bool operator==(const Span &, const Span &) = default;
};

/// What a search looks for, to be shown in what it found: by the rules of the index, so that what is marked
/// is what matched. A value.
class FoundWords
{
public:
    FoundWords() = default;
    explicit FoundWords(const model::Text &query);

    [[nodiscard]] bool isEmpty() const { return m_phrases.empty(); }
    /// Where they stand in the text, in order and apart from each other; of a word that goes on its
    /// beginning.
    [[nodiscard]] QList<Span> in(const QString &text) const;

private:
    struct Wanted
    {
        std::vector<std::u32string> words;
        bool isOpen = false;
    };
    std::vector<Wanted> m_phrases;
};
} // namespace belfry::offline
