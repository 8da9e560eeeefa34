#include "protocol/json_scan.h"

#include "model/hex.h"

#include <cstring>

namespace belfry::protocol {
namespace {
constexpr std::size_t usualMembers = 16;
constexpr qsizetype escapeSize = 6; // \uXXXX

/// Code unit of the escape at `at`, or -1 when there is none.
int codeUnit(QByteArrayView json, qsizetype at)
{
    if (at + escapeSize > json.size() || json[at] != '\\' || json[at + 1] != 'u')
        return -1;
    int value = 0;
    for (qsizetype i = at + 2; i < at + escapeSize; ++i) {
        const int digit = model::hexValue(json[i]);
        if (digit < 0)
            return -1;
        value = 16 * value + digit;
    }
    return value;
}

struct Fault
{
    EscapeFault kind = EscapeFault::None;
    qsizetype at = 0;
    qsizetype next = 0; ///< where to look on
};

/// Judges the escape at `at`.
Fault judge(QByteArrayView json, qsizetype at)
{
    const int unit = codeUnit(json, at);
    if (unit < 0)
        return {EscapeFault::None, at, at + 2};
    if (unit == 0)
        return {EscapeFault::Nul, at, at + escapeSize};
    if (unit < 0xd800 || unit > 0xdfff)
        return {EscapeFault::None, at, at + escapeSize};
    const int second = unit < 0xdc00 ? codeUnit(json, at + escapeSize) : -1;
    if (second >= 0xdc00 && second <= 0xdfff)
        return {EscapeFault::None, at, at + 2 * escapeSize};
    return {EscapeFault::LoneSurrogate, at, at + escapeSize};
}

Fault nextFault(QByteArrayView json, qsizetype from)
{
    while (from < json.size()) {
        const void *found =
            std::memchr(json.data() + from, '\\', static_cast<std::size_t>(json.size() - from));
        if (!found)
            break;
        const Fault fault = judge(json, static_cast<const char *>(found) - json.data());
        if (fault.kind != EscapeFault::None)
            return fault;
        from = fault.next;
    }
    return {};
}

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}
} // namespace

EscapeFault findEscapeFault(QByteArrayView json)
{
    return nextFault(json, 0).kind;
}

QByteArray markEscapeFaults(QByteArrayView json)
{
    QByteArray out = json.toByteArray();
    for (Fault fault = nextFault(json, 0); fault.kind != EscapeFault::None;
         fault = nextFault(json, fault.next))
        std::memcpy(out.data() + fault.at, "\\u0000", escapeSize);
    return out;
}

void JsonScan::skipSpace()
{
    while (m_at < m_json.size() && isSpace(m_json[m_at]))
        ++m_at;
}

bool JsonScan::take(char expected)
{
    skipSpace();
    if (m_at >= m_json.size() || m_json[m_at] != expected)
        return false;
    ++m_at;
    return true;
}

bool JsonScan::isAtEnd()
{
    skipSpace();
    return m_at >= m_json.size();
}

bool JsonScan::skipString()
{
    const qsizetype opening = m_at++;
    while (m_at < m_json.size()) {
        const void *found =
            std::memchr(m_json.data() + m_at, '"', static_cast<std::size_t>(m_json.size() - m_at));
        if (!found)
            break;
        const qsizetype quote = static_cast<const char *>(found) - m_json.data();
        qsizetype first = quote;
        while (first - 1 > opening && m_json[first - 1] == '\\')
            --first;
        m_at = quote + 1;
        if ((quote - first) % 2 == 0)
            return true;
    }
    m_at = m_json.size();
    return false;
}

bool JsonScan::skipNested()
{
    qsizetype depth = 0;
    while (m_at < m_json.size()) {
        const char c = m_json[m_at];
        if (c == '"') {
            if (!skipString())
                return false;
            continue;
        }
        ++m_at;
        if (c == '{' || c == '[')
            ++depth;
        else if ((c == '}' || c == ']') && --depth == 0)
            return true;
    }
    return false;
}

void JsonScan::skipScalar()
{
    while (m_at < m_json.size() && !isSpace(m_json[m_at]) && !std::strchr(",]}:\"[{", m_json[m_at]))
        ++m_at;
}

std::optional<QByteArrayView> JsonScan::value()
{
    skipSpace();
    const qsizetype start = m_at;
    if (start >= m_json.size())
        return std::nullopt;
    const char first = m_json[start];
    if (first == '"') {
        if (!skipString())
            return std::nullopt;
    } else if (first == '{' || first == '[') {
        if (!skipNested())
            return std::nullopt;
    } else {
        skipScalar();
    }
    if (m_at == start)
        return std::nullopt;
    return m_json.sliced(start, m_at - start);
}

std::optional<std::vector<QByteArrayView>> splitArray(QByteArrayView json)
{
    JsonScan scan(json);
    std::vector<QByteArrayView> values;
    if (!scan.take('['))
        return std::nullopt;
    if (scan.take(']'))
        return scan.isAtEnd() ? std::optional(values) : std::nullopt;
    do {
        const auto value = scan.value();
        if (!value)
            return std::nullopt;
        values.push_back(*value);
    } while (scan.take(','));
    return scan.take(']') && scan.isAtEnd() ? std::optional(std::move(values)) : std::nullopt;
}

std::optional<std::vector<std::pair<QByteArrayView, QByteArrayView>>> splitObject(QByteArrayView json)
{
    JsonScan scan(json);
    std::vector<std::pair<QByteArrayView, QByteArrayView>> members;
    members.reserve(usualMembers);
    if (!scan.take('{'))
        return std::nullopt;
    if (scan.take('}'))
        return scan.isAtEnd() ? std::optional(members) : std::nullopt;
    do {
        const auto name = scan.value();
        const bool colon = name && name->front() == '"' && scan.take(':');
        const auto value = colon ? scan.value() : std::nullopt;
        if (!value)
            return std::nullopt;
        members.emplace_back(*name, *value);
    } while (scan.take(','));
    return scan.take('}') && scan.isAtEnd() ? std::optional(std::move(members)) : std::nullopt;
}
} // namespace belfry::protocol
