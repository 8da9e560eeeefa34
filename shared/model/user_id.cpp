#include "model/user_id.h"

#include <QUtf8StringView>
#include <algorithm>

namespace belfry::model {
namespace {
/// C0, DEL and C1 (U+0080 to U+009F, in valid UTF-8 always C2 80 to C2 9F).
bool hasControl(const Text &text)
{
    unsigned char previous = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f || (previous == 0xc2 && byte < 0xa0))
            return true;
        previous = byte;
    }
    return false;
}

qsizetype codePoints(const Text &text)
{
    return std::count_if(text.begin(), text.end(),
                         [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
}
} // namespace

Result<UserId> makeUserId(const Text &text, const Text &pointer)
{
    if (text.isEmpty())
        return failField(ErrorCode::Invalid, pointer, "must not be empty");
    if (!QUtf8StringView(text).isValidUtf8() || hasControl(text))
        return failField(ErrorCode::Invalid, pointer, "must be UTF-8 text without control characters");
    if (codePoints(text) > maxIdCharacters)
        return failField(ErrorCode::Invalid, pointer, "must have at most 128 characters");
    return UserId{text};
}

std::optional<qint64> asInteger(const UserId &id)
{
    constexpr qint64 limit = 1LL << 53;
    const Text &text = id.text;
    const bool digits = !text.isEmpty() && text.size() <= 16 &&
                        std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || (text.size() > 1 && text.front() == '0'))
        return std::nullopt;
    const qint64 value = text.toLongLong();
    return value < limit ? std::optional(value) : std::nullopt;
}
} // namespace belfry::model
