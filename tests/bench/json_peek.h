#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace belfry::bench {
// The generator must cost far less than the server, so that it looks for what it needs in a frame instead of
// parsing it. Good for our server's own compact JSON and for nothing else.

/// The text of the first member of this name, as it stands (escapes are left); empty when there is none.
/// Spaces around the colon are allowed.
[[nodiscard]] std::string_view peekText(std::string_view json, std::string_view name);
/// The digits of the first member of this name; empty when there is none.
[[nodiscard]] std::string_view peekNumber(std::string_view json, std::string_view name);

/// Every request of the bench carries `bench:` and its number in 12 digits in the title; it comes back in the
/// frame.
constexpr std::string_view markerPrefix = "bench:";
constexpr std::size_t markerDigits = 12;
/// Writes the 12 digits.
void writeMarker(char *digits, std::uint64_t number);
[[nodiscard]] std::optional<std::uint64_t> readMarker(std::string_view frame);
} // namespace belfry::bench
