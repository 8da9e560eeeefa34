#include "bench/frame.h"

#include <cstring>

namespace belfry::bench {
namespace {
std::uint64_t bigEndian(std::string_view bytes)
{
    std::uint64_t value = 0;
    for (const char byte : bytes)
        value = (value << 8) | static_cast<unsigned char>(byte);
    return value;
}

void appendHead(std::string &out, Opcode opcode, std::uint64_t size, unsigned char maskBit)
{
    const auto byte = [&out](std::uint64_t value) { out.push_back(static_cast<char>(value & 0xff)); };
    byte(0x80U | static_cast<unsigned char>(opcode));
    int extra = 0;
    if (size < 126) {
        byte(maskBit | size);
    } else {
        extra = size <= 0xffff ? 2 : 8;
        byte(maskBit | (extra == 2 ? 126U : 127U));
    }
    for (int i = extra - 1; i >= 0; --i)
        byte(size >> (8 * i));
}

void applyMask(char *payload, std::size_t size, std::uint32_t mask)
{
    char key[4];
    std::memcpy(key, &mask, sizeof key);
    for (std::size_t i = 0; i < size; ++i)
        payload[i] = static_cast<char>(payload[i] ^ key[i & 3]);
}
} // namespace

std::optional<FrameHead> readFrameHead(std::string_view data)
{
    if (data.size() < 2)
        return std::nullopt;
    const auto first = static_cast<unsigned char>(data[0]);
    const auto second = static_cast<unsigned char>(data[1]);
    FrameHead head{(first & 0x80) != 0, static_cast<Opcode>(first & 0x0f), (second & 0x80) != 0};
    const unsigned length = second & 0x7f;
    const std::size_t extra = length == 126 ? 2 : length == 127 ? 8 : 0;
    head.headSize = 2 + extra + (head.masked ? 4 : 0);
    if (data.size() < head.headSize)
        return std::nullopt;
    head.payloadSize = extra == 0 ? length : bigEndian(data.substr(2, extra));
    if (head.masked)
        std::memcpy(&head.mask, data.data() + 2 + extra, sizeof head.mask);
    return head;
}

void appendFrame(std::string &out, Opcode opcode, std::string_view payload)
{
    appendHead(out, opcode, payload.size(), 0);
    out.append(payload);
}

void appendMaskedFrame(std::string &out, Opcode opcode, std::string_view payload, std::uint32_t mask)
{
    appendHead(out, opcode, payload.size(), 0x80);
    char key[4];
    std::memcpy(key, &mask, sizeof key);
    out.append(key, sizeof key);
    const std::size_t begin = out.size();
    out.append(payload);
    applyMask(out.data() + begin, payload.size(), mask);
}

void FrameParser::unmask(char *payload, std::size_t size, std::uint32_t mask)
{
    applyMask(payload, size, mask);
}
} // namespace belfry::bench
