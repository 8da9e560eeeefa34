#include "protocol/json_writer.h"

#include "protocol/time_text.h"

#include <charconv>
#include <cmath>

namespace belfry::protocol {
namespace {
constexpr quint64 everyByte(quint64 byte)
{
    return byte * 0x0101010101010101ULL;
}

/// Has one of the eight bytes to be escaped: below 0x20, a quote or a backslash? May say yes for bytes over
/// 0x7f.
bool needsCare(quint64 word)
{
    const auto hasZero = [](quint64 w) { return (w - everyByte(0x01)) & ~w & everyByte(0x80); };
    const quint64 control = (word - everyByte(0x20)) & ~word & everyByte(0x80);
    return (control | hasZero(word ^ everyByte('"')) | hasZero(word ^ everyByte('\\'))) != 0;
}

bool isClean(char c)
{
    return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
}

/// Number of bytes from `at` that can be copied as they are.
qsizetype cleanRun(const char *at, const char *end)
{
    const char *p = at;
    for (quint64 word = 0; end - p >= 8; p += 8) {
        std::memcpy(&word, p, 8);
        if (needsCare(word))
            break;
    }
    while (p < end && isClean(*p))
        ++p;
    return p - at;
}

char *writeEscape(char *at, char c)
{
    static constexpr char hex[] = "0123456789abcdef";
    *at++ = '\\';
    switch (c) {
    case '"':
    case '\\':
        *at++ = c;
        return at;
    case '\n':
        *at++ = 'n';
        return at;
    case '\r':
        *at++ = 'r';
        return at;
    case '\t':
        *at++ = 't';
        return at;
    default:
        break;
    }
    at[0] = 'u';
    at[1] = '0';
    at[2] = '0';
    at[3] = hex[(static_cast<unsigned char>(c) >> 4) & 0xf];
    at[4] = hex[static_cast<unsigned char>(c) & 0xf];
    return at + 5;
}
} // namespace

JsonWriter::JsonWriter(QByteArray &out)
    : m_out(out)
{
    const qsizetype used = out.size();
    out.resize(std::max(out.capacity(), used + 64));
    m_at = out.data() + used;
    m_end = out.data() + out.size();
}

void JsonWriter::finish()
{
    m_out.resize(m_at - m_out.constData());
    m_at = m_out.data() + m_out.size();
    m_end = m_at;
}

char *JsonWriter::grow(qsizetype bytes)
{
    const qsizetype used = m_at - m_out.constData();
    m_out.resize(std::max(2 * m_out.size(), used + bytes));
    m_at = m_out.data() + used;
    m_end = m_out.data() + m_out.size();
    return m_at;
}

char *JsonWriter::startValue(qsizetype bytes)
{
    char *at = ensure(bytes + 1);
    if (m_comma)
        *at++ = ',';
    m_comma = true;
    return at;
}

JsonWriter &JsonWriter::open(char bracket)
{
    char *at = startValue(1);
    *at = bracket;
    m_at = at + 1;
    m_comma = false;
    return *this;
}

JsonWriter &JsonWriter::shut(char bracket)
{
    *ensure(1) = bracket;
    ++m_at;
    m_comma = true;
    return *this;
}

JsonWriter &JsonWriter::anyKey(QByteArrayView name)
{
    text(name);
    *ensure(1) = ':';
    ++m_at;
    m_comma = false;
    return *this;
}

JsonWriter &JsonWriter::text(QByteArrayView utf8)
{
    char *at = startValue(utf8.size() + 2);
    *at++ = '"';
    m_at = at;
    appendEscaped(utf8);
    *ensure(1) = '"';
    ++m_at;
    return *this;
}

void JsonWriter::appendEscaped(QByteArrayView utf8)
{
    const char *from = utf8.data();
    const char *const end = from + utf8.size();
    while (from < end) {
        const qsizetype clean = cleanRun(from, end);
        char *at = ensure(clean + 6);
        std::memcpy(at, from, static_cast<std::size_t>(clean));
        m_at = at + clean;
        from += clean;
        if (from < end)
            m_at = writeEscape(m_at, *from++);
    }
}

JsonWriter &JsonWriter::number(qint64 value)
{
    char *at = startValue(20);
    m_at = std::to_chars(at, at + 20, value).ptr;
    return *this;
}

JsonWriter &JsonWriter::real(double value)
{
    if (!std::isfinite(value))
        return null();
    char *at = startValue(32);
    m_at = std::to_chars(at, at + 32, value).ptr;
    return *this;
}

JsonWriter &JsonWriter::time(model::Instant at)
{
    char *to = startValue(instantTextMax + 2);
    *to++ = '"';
    to = writeInstant(to, at);
    *to++ = '"';
    m_at = to;
    return *this;
}

JsonWriter &JsonWriter::uuid(const model::Uuid &id)
{
    static constexpr char hex[] = "0123456789abcdef";
    char *at = startValue(38);
    *at++ = '"';
    for (int nibble = 0; nibble < 32; ++nibble) {
        if (nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20)
            *at++ = '-';
        const quint64 half = nibble < 16 ? id.high : id.low;
        *at++ = hex[(half >> (60 - 4 * (nibble & 15))) & 0xf];
    }
    *at++ = '"';
    m_at = at;
    return *this;
}

JsonWriter &JsonWriter::verbatim(QByteArrayView json)
{
    char *at = startValue(json.size());
    std::memcpy(at, json.data(), static_cast<std::size_t>(json.size()));
    m_at = at + json.size();
    return *this;
}
} // namespace belfry::protocol
