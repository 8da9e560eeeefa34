#include "api/percent.h"

#include "model/hex.h"

namespace belfry::api {
namespace {
bool isUnreserved(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

/// The byte that stands at `i`, of which it moves to the last character; -1 when the escape is broken.
int byteAt(QByteArrayView text, qsizetype &i, Plus plus)
{
    if (text[i] == '+' && plus == Plus::Space)
        return ' ';
    if (text[i] != '%')
        return static_cast<unsigned char>(text[i]);
    if (i + 2 >= text.size())
        return -1;
    const int high = model::hexValue(text[i + 1]);
    const int low = model::hexValue(text[i + 2]);
    i += 2;
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}
} // namespace

std::optional<QByteArray> decodePercent(QByteArrayView text, Plus plus)
{
    QByteArray out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const int byte = byteAt(text, i, plus);
        if (byte <= 0)
            return {};
        out.append(static_cast<char>(byte));
    }
    if (!out.isValidUtf8())
        return {};
    return out;
}

void appendPercentEncoded(QByteArray &out, QByteArrayView text)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    for (const char c : text) {
        if (isUnreserved(c)) {
            out.append(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out.append('%').append(digits[byte >> 4]).append(digits[byte & 15]);
    }
}
} // namespace belfry::api
