#include "window/server_words.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

namespace belfry::window {
namespace {
struct ServerWords
{
    Q_DECLARE_TR_FUNCTIONS(ServerWords)
};

struct Known
{
    const char *word;
    const char *text;
};

constexpr std::array channels{
    Known{"in_app", QT_TRANSLATE_NOOP("ServerWords", "Inbox")},
    Known{"toast", QT_TRANSLATE_NOOP("ServerWords", "Banner")},
    Known{"email", QT_TRANSLATE_NOOP("ServerWords", "Email")},
    Known{"sms", QT_TRANSLATE_NOOP("ServerWords", "SMS")},
    Known{"push", QT_TRANSLATE_NOOP("ServerWords", "Push")},
    Known{"webhook", QT_TRANSLATE_NOOP("ServerWords", "Webhook")},
};
constexpr std::array deliveries{
    Known{"delivered", QT_TRANSLATE_NOOP("ServerWords", "delivered")},
    Known{"pending", QT_TRANSLATE_NOOP("ServerWords", "not there yet")},
    Known{"sending", QT_TRANSLATE_NOOP("ServerWords", "on its way")},
    Known{"sent", QT_TRANSLATE_NOOP("ServerWords", "sent")},
    Known{"retrying", QT_TRANSLATE_NOOP("ServerWords", "failed, tried again")},
    Known{"expired", QT_TRANSLATE_NOOP("ServerWords", "expired")},
    Known{"suppressed", QT_TRANSLATE_NOOP("ServerWords", "not sent")},
    Known{"dead", QT_TRANSLATE_NOOP("ServerWords", "failed for good")},
};
constexpr std::array reasons{
    Known{"preference", QT_TRANSLATE_NOOP("ServerWords", "your preferences")},
    Known{"no_endpoint", QT_TRANSLATE_NOOP("ServerWords", "no address of yours for it")},
    Known{"channel_not_configured", QT_TRANSLATE_NOOP("ServerWords", "the server does not have it")},
    Known{"own_action", QT_TRANSLATE_NOOP("ServerWords", "you did it yourself")},
    Known{"scheduled", QT_TRANSLATE_NOOP("ServerWords", "for later")},
    Known{"quiet", QT_TRANSLATE_NOOP("ServerWords", "your quiet hours")},
    Known{"digest", QT_TRANSLATE_NOOP("ServerWords", "comes with others together")},
    Known{"throttled", QT_TRANSLATE_NOOP("ServerWords", "too many at once")},
    Known{"waiting_seen", QT_TRANSLATE_NOOP("ServerWords", "waits whether you see it elsewhere")},
};
constexpr std::array steps{
    Known{"accepted", QT_TRANSLATE_NOOP("ServerWords", "Accepted")},
    Known{"held", QT_TRANSLATE_NOOP("ServerWords", "Held back")},
    Known{"released", QT_TRANSLATE_NOOP("ServerWords", "Released")},
    Known{"decided", QT_TRANSLATE_NOOP("ServerWords", "Decided")},
    Known{"committed", QT_TRANSLATE_NOOP("ServerWords", "Put into the inbox")},
    Known{"suppressed", QT_TRANSLATE_NOOP("ServerWords", "Not put into the inbox")},
    Known{"expired", QT_TRANSLATE_NOOP("ServerWords", "Expired")},
    Known{"recalled", QT_TRANSLATE_NOOP("ServerWords", "Recalled by the sender")},
    Known{"updated", QT_TRANSLATE_NOOP("ServerWords", "Changed by the sender")},
    Known{"collapsed", QT_TRANSLATE_NOOP("ServerWords", "Replaced by a newer one")},
    Known{"cancelled", QT_TRANSLATE_NOOP("ServerWords", "Cancelled by the sender")},
    Known{"seen", QT_TRANSLATE_NOOP("ServerWords", "Seen")},
    Known{"read", QT_TRANSLATE_NOOP("ServerWords", "Read")},
    Known{"clicked", QT_TRANSLATE_NOOP("ServerWords", "Followed")},
    Known{"acked", QT_TRANSLATE_NOOP("ServerWords", "Acknowledged")},
    Known{"archived", QT_TRANSLATE_NOOP("ServerWords", "Archived")},
    Known{"deleted", QT_TRANSLATE_NOOP("ServerWords", "Deleted")},
    Known{"snoozed", QT_TRANSLATE_NOOP("ServerWords", "Snoozed")},
};

template<std::size_t N>
QString textOf(const std::array<Known, N> &words, const QString &word)
{
    const auto known = std::find_if(words.begin(), words.end(),
                                    [&](const Known &one) { return word == QLatin1String(one.word); });
    return known == words.end() ? word : ServerWords::tr(known->text);
}
} // namespace

QString channelText(const QString &word)
{
    return textOf(channels, word);
}

QString deliveryText(const QString &word)
{
    return textOf(deliveries, word);
}

QString reasonText(const QString &word)
{
    return textOf(reasons, word);
}

QString stepText(const QString &word)
{
    return textOf(steps, word);
}
} // namespace belfry::window
