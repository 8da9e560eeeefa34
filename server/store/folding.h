#pragma once

#include "model/text.h"

#include <vector>

namespace belfry::store {
/// The words of a text as both dialects index and find them (decisions H87): NFKD, marks off, ß → ss, case
/// folded; letters and digits make words; a run of Chinese, Japanese or Korean characters becomes its pairs
/// and its last character, since it has no spaces to cut at. At most `maxWords` words of at most 64
/// characters.
inline constexpr int maxWords = 512;
[[nodiscard]] std::vector<model::Text> foldedWords(const model::Text &text);

/// The words that a search asks for: like foldedWords, but a run is asked for by its pairs alone, so that a
/// single character finds every word that begins with it. All must be found, each as a prefix; at most 16.
[[nodiscard]] std::vector<model::Text> searchWords(const model::Text &query);

/// Whether each of `words` begins one of the words of the texts.
[[nodiscard]] bool matches(const std::vector<model::Text> &words, const model::Text &title,
                           const model::Text &message);
} // namespace belfry::store
