#include "model/uuid.h"

#include "model/hex.h"

#include <QRandomGenerator>
#include <QtEndian>
#include <mutex>

namespace belfry::model {
namespace {
constexpr char hexDigits[] = "0123456789abcdef";
constexpr quint64 versionSeven = 0x7000;
constexpr quint64 variantBits = quint64(2) << 62;
constexpr quint64 variantMask = (quint64(1) << 62) - 1;

bool isDashPosition(qsizetype i)
{
    return i == 8 || i == 13 || i == 18 || i == 23;
}

/// The 12 bits behind the milliseconds count up within a millisecond; a count that runs over borrows the next
/// one (RFC 9562, section 6.2, method 1).
struct Ticker
{
    std::mutex mutex;
    quint64 last = 0;

    quint64 next(quint64 milliseconds, quint64 random)
    {
        const std::lock_guard lock(mutex);
        const quint64 fresh = (milliseconds << 12) | (random & 0x7ff);
        last = fresh > last ? fresh : last + 1;
        return last;
    }
};
} // namespace

Uuid Uuid::makeV7(Instant now)
{
    static Ticker ticker;
    thread_local QRandomGenerator generator = QRandomGenerator::securelySeeded();
    const quint64 random = generator.generate64();
    const quint64 tick = ticker.next(static_cast<quint64>(now.us / 1000), random >> 52);
    return {((tick >> 12) << 16) | versionSeven | (tick & 0xfff), variantBits | (random & variantMask)};
}

Uuid Uuid::firstAt(Instant time)
{
    if (time.us <= 0)
        return {};
    return {static_cast<quint64>((time.us + 999) / 1000) << 16, 0};
}

std::optional<Uuid> Uuid::parse(QByteArrayView text)
{
    if (text.size() != 36)
        return std::nullopt;
    quint64 halves[2] = {0, 0};
    int nibbles = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (isDashPosition(i)) {
            if (text[i] != '-')
                return std::nullopt;
            continue;
        }
        const int value = hexValue(text[i]);
        if (value < 0)
            return std::nullopt;
        halves[nibbles / 16] = (halves[nibbles / 16] << 4) | static_cast<quint64>(value);
        ++nibbles;
    }
    return Uuid{halves[0], halves[1]};
}

std::optional<Uuid> Uuid::fromBytes(QByteArrayView bytes)
{
    if (bytes.size() != 16)
        return std::nullopt;
    return Uuid{qFromBigEndian<quint64>(bytes.data()), qFromBigEndian<quint64>(bytes.data() + 8)};
}

QByteArray Uuid::toBytes() const
{
    QByteArray out(16, Qt::Uninitialized);
    qToBigEndian(high, out.data());
    qToBigEndian(low, out.data() + 8);
    return out;
}

void Uuid::appendTo(QByteArray &out) const
{
    char buffer[36];
    const quint64 halves[2] = {high, low};
    int nibble = 0;
    for (int i = 0; i < 36; ++i) {
        if (isDashPosition(i)) {
            buffer[i] = '-';
            continue;
        }
        buffer[i] = hexDigits[(halves[nibble / 16] >> (60 - 4 * (nibble % 16))) & 0xf];
        ++nibble;
    }
    out.append(buffer, sizeof buffer);
}

Text Uuid::toText() const
{
    Text out;
    out.reserve(36);
    appendTo(out);
    return out;
}
} // namespace belfry::model
