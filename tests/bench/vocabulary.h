#pragma once

#include <cstdint>
#include <string>

namespace belfry::bench {
/// How many words stored texts are made of.
constexpr std::uint64_t vocabularySize = 4096;

/// A word of six letters; the same index gives the same word in every run, so that `reads` can search for
/// what `fill` stored.
[[nodiscard]] std::string word(std::uint64_t index);
/// The body of stored notification `number` for `user`: eight words, common ones more often, as in real
/// texts.
[[nodiscard]] std::string storedBody(std::uint64_t number, const std::string &user);
} // namespace belfry::bench
