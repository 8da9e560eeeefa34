#pragma once

#include "model/change.h"
#include "model/preferences.h"

#include <array>

namespace belfry::domain {
enum class Verdict : quint8 { Deliver, Suppress };

/// What happens to a notification on one channel, and the name of the rule that decided it (semantics 11).
struct ChannelDecision
{
    model::Channel channel = model::Channel::InApp;
    Verdict verdict = Verdict::Deliver;
    model::SuppressReason reason = model::SuppressReason::None;
    /// own_action, critical, mandatory, "category:<type>", "channel:*", category_default, server_default,
    /// not_requested
    model::Text rule;
    friend bool operator==(const ChannelDecision &, const ChannelDecision &) = default;
};

/// What a category says where a user says nothing, and what it insists on (semantics 11).
struct CategoryRules
{
    model::ChannelRow<bool> channels;
    bool mandatory = false;
    friend bool operator==(const CategoryRules &, const CategoryRules &) = default;
};

/// One for each channel, in the order of model::Channel.
using Decisions = std::array<ChannelDecision, model::channelCount>;

/// Which ways out of the house are set up. The inbox and the toast always are.
struct Routes
{
    std::array<bool, model::channelCount> configured{true, true, false, false, false, false};
    /// With `configured` for webhooks: one of those that there are hears of this user and category.
    bool webhookFits = true;
};

/// Everything about one recipient, for `explain` and the timeline. First match wins: own action → critical →
/// mandatory → the user's category × channel → the user's channel for any category → the category's default →
/// server default; in a row of the matrix the channel's own value wins over "*". Mandatory is what a
/// mandatory category or, where it is silent, the server would deliver by itself. Server default: inbox and
/// toast yes, the others only when the sender names them; a webhook that fits also when the sender names no
/// channel at all: somebody registered it for this. A channel that would be delivered but is not set up is
/// suppressed (channel_not_configured, H86), a webhook where none fits as well (no_endpoint, H35). A sender's
/// list of channels says nothing about inbox and toast: the inbox is the record, and how loud it is follows
/// urgency and preferences.
[[nodiscard]] Decisions decide(const model::UserId &user, const model::Preferences &preferences,
                               const model::Content &content, const Routes &routes,
                               const CategoryRules &category = {});

/// The same for one channel.
[[nodiscard]] ChannelDecision decideChannel(model::Channel channel, const model::UserId &user,
                                            const model::Preferences &preferences,
                                            const model::Content &content, const Routes &routes,
                                            const CategoryRules &category = {});

/// The part that the inbox needs, on the hot path: allocates only when a rule of the user's own matched.
struct InboxDecision
{
    bool inApp = true;
    bool toast = true;
    model::SuppressReason reason = model::SuppressReason::None;
    model::Text rule;
    friend bool operator==(const InboxDecision &, const InboxDecision &) = default;
};
[[nodiscard]] InboxDecision decideInbox(const model::UserId &user, const model::Preferences &preferences,
                                        const model::Content &content, const CategoryRules &category = {});

/// False: decideInbox() says the same to this user as to anybody, but for one's own actions.
[[nodiscard]] bool hasOwnRules(const model::Preferences &preferences);

/// critical: an ack is required (H61), and low or very-low urgency becomes high.
void normalise(model::Content &content);
} // namespace belfry::domain
