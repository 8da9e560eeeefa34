#include "protocol/words.h"

#include <algorithm>
#include <array>

namespace belfry::protocol {
namespace {
using namespace model;

template<typename Enum, std::size_t N>
struct Vocabulary
{
    std::array<QByteArrayView, N> words; ///< index = number of the enum

    [[nodiscard]] QByteArrayView of(Enum value) const { return words[static_cast<std::size_t>(value)]; }
    [[nodiscard]] std::optional<Enum> find(QByteArrayView text) const
    {
        const auto found = std::find(words.begin(), words.end(), text);
        if (found == words.end() || text.isEmpty())
            return std::nullopt;
        return static_cast<Enum>(found - words.begin());
    }
};

constexpr Vocabulary<State, 9> states{
    {"accepted", "held", "queued", "done", "expired", "recalled", "cancelled", "suppressed", "dead"}};
constexpr Vocabulary<HoldReason, 6> holdReasons{
    {"", "scheduled", "quiet", "digest", "throttled", "waiting_seen"}};
constexpr Vocabulary<SuppressReason, 5> suppressReasons{
    {"", "preference", "no_endpoint", "channel_not_configured", "own_action"}};
constexpr Vocabulary<Urgency, 4> urgencies{{"very-low", "low", "normal", "high"}};
constexpr Vocabulary<Alert, 3> alerts{{"none", "silent", "sound"}};
constexpr Vocabulary<Channel, 6> channels{{"in_app", "toast", "email", "sms", "push", "webhook"}};
constexpr Vocabulary<ChangeKind, 7> changeKinds{
    {"created", "updated", "state", "expired", "recalled", "preferences", "alert"}};
constexpr Vocabulary<OpSet, 11> opSets{{"seen", "read", "unread", "ack", "archive", "unarchive", "snooze",
                                        "unsnooze", "click", "delete", "undo"}};
constexpr Vocabulary<State, 9> legacyStates{
    {"queued", "queued", "queued", "sent", "expired", "recalled", "cancelled", "failed", "failed"}};

template<typename Enum>
struct Alias
{
    QByteArrayView text;
    Enum value;
};

constexpr Alias<Urgency> foreignUrgencies[] = {
    {"medium", Urgency::Normal}, {"default", Urgency::Normal}, {"very_low", Urgency::VeryLow},
    {"min", Urgency::VeryLow},   {"lowest", Urgency::VeryLow}, {"max", Urgency::High},
    {"urgent", Urgency::High},   {"highest", Urgency::High},   {"critical", Urgency::High},
};
constexpr Alias<Channel> foreignChannels[] = {
    {"in-app", Channel::InApp}, {"inapp", Channel::InApp}, {"websocket", Channel::InApp},
    {"web", Channel::InApp},    {"mail", Channel::Email},  {"web_push", Channel::Push},
    {"webpush", Channel::Push},
};

template<typename Enum, std::size_t N>
std::optional<Enum> findAlias(const Alias<Enum> (&aliases)[N], QByteArrayView text)
{
    for (const Alias<Enum> &alias : aliases) {
        if (alias.text == text)
            return alias.value;
    }
    return std::nullopt;
}
} // namespace

QByteArrayView word(State state)
{
    return states.of(state);
}
QByteArrayView word(HoldReason reason)
{
    return holdReasons.of(reason);
}
QByteArrayView word(SuppressReason reason)
{
    return suppressReasons.of(reason);
}
QByteArrayView word(Urgency urgency)
{
    return urgencies.of(urgency);
}
QByteArrayView word(Alert alert)
{
    return alerts.of(alert);
}
QByteArrayView word(Channel channel)
{
    return channels.of(channel);
}
QByteArrayView word(ChangeKind kind)
{
    return changeKinds.of(kind);
}
QByteArrayView word(OpSet set)
{
    return opSets.of(set);
}

std::optional<State> stateFrom(QByteArrayView text)
{
    return states.find(text);
}
std::optional<HoldReason> holdReasonFrom(QByteArrayView text)
{
    return holdReasons.find(text);
}
std::optional<SuppressReason> suppressReasonFrom(QByteArrayView text)
{
    return suppressReasons.find(text);
}
std::optional<Urgency> urgencyFrom(QByteArrayView text)
{
    return urgencies.find(text);
}
std::optional<Alert> alertFrom(QByteArrayView text)
{
    return alerts.find(text);
}
std::optional<ChangeKind> changeKindFrom(QByteArrayView text)
{
    return changeKinds.find(text);
}
std::optional<OpSet> opSetFrom(QByteArrayView text)
{
    return opSets.find(text);
}

std::optional<Channel> channelFrom(QByteArrayView text)
{
    const std::optional<Channel> own = channels.find(text);
    return own ? own : findAlias(foreignChannels, text);
}

QByteArrayView legacyStatus(State state)
{
    return legacyStates.of(state);
}

std::optional<Urgency> urgencyFromForeign(QByteArrayView text)
{
    const QByteArray lower = text.toByteArray().toLower();
    if (const std::optional<Urgency> own = urgencies.find(lower))
        return own;
    bool isNumber = false;
    const qint64 number = lower.toLongLong(&isNumber);
    return isNumber ? urgencyFromForeign(number) : findAlias(foreignUrgencies, lower);
}

std::optional<Urgency> urgencyFromForeign(qint64 number)
{
    static constexpr std::array<Urgency, 11> scale{
        Urgency::VeryLow,                                                                 // Gotify 0
        Urgency::VeryLow, Urgency::Low,    Urgency::Normal, Urgency::High, Urgency::High, // ntfy 1–5
        Urgency::Normal,  Urgency::Normal, Urgency::High,   Urgency::High, Urgency::High, // Gotify 6–10
    };
    if (number < 0 || number > 10)
        return std::nullopt;
    return scale[static_cast<std::size_t>(number)];
}
} // namespace belfry::protocol
