#include "domain/decide.h"

namespace belfry::domain {
using model::Channel;
using model::Content;
using model::Preferences;
using model::SuppressReason;
using model::Text;
using model::Urgency;
using model::UserId;

namespace {
using Row = model::ChannelRow<bool>;

const Text &ruleOwnAction()
{
    static const Text name = QByteArrayLiteral("own_action");
    return name;
}

const Text &ruleCritical()
{
    static const Text name = QByteArrayLiteral("critical");
    return name;
}

const Text &ruleMandatory()
{
    static const Text name = QByteArrayLiteral("mandatory");
    return name;
}

const Text &ruleCategoryDefault()
{
    static const Text name = QByteArrayLiteral("category_default");
    return name;
}

const Text &ruleServerDefault()
{
    static const Text name = QByteArrayLiteral("server_default");
    return name;
}

const Text &ruleNotRequested()
{
    static const Text name = QByteArrayLiteral("not_requested");
    return name;
}

std::optional<bool> valueIn(const Row &row, Channel channel)
{
    const std::optional<bool> &own = row.byChannel[static_cast<std::size_t>(channel)];
    return own ? own : row.any;
}

/// What the user's own matrix says; nothing when it is silent. `category` is the row that spoke.
struct Wish
{
    bool on = true;
    Text category;
};

std::optional<Wish> userWish(const Preferences &preferences, const Text &type, Channel channel)
{
    if (preferences.matrix.isEmpty())
        return std::nullopt;
    for (const Text &name : {model::categoryOf(type), Text(QByteArrayLiteral("*"))}) {
        const auto row = preferences.matrix.constFind(name);
        if (row == preferences.matrix.constEnd())
            continue;
        if (const std::optional<bool> on = valueIn(*row, channel))
            return Wish{*on, name};
    }
    return std::nullopt;
}

Text ruleOf(const Wish &wish)
{
    return wish.category == "*" ? QByteArrayLiteral("channel:*") : "category:" + wish.category;
}

bool isOwnAction(const UserId &user, const Content &content)
{
    return !content.actorId.isEmpty() && content.actorId == user.text;
}

ChannelDecision suppressed(Channel channel, SuppressReason reason, Text rule)
{
    return {channel, Verdict::Suppress, reason, std::move(rule)};
}

bool isConfigured(const Routes &routes, Channel channel)
{
    return routes.configured[static_cast<std::size_t>(channel)];
}

bool isOwnHouse(Channel channel)
{
    return channel == Channel::InApp || channel == Channel::Toast;
}

/// To register a webhook is to wish for what it is registered for.
bool goesByDefault(Channel channel, const Content &content, const Routes &routes)
{
    if (channel == Channel::Webhook && content.channels.isEmpty())
        return isConfigured(routes, channel) && routes.webhookFits;
    return content.channels.contains(channel);
}

bool isNotRequested(Channel channel, const Content &content)
{
    return !isOwnHouse(channel) && !content.channels.isEmpty() && !content.channels.contains(channel);
}

/// Where no user was asked. A category that says no is a wish only against what the sender named.
ChannelDecision byDefault(Channel channel, const Content &content, const Routes &routes,
                          const CategoryRules &category)
{
    if (const std::optional<bool> on = valueIn(category.channels, channel)) {
        if (*on)
            return {channel, Verdict::Deliver, SuppressReason::None, ruleCategoryDefault()};
        const bool asked = isOwnHouse(channel) || content.channels.contains(channel);
        return suppressed(channel, asked ? SuppressReason::Preference : SuppressReason::None,
                          ruleCategoryDefault());
    }
    if (!isOwnHouse(channel) && !goesByDefault(channel, content, routes))
        return suppressed(channel, SuppressReason::None, ruleServerDefault());
    return {channel, Verdict::Deliver, SuppressReason::None, ruleServerDefault()};
}

ChannelDecision byUserOrDefault(Channel channel, const Preferences &preferences, const Content &content,
                                const Routes &routes, const CategoryRules &category)
{
    if (isNotRequested(channel, content))
        return suppressed(channel, SuppressReason::None, ruleNotRequested());
    if (category.mandatory) {
        ChannelDecision decision = byDefault(channel, content, routes, category);
        if (decision.verdict == Verdict::Deliver) {
            decision.rule = ruleMandatory();
            return decision;
        }
    }
    if (const std::optional<Wish> wish = userWish(preferences, content.type, channel)) {
        if (!wish->on)
            return suppressed(channel, SuppressReason::Preference, ruleOf(*wish));
        return {channel, Verdict::Deliver, SuppressReason::None, ruleOf(*wish)};
    }
    return byDefault(channel, content, routes, category);
}

ChannelDecision wished(Channel channel, const UserId &user, const Preferences &preferences,
                       const Content &content, const Routes &routes, const CategoryRules &category)
{
    if (isOwnAction(user, content))
        return suppressed(channel, SuppressReason::OwnAction, ruleOwnAction());
    if (content.critical && (isOwnHouse(channel) || content.channels.contains(channel)))
        return {channel, Verdict::Deliver, SuppressReason::None, ruleCritical()};
    return byUserOrDefault(channel, preferences, content, routes, category);
}
} // namespace

ChannelDecision decideChannel(Channel channel, const UserId &user, const Preferences &preferences,
                              const Content &content, const Routes &routes, const CategoryRules &category)
{
    ChannelDecision decision = wished(channel, user, preferences, content, routes, category);
    if (decision.verdict == Verdict::Suppress)
        return decision;
    if (!isConfigured(routes, channel))
        decision.reason = SuppressReason::ChannelNotConfigured;
    else if (channel == Channel::Webhook && !routes.webhookFits)
        decision.reason = SuppressReason::NoEndpoint;
    if (decision.reason != SuppressReason::None)
        decision.verdict = Verdict::Suppress;
    return decision;
}

Decisions decide(const UserId &user, const Preferences &preferences, const Content &content,
                 const Routes &routes, const CategoryRules &category)
{
    Decisions decisions;
    for (std::size_t i = 0; i < decisions.size(); ++i)
        decisions[i] = decideChannel(static_cast<Channel>(i), user, preferences, content, routes, category);
    return decisions;
}

bool hasOwnRules(const Preferences &preferences)
{
    return !preferences.matrix.isEmpty();
}

InboxDecision decideInbox(const UserId &user, const Preferences &preferences, const Content &content,
                          const CategoryRules &category)
{
    const bool plain = !hasOwnRules(preferences) && !content.critical && !isOwnAction(user, content) &&
                       category == CategoryRules{};
    if (plain)
        return {true, true, SuppressReason::None, ruleServerDefault()};
    const ChannelDecision inbox = wished(Channel::InApp, user, preferences, content, {}, category);
    const ChannelDecision toast = wished(Channel::Toast, user, preferences, content, {}, category);
    const bool shown = inbox.verdict == Verdict::Deliver;
    return {shown, shown && toast.verdict == Verdict::Deliver, inbox.reason,
            shown && toast.verdict == Verdict::Suppress ? toast.rule : inbox.rule};
}

void normalise(Content &content)
{
    if (!content.critical)
        return;
    content.ackRequired = true;
    if (content.urgency < Urgency::Normal)
        content.urgency = Urgency::High;
}
} // namespace belfry::domain
