#pragma once

#include <QtGlobal>

namespace belfry::model {
/// RFC 8030, section 5.3; semantics 10. Stored as the number: never renumber.
enum class Urgency : quint8 { VeryLow = 0, Low = 1, Normal = 2, High = 3 };

/// What a live frame tells the client to do besides listing the item (decisions H31).
enum class Alert : quint8 { None = 0, Silent = 1, Sound = 2 };

/// Ways to a person (decisions H30). Stored as the number: never renumber.
enum class Channel : quint8 { InApp = 0, Toast = 1, Email = 2, Sms = 3, Push = 4, Webhook = 5 };
inline constexpr int channelCount = 6;

/// very-low: none; low: silent; normal and high: sound (semantics 10).
[[nodiscard]] constexpr Alert alertFor(Urgency urgency)
{
    switch (urgency) {
    case Urgency::VeryLow:
        return Alert::None;
    case Urgency::Low:
        return Alert::Silent;
    case Urgency::Normal:
    case Urgency::High:
        break;
    }
    return Alert::Sound;
}
} // namespace belfry::model
