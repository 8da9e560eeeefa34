#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace belfry::bench {
enum class Opcode : std::uint8_t { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

/// The head of a WebSocket frame (RFC 6455, section 5.2).
struct FrameHead
{
    bool fin = true;
    Opcode opcode = Opcode::Text;
    bool masked = false;
    std::uint32_t mask = 0; ///< as the four bytes stand in memory
    std::size_t headSize = 0;
    std::uint64_t payloadSize = 0;
};

/// The head at the begin of `data`; none while it is not there completely.
[[nodiscard]] std::optional<FrameHead> readFrameHead(std::string_view data);

/// Appends one whole frame as a server sends it.
void appendFrame(std::string &out, Opcode opcode, std::string_view payload);
/// Appends one whole frame as a client sends it: masked with `mask`.
void appendMaskedFrame(std::string &out, Opcode opcode, std::string_view payload, std::uint32_t mask);

/// Turns what a socket gives into frames, however it was cut. Whole frames are handed out where they lie;
/// only an incomplete tail is copied. Fragments come as they are (the bench's servers never fragment; the
/// session checks).
class FrameParser
{
public:
    /// More than this in one frame is taken for a broken stream.
    static constexpr std::uint64_t maxPayload = 16 * 1024 * 1024;

    /// Calls `onFrame(FrameHead, std::string_view payload)` for each whole frame; masked payloads are
    /// unmasked in place. False: the stream is broken, nothing after it is read. `data` may be overwritten. A
    /// callback that answers false stops the reading (its connection is closed).
    template<typename OnFrame>
    bool feed(char *data, std::size_t size, OnFrame &&onFrame);

    void clear() { m_tail.clear(); }

private:
    static void unmask(char *payload, std::size_t size, std::uint32_t mask);

    std::string m_tail;
};

template<typename OnFrame>
bool FrameParser::feed(char *data, std::size_t size, OnFrame &&onFrame)
{
    std::string joined;
    if (!m_tail.empty()) {
        joined = std::move(m_tail.append(data, size));
        m_tail.clear();
        data = joined.data();
        size = joined.size();
    }
    while (size > 0) {
        const std::optional<FrameHead> head = readFrameHead({data, size});
        if (head && head->payloadSize > maxPayload)
            return false;
        if (!head || size - head->headSize < head->payloadSize) {
            m_tail.assign(data, size);
            return true;
        }
        char *payload = data + head->headSize;
        if (head->masked)
            unmask(payload, head->payloadSize, head->mask);
        data = payload + head->payloadSize;
        size -= head->headSize + head->payloadSize;
        if (!onFrame(*head, std::string_view(payload, head->payloadSize)))
            return true;
    }
    return true;
}
} // namespace belfry::bench
