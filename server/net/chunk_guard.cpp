#include "net/chunk_guard.h"

#include <algorithm>

namespace belfry::net {
namespace {
int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}
} // namespace

ChunkGuard::Step ChunkGuard::fail(int status, const char *detail)
{
    m_refusal = {status, detail};
    return Step::Failed;
}

ChunkGuard::Step ChunkGuard::scan(QByteArrayView in, qsizetype &scanned)
{
    scanned = 0;
    while (scanned < in.size()) {
        if (m_state == State::Data) {
            const qsizetype n =
                static_cast<qsizetype>(std::min<quint64>(m_size, static_cast<quint64>(in.size() - scanned)));
            scanned += n;
            m_size -= static_cast<quint64>(n);
            if (m_size == 0)
                m_state = State::DataCr;
            continue;
        }
        if (const Step step = take(in[scanned++]); step != Step::NeedMore)
            return step;
    }
    return Step::NeedMore;
}

ChunkGuard::Step ChunkGuard::take(char c)
{
    switch (m_state) {
    case State::Size:
    case State::Extension:
        return takeSize(c);
    case State::LineFeed: {
        const bool last = m_size == 0;
        m_digits = m_line = 0;
        return expect(c, '\n', last ? State::TrailerStart : State::Data);
    }
    case State::DataCr:
        return expect(c, '\r', State::DataLf);
    case State::DataLf:
        return expect(c, '\n', State::Size);
    case State::TrailerStart:
    case State::Trailer:
        return takeTrailer(c);
    case State::TrailerLf:
        return expect(c, '\n', State::TrailerStart);
    case State::EndLf:
        return c == '\n' ? Step::Complete : fail(400, "The chunked body ends badly.");
    case State::Data:
        break;
    }
    return Step::NeedMore;
}

ChunkGuard::Step ChunkGuard::takeSize(char c)
{
    if (++m_line > lineBytes)
        return fail(400, "A chunk's line is too long.");
    if (c == '\r') {
        m_state = State::LineFeed;
        if (m_digits == 0)
            return fail(400, "A chunk has no size.");
        if (m_size > m_limit - m_total)
            return fail(413, "The body is too large.");
        m_total += m_size;
        return Step::NeedMore;
    }
    if (m_state == State::Extension)
        return c == '\n' || c == '\0' ? fail(400, "A chunk's line does not end with CR LF.") : Step::NeedMore;
    if (const int digit = hexValue(c); digit >= 0) {
        if (m_size >> 60 != 0)
            return fail(400, "A chunk's size is too large.");
        m_size = m_size << 4 | static_cast<quint64>(digit);
        ++m_digits;
        return Step::NeedMore;
    }
    if (m_digits == 0 || (c != ';' && c != ' ' && c != '\t'))
        return fail(400, "A chunk's size is malformed.");
    m_state = State::Extension;
    return Step::NeedMore;
}

ChunkGuard::Step ChunkGuard::takeTrailer(char c)
{
    if (++m_trailer > trailerBytes)
        return fail(431, "The trailers are too large.");
    if (c == '\r') {
        m_state = m_state == State::TrailerStart ? State::EndLf : State::TrailerLf;
        return Step::NeedMore;
    }
    if (c == '\n')
        return fail(400, "A trailer does not end with CR LF.");
    if (m_state == State::TrailerStart && (c == ' ' || c == '\t'))
        return fail(400, "Folded trailers are not accepted.");
    m_state = State::Trailer;
    return Step::NeedMore;
}

ChunkGuard::Step ChunkGuard::expect(char c, char wanted, State next)
{
    m_state = next;
    return c == wanted ? Step::NeedMore : fail(400, "The chunked body is malformed.");
}
} // namespace belfry::net
