#include "bench/vocabulary.h"

#include "bench/load_loop.h"

#include <string_view>

namespace belfry::bench {
namespace {
constexpr std::string_view syllables = "kalomirusetanobipedufigehovawuyo";

// The product of two even spreads prefers small numbers: word 0 is by far the most frequent.
std::uint64_t skewed(std::uint64_t random)
{
    const std::uint64_t a = random & 0xffff;
    const std::uint64_t b = (random >> 16) & 0xffff;
    return (a * b * vocabularySize) >> 32;
}
} // namespace

std::string word(std::uint64_t index)
{
    std::string text;
    for (int i = 0; i < 3; ++i) {
        text.append(syllables.substr((index % 16) * 2, 2));
        index /= 16;
    }
    return text;
}

std::string storedBody(std::uint64_t number, const std::string &user)
{
    std::string words;
    for (std::uint64_t i = 0; i < 8; ++i)
        words.append(i == 0 ? "" : " ").append(word(skewed(mixed(number * 8 + i))));
    return R"({"user_id":")" + user + R"(","type":"news","title":"News )" + std::to_string(number) +
           R"(","message":")" + words + R"(","data":{"n":)" + std::to_string(number) + "}}";
}
} // namespace belfry::bench
