#include "protocol/frame.h"

namespace belfry::protocol {
namespace {
constexpr char finalText = '\x81';

void appendBigEndian(QByteArray &out, quint64 value, int bytes)
{
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        out.append(static_cast<char>((value >> shift) & 0xff));
}

void appendHeader(QByteArray &out, qsizetype size)
{
    out.append(finalText);
    if (size < 126) {
        out.append(static_cast<char>(size));
    } else if (size <= 0xffff) {
        out.append('\x7e');
        appendBigEndian(out, static_cast<quint64>(size), 2);
    } else {
        out.append('\x7f');
        appendBigEndian(out, static_cast<quint64>(size), 8);
    }
}
} // namespace

QByteArray textFrame(QByteArrayView payload)
{
    return textFrame(payload, {}, {});
}

QByteArray textFrame(QByteArrayView head, QByteArrayView body, QByteArrayView tail)
{
    constexpr qsizetype longestHeader = 10;
    const qsizetype size = head.size() + body.size() + tail.size();
    QByteArray out;
    out.reserve(longestHeader + size);
    appendHeader(out, size);
    out.append(head).append(body).append(tail);
    return out;
}

QByteArray eventStreamChunk(model::Seq id, QByteArrayView event, QByteArrayView data)
{
    return eventStreamChunk(id, event, data, {}, {});
}

QByteArray eventStreamChunk(model::Seq id, QByteArrayView event, QByteArrayView head, QByteArrayView body,
                            QByteArrayView tail)
{
    QByteArray out;
    out.reserve(64 + event.size() + head.size() + body.size() + tail.size());
    if (id > 0)
        out.append("id: ").append(QByteArray::number(id)).append('\n');
    out.append("event: ").append(event).append("\ndata: ");
    out.append(head).append(body).append(tail).append("\n\n");
    return out;
}

QByteArray eventStreamComment()
{
    return QByteArrayLiteral(": still here\n\n");
}
} // namespace belfry::protocol
