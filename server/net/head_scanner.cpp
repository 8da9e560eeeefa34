#include "net/head_scanner.h"

#include <algorithm>
#include <cstring>

namespace belfry::net {
namespace {
bool isTokenChar(char c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
        return true;
    return c != '\0' && std::strchr("!#$%&'*+-.^_`|~", c) != nullptr;
}

/// `name` in lower case, without the colon.
bool isField(QByteArrayView line, QByteArrayView name)
{
    return line.size() > name.size() && line[name.size()] == ':' &&
           line.first(name.size()).compare(name, Qt::CaseInsensitive) == 0;
}

QByteArrayView valueOf(QByteArrayView line, qsizetype nameLength)
{
    const auto isSpace = [](char c) { return c == ' ' || c == '\t'; };
    QByteArrayView value = line.sliced(nameLength + 1);
    while (!value.isEmpty() && isSpace(value.front()))
        value = value.sliced(1);
    while (!value.isEmpty() && isSpace(value.back()))
        value.chop(1);
    return value;
}

bool isNumber(QByteArrayView value)
{
    return !value.isEmpty() && std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
}

/// Letters, digits and what else a name, an IP address or a port is made of: nothing that another server
/// could read as a list, a path or a user.
bool isHost(QByteArrayView value)
{
    return std::ranges::all_of(value, [](char c) {
        return static_cast<unsigned char>(c) > ' ' && c != 0x7f && !std::strchr(",/\\@?#<>\"", c);
    });
}
} // namespace

HeadScanner::Step HeadScanner::fail(int status, const char *detail)
{
    m_refusal = {status, detail};
    return Step::Failed;
}

HeadScanner::Step HeadScanner::scan(QByteArrayView head)
{
    if (m_fields < 0 && !head.isEmpty() && !isTokenChar(head.front()))
        return fail(400, "The request does not begin with a method.");
    while (m_scanned < head.size()) {
        const void *found =
            std::memchr(head.data() + m_scanned, '\n', static_cast<std::size_t>(head.size() - m_scanned));
        if (!found)
            break;
        const qsizetype end = static_cast<const char *>(found) - head.data();
        if (end == m_line || head[end - 1] != '\r')
            return fail(400, "Lines end with CR LF.");
        const QByteArrayView line = head.sliced(m_line, end - 1 - m_line);
        m_line = m_scanned = end + 1;
        if (m_line > m_limits->headerBytes)
            return fail(431, "The header is too large.");
        if (line.isEmpty())
            return judgeFraming();
        if (const Step step = takeLine(line); step == Step::Failed)
            return step;
    }
    m_scanned = head.size();
    return judgeUnfinished(head);
}

HeadScanner::Step HeadScanner::judgeUnfinished(QByteArrayView head)
{
    // One more for a CR whose LF is still to come.
    if (head.size() - m_line > m_limits->headerLineBytes + 1)
        return m_fields < 0 ? fail(414, "The request line is too long.")
                            : fail(431, "A header line is too long.");
    if (head.size() > m_limits->headerBytes)
        return fail(431, "The header is too large.");
    return Step::NeedMore;
}

HeadScanner::Step HeadScanner::takeLine(QByteArrayView line)
{
    if (line.size() > m_limits->headerLineBytes)
        return m_fields < 0 ? fail(414, "The request line is too long.")
                            : fail(431, "A header line is too long.");
    if (m_fields < 0)
        return takeRequestLine(line);
    if (std::memchr(line.data(), '\r', static_cast<std::size_t>(line.size())))
        return fail(400, "Lines end with CR LF.");
    if (line.front() == ' ' || line.front() == '\t')
        return fail(400, "Folded header lines are not accepted.");
    if (m_fields >= m_limits->headerLines)
        return fail(431, "There are too many header lines.");
    return takeField(line);
}

HeadScanner::Step HeadScanner::takeRequestLine(QByteArrayView line)
{
    m_fields = 0;
    const QByteArrayView version = line.size() > 8 ? line.last(8) : line;
    if (version == QByteArrayView("HTTP/1.1"))
        m_framing.minorVersion = 1;
    else if (version == QByteArrayView("HTTP/1.0"))
        m_framing.minorVersion = 0;
    else if (version.size() == 8 && version.startsWith("HTTP/") && version[6] == '.')
        return fail(505, "Only HTTP/1.1 and HTTP/1.0 are spoken here.");
    else
        return fail(400, "The request line is malformed.");
    return Step::NeedMore;
}

HeadScanner::Step HeadScanner::takeField(QByteArrayView line)
{
    ++m_fields;
    // Only three names matter here, and they begin with three letters.
    switch (line.front() | 0x20) {
    case 'h':
        if (isField(line, "host")) {
            ++m_framing.hosts;
            m_framing.hostIsSane &= isHost(valueOf(line, 4));
        }
        break;
    case 'c':
        if (isField(line, "content-length")) {
            ++m_framing.contentLengths;
            m_framing.lengthIsNumber &= isNumber(valueOf(line, 14));
        }
        break;
    case 't':
        if (isField(line, "transfer-encoding")) {
            ++m_framing.transferEncodings;
            m_framing.onlyChunked &= valueOf(line, 17).compare("chunked", Qt::CaseInsensitive) == 0;
        }
        break;
    default:
        break;
    }
    return Step::NeedMore;
}

HeadScanner::Step HeadScanner::judgeFraming()
{
    if (m_fields < 0)
        return fail(400, "The request line is missing.");
    const Framing &f = m_framing;
    if (f.transferEncodings > 0 && f.minorVersion == 0)
        return fail(400, "HTTP/1.0 knows no Transfer-Encoding.");
    if (f.transferEncodings > 1 || !f.onlyChunked)
        return fail(501, "The only Transfer-Encoding is chunked.");
    if (f.transferEncodings > 0 && f.contentLengths > 0)
        return fail(400, "Content-Length and Transfer-Encoding exclude each other.");
    if (f.contentLengths > 1)
        return fail(400, "There is more than one Content-Length.");
    if (!f.lengthIsNumber)
        return fail(400, "Content-Length is not a number.");
    if (f.hosts > 1)
        return fail(400, "There is more than one Host.");
    if (f.hosts == 0 && f.minorVersion == 1)
        return fail(400, "Host is missing.");
    if (!f.hostIsSane)
        return fail(400, "Host is malformed.");
    return Step::Complete;
}
} // namespace belfry::net
