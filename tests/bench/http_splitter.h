#pragma once

#include <string>
#include <string_view>

namespace belfry::bench {
/// One HTTP/1.1 message as it lies in the buffer; valid during the callback only.
struct HttpMessage
{
    std::string_view startLine; ///< "HTTP/1.1 201 Created" or "POST /path HTTP/1.1"
    std::string_view headers;   ///< the lines after it, each with its CRLF
    std::string_view body;

    /// Of an answer; 0 when the start line is none.
    [[nodiscard]] int status() const;
    /// The value of the first header of this name (any case), without the spaces around it; empty when
    /// absent.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// Cuts a stream into HTTP messages with a Content-Length (none = no body; 1xx, 204 and 304 never have one),
/// however the reads were split. The bench's own traffic only: a chunked body counts as a broken stream.
class HttpSplitter
{
public:
    static constexpr std::size_t maxMessage = 64 * 1024 * 1024;

    /// Calls `onMessage(const HttpMessage &) -> bool` for each whole message; false stops there, and `rest()`
    /// has what follows. Answers false when the stream is broken.
    template<typename OnMessage>
    bool feed(std::string_view data, OnMessage &&onMessage);

    /// Takes what came after the last message: the first frames behind a 101.
    [[nodiscard]] std::string takeRest() { return std::move(m_tail); }
    void clear() { m_tail.clear(); }

private:
    enum class Cut { Whole, Incomplete, Broken };
    static Cut cut(std::string_view data, HttpMessage &message, std::size_t &size);

    std::string m_tail;
};

template<typename OnMessage>
bool HttpSplitter::feed(std::string_view data, OnMessage &&onMessage)
{
    std::string joined;
    if (!m_tail.empty()) {
        joined = std::move(m_tail.append(data));
        m_tail.clear();
        data = joined;
    }
    bool goOn = true;
    while (goOn && !data.empty()) {
        HttpMessage message;
        std::size_t size = 0;
        const Cut result = cut(data, message, size);
        if (result == Cut::Broken)
            return false;
        if (result == Cut::Incomplete)
            break;
        data.remove_prefix(size);
        goOn = onMessage(message);
    }
    m_tail.assign(data);
    return true;
}
} // namespace belfry::bench
