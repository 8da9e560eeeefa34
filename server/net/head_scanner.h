#pragma once

#include "net/handler.h"
#include "net/server.h"

#include <QByteArrayView>

namespace belfry::net {
/// How the body of a request is delimited, and what was said about its host: read from the raw lines, because
/// the parser behind takes more than we do (smuggling: RFC 9112 section 11.2).
struct Framing
{
    int minorVersion = -1; ///< 0 or 1; -1: not seen
    int hosts = 0;
    int contentLengths = 0;
    int transferEncodings = 0;
    bool lengthIsNumber = true;
    bool onlyChunked = true;
    bool hostIsSane = true;
};

/// Finds the end of a request's head in bytes that come in pieces, and refuses what must not reach the
/// parser: bare line feeds, folded lines, too many or too long lines, ambiguous framing. Each byte is looked
/// at once.
class HeadScanner
{
public:
    enum class Step { NeedMore, Complete, Failed };

    explicit HeadScanner(const Limits &limits)
        : m_limits(&limits)
    {
    }

    /// `head`: everything of the message so far, starting with the request line; grows from call to call.
    [[nodiscard]] Step scan(QByteArrayView head);
    /// Bytes of the head with its empty line, once complete.
    [[nodiscard]] qsizetype size() const { return m_line; }
    [[nodiscard]] const Refusal &refusal() const { return m_refusal; }
    [[nodiscard]] const Framing &framing() const { return m_framing; }

private:
    Step fail(int status, const char *detail);
    Step takeLine(QByteArrayView line);
    Step takeRequestLine(QByteArrayView line);
    Step takeField(QByteArrayView line);
    Step judgeUnfinished(QByteArrayView head);
    Step judgeFraming();

    const Limits *m_limits;
    qsizetype m_line = 0;    ///< where the current line begins
    qsizetype m_scanned = 0; ///< no line feed before this
    int m_fields = -1;       ///< -1: the request line is still to come
    Framing m_framing;
    Refusal m_refusal;
};
} // namespace belfry::net
