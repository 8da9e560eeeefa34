#pragma once

#include "store/rows.h"

namespace belfry::store {
/// The preferences document as it is stored, and its ETag. Every document has exactly one encoding.
[[nodiscard]] model::Text encodePreferences(const model::Preferences &document);
[[nodiscard]] model::Preferences decodePreferences(const model::Text &text);

/// Never written = the defaults, with their ETag.
[[nodiscard]] ports::StoredPreferences storedPreferences(const PreferencesRow &row);
[[nodiscard]] PreferencesRow preferencesRow(const model::Preferences &document);
} // namespace belfry::store
