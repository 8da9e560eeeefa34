#pragma once

#include "model/instant.h"
#include "model/text.h"

#include <compare>
#include <optional>

namespace belfry::model {
/// 128 bits in the order of RFC 9562; all ids that Belfry makes are version 7, so that they sort by time.
struct Uuid
{
    quint64 high = 0;
    quint64 low = 0;

    /// A new version 7 id: milliseconds of `now`, then random bits; ids made in one process in one
    /// millisecond ascend. Any thread.
    [[nodiscard]] static Uuid makeV7(Instant now);
    /// The lowest version 7 id of this time or later; of a time before 1970 the lowest of all.
    [[nodiscard]] static Uuid firstAt(Instant time);
    /// When a version 7 id was made, in whole milliseconds. Where the clock was set back ids go on: then it
    /// is later than the clock said.
    [[nodiscard]] Instant madeAt() const { return {static_cast<qint64>(high >> 16) * 1000}; }
    /// The canonical 36 character form, in either case; anything else is nothing.
    [[nodiscard]] static std::optional<Uuid> parse(QByteArrayView text);
    /// 16 bytes, most significant first; anything but 16 bytes is nothing.
    [[nodiscard]] static std::optional<Uuid> fromBytes(QByteArrayView bytes);

    [[nodiscard]] Text toText() const;
    [[nodiscard]] QByteArray toBytes() const;
    void appendTo(QByteArray &out) const;
    [[nodiscard]] bool isNull() const { return high == 0 && low == 0; }

    friend auto operator<=>(const Uuid &, const Uuid &) = default;
    friend size_t qHash(const Uuid &id, size_t seed = 0) { return ::qHashMulti(seed, id.high, id.low); }
};

using NotificationId = Uuid;
using EventId = Uuid;
} // namespace belfry::model

template<>
struct std::hash<belfry::model::Uuid>
{
    size_t operator()(const belfry::model::Uuid &id) const noexcept { return qHash(id, 0); }
};
