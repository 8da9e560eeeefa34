#pragma once

#include "net/head_scanner.h"

#include <QByteArrayView>
#include <limits>

namespace belfry::net {
/// Walks over a chunked body (RFC 9112 section 7.1) before the parser sees it, byte by byte except for the
/// data: finds its end, and refuses what the parser is generous about. The parser still decodes; both must
/// agree on the end.
class ChunkGuard
{
public:
    enum class Step { NeedMore, Complete, Failed };

    static constexpr int lineBytes = 256;
    static constexpr int trailerBytes = 4096;

    /// Of the data of all chunks together; above it scan() fails with 413.
    void setLimit(quint64 bytes) { m_limit = bytes; }
    /// `scanned`: how many bytes of `in` belong to the message (all of them, unless it is complete).
    [[nodiscard]] Step scan(QByteArrayView in, qsizetype &scanned);
    [[nodiscard]] const Refusal &refusal() const { return m_refusal; }

private:
    enum class State : quint8 {
        Size,
        Extension,
        LineFeed,
        Data,
        DataCr,
        DataLf,
        TrailerStart,
        Trailer,
        TrailerLf,
        EndLf
    };

    Step take(char c);
    Step takeSize(char c);
    Step takeTrailer(char c);
    Step expect(char c, char wanted, State next);
    Step fail(int status, const char *detail);

    State m_state = State::Size;
    quint64 m_limit = std::numeric_limits<quint64>::max();
    quint64 m_total = 0;
    quint64 m_size = 0;
    int m_digits = 0;
    int m_line = 0;
    int m_trailer = 0;
    Refusal m_refusal;
};
} // namespace belfry::net
