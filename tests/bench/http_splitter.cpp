#include "bench/http_splitter.h"

#include <charconv>
#include <strings.h>

namespace belfry::bench {
namespace {
std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool hasNoBody(int status)
{
    return (status >= 100 && status < 200) || status == 204 || status == 304;
}
} // namespace

int HttpMessage::status() const
{
    int value = 0;
    if (startLine.starts_with("HTTP/1.") && startLine.size() >= 12)
        std::from_chars(startLine.data() + 9, startLine.data() + 12, value);
    return value;
}

std::string_view HttpMessage::header(std::string_view name) const
{
    std::string_view rest = headers;
    while (!rest.empty()) {
        const std::size_t end = rest.find("\r\n");
        const std::string_view line = rest.substr(0, end);
        if (line.size() > name.size() && line[name.size()] == ':' &&
            ::strncasecmp(line.data(), name.data(), name.size()) == 0)
            return trimmed(line.substr(name.size() + 1));
        rest.remove_prefix(end + 2);
    }
    return {};
}

HttpSplitter::Cut HttpSplitter::cut(std::string_view data, HttpMessage &message, std::size_t &size)
{
    const std::size_t headEnd = data.find("\r\n\r\n");
    if (headEnd == std::string_view::npos)
        return data.size() > 64 * 1024 ? Cut::Broken : Cut::Incomplete;
    const std::size_t lineEnd = data.find("\r\n");
    message.startLine = data.substr(0, lineEnd);
    message.headers = data.substr(lineEnd + 2, headEnd - lineEnd);
    if (!message.header("Transfer-Encoding").empty())
        return Cut::Broken;

    std::size_t length = 0;
    const std::string_view value = message.header("Content-Length");
    if (!value.empty()) {
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
        if (error != std::errc() || end != value.data() + value.size() || length > maxMessage)
            return Cut::Broken;
    }
    if (hasNoBody(message.status()))
        length = 0;
    const std::size_t bodyBegin = headEnd + 4;
    if (data.size() - bodyBegin < length)
        return Cut::Incomplete;
    message.body = data.substr(bodyBegin, length);
    size = bodyBegin + length;
    return Cut::Whole;
}
} // namespace belfry::bench
