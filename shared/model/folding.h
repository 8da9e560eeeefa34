#pragma once

#include <QString>
#include <string>

namespace belfry::model {
/// A text as searches compare it, here and at the server (decisions H87): NFKD, marks off, ß → ss, case
/// folded. What is neither letter nor digit is still in it, for the caller to cut at. Pure.
[[nodiscard]] std::u32string foldedCharacters(const QString &text);
/// Of Chinese, Japanese and Korean, which have no blanks to cut at. Pure.
[[nodiscard]] bool isOfRuns(char32_t c);
} // namespace belfry::model
