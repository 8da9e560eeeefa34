#include "runtime/request_id.h"

#include <QRandomGenerator>

namespace belfry::runtime {
void appendRandomHex(QByteArray &out)
{
    static constexpr char digits[] = "0123456789abcdef";
    quint64 bits = QRandomGenerator::global()->generate64() | 1;
    for (int i = 0; i < 16; ++i, bits >>= 4)
        out.append(digits[bits & 15]);
}

QByteArray newRequestId()
{
    QByteArray id;
    id.reserve(16);
    appendRandomHex(id);
    return id;
}
} // namespace belfry::runtime
