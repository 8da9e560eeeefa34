#include "store/json_text.h"

namespace belfry::store {
namespace {
void appendEscaped(QByteArray &out, char c)
{
    static constexpr char hex[] = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    out.append("\\u00").append(hex[byte >> 4]).append(hex[byte & 15]);
}
} // namespace

void appendJson(QByteArray &out, const model::Text &text)
{
    out.append('"');
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out.append('\\').append(c);
        else if (static_cast<unsigned char>(c) < 0x20)
            appendEscaped(out, c);
        else
            out.append(c);
    }
    out.append('"');
}
} // namespace belfry::store
