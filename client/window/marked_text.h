#pragma once

#include "offline/found_words.h"

namespace belfry::window {
/// Plain text with what a search found in it marked, by two kinds of markup; everything else stays the text
/// that it is. Colours as #rrggbb. Pure.

/// For a line of Qt's styled text, which has no planes behind words: underlined, in that ink.
[[nodiscard]] QString underlined(const QString &plain, const offline::FoundWords &found, const QString &ink);
/// For rich text: ink on a plane. White space stays.
[[nodiscard]] QString highlighted(const QString &plain, const offline::FoundWords &found, const QString &ink,
                                  const QString &plane);
/// From shortly before what was found first: what stands far behind would not be seen in a row. The whole
/// where nothing was found, or near its beginning.
[[nodiscard]] QString excerpt(const QString &line, const offline::FoundWords &found);
} // namespace belfry::window
