#pragma once

#include "model/instant.h"
#include "model/text.h"
#include "model/urgency.h"

#include <QList>
#include <QMap>
#include <array>
#include <optional>

namespace belfry::model {
/// `[start, end)` in local wall time, minutes of the day; end may be 1440; start = end is the whole day; past
/// midnight belongs to the start's day (semantics 13, decisions H34).
struct QuietRange
{
    std::array<bool, 7> days{}; ///< Monday first
    int startMinute = 0;
    int endMinute = 0;
    friend bool operator==(const QuietRange &, const QuietRange &) = default;
};

enum class DigestMode : quint8 { Off, Window, Lookback, At };

struct DigestRule
{
    DigestMode mode = DigestMode::Off;
    int atMinute = 0;           ///< At only
    std::array<bool, 7> days{}; ///< At only; Monday first
    friend bool operator==(const DigestRule &, const DigestRule &) = default;
};

/// One row of a matrix: a value for each channel, and `any` for the channel "*".
template<typename T>
struct ChannelRow
{
    std::array<std::optional<T>, channelCount> byChannel{};
    std::optional<T> any;
    friend bool operator==(const ChannelRow &, const ChannelRow &) = default;
};

/// The one document of a user (decisions H30). Default-constructed = what a fresh user has.
struct Preferences
{
    Text timeZone = "UTC"; ///< IANA name
    Text locale = "en";
    QList<QuietRange> quietHours;
    bool quietEmail = false;
    MaybeInstant dndUntil;
    QMap<Text, ChannelRow<bool>> matrix;
    QMap<Text, ChannelRow<DigestRule>> digest;
    Urgency minUrgency = Urgency::VeryLow;
    bool sound = true;
    friend bool operator==(const Preferences &, const Preferences &) = default;
};
} // namespace belfry::model
