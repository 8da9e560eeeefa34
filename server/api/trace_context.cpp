#include "api/trace_context.h"

#include "runtime/request_id.h"

#include <algorithm>

namespace belfry::api {
namespace {
constexpr qsizetype headerSize = 55;
constexpr qsizetype traceIdAt = 3, traceIdSize = 32;
constexpr qsizetype spanIdAt = 36, spanIdSize = 16;
constexpr qsizetype flagsAt = 53;

bool isLowerHex(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool isZero(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c == '0'; });
}

bool isWellFormed(QByteArrayView header)
{
    if (header.size() < headerSize || header[2] != '-' || header[35] != '-' || header[52] != '-')
        return false;
    const QByteArrayView version = header.first(2);
    // Version ff is forbidden; 00 has exactly this length, later ones may go on after a dash.
    if (!isLowerHex(version) || version == "ff")
        return false;
    if (header.size() > headerSize && (version == "00" || header[headerSize] != '-'))
        return false;
    const QByteArrayView trace = header.sliced(traceIdAt, traceIdSize),
                         span = header.sliced(spanIdAt, spanIdSize);
    return isLowerHex(trace) && !isZero(trace) && isLowerHex(span) && !isZero(span) &&
           isLowerHex(header.sliced(flagsAt, 2));
}
} // namespace

TraceContext TraceContext::follow(QByteArrayView header)
{
    QByteArray out;
    out.reserve(headerSize);
    out.append("00-");
    const bool known = isWellFormed(header);
    if (known) {
        out.append(header.sliced(traceIdAt, traceIdSize));
    } else {
        runtime::appendRandomHex(out);
        runtime::appendRandomHex(out);
    }
    out.append('-');
    runtime::appendRandomHex(out);
    out.append('-');
    // Only the "sampled" bit is defined; a trace that starts here is not sampled.
    const bool sampled = known && ((header[flagsAt + 1] - '0') & 1) && header[flagsAt + 1] <= '9';
    const bool sampledLetter = known && header[flagsAt + 1] > '9' && ((header[flagsAt + 1] - 'a') & 1);
    out.append(sampled || sampledLetter ? "01" : "00");
    return {out};
}

QByteArray requestIdFrom(QByteArrayView header)
{
    const bool usable = !header.isEmpty() && header.size() <= 128 &&
                        std::all_of(header.begin(), header.end(), [](char c) { return c > ' ' && c < 0x7f; });
    return usable ? header.toByteArray() : runtime::newRequestId();
}
} // namespace belfry::api
