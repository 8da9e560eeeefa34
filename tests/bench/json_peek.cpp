#include "bench/json_peek.h"

#include <cstring>
#include <string>

namespace belfry::bench {
namespace {
std::string_view valueOf(std::string_view json, std::string_view name)
{
    std::size_t at = 0;
    while ((at = json.find(name, at)) != std::string_view::npos) {
        const std::size_t end = at + name.size();
        if (at > 0 && json[at - 1] == '"' && end < json.size() && json[end] == '"') {
            const std::size_t colon = json.find_first_not_of(' ', end + 1);
            if (colon != std::string_view::npos && json[colon] == ':') {
                const std::size_t begin = json.find_first_not_of(' ', colon + 1);
                return begin == std::string_view::npos ? std::string_view() : json.substr(begin);
            }
        }
        at = end;
    }
    return {};
}
} // namespace

std::string_view peekText(std::string_view json, std::string_view name)
{
    const std::string_view value = valueOf(json, name);
    if (value.empty() || value.front() != '"')
        return {};
    std::size_t end = 1;
    while (end < value.size() && value[end] != '"')
        end += value[end] == '\\' ? 2 : 1;
    return end < value.size() ? value.substr(1, end - 1) : std::string_view();
}

std::string_view peekNumber(std::string_view json, std::string_view name)
{
    const std::string_view value = valueOf(json, name);
    return value.substr(0, value.find_first_not_of("-0123456789"));
}

void writeMarker(char *digits, std::uint64_t number)
{
    for (std::size_t i = markerDigits; i > 0; --i) {
        digits[i - 1] = static_cast<char>('0' + number % 10);
        number /= 10;
    }
}

std::optional<std::uint64_t> readMarker(std::string_view frame)
{
    const void *found = ::memmem(frame.data(), frame.size(), markerPrefix.data(), markerPrefix.size());
    if (found == nullptr)
        return std::nullopt;
    const char *digits = static_cast<const char *>(found) + markerPrefix.size();
    if (frame.data() + frame.size() - digits < static_cast<std::ptrdiff_t>(markerDigits))
        return std::nullopt;
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < markerDigits; ++i) {
        if (digits[i] < '0' || digits[i] > '9')
            return std::nullopt;
        number = number * 10 + static_cast<std::uint64_t>(digits[i] - '0');
    }
    return number;
}
} // namespace belfry::bench
