#pragma once

#include "ports/fanout.h"
#include "service/category_book.h"
#include "service/preference_source.h"
#include "service/rule_holders.h"
#include "service/settings.h"
#include "service/submission.h"

namespace belfry::service {
/// The way of a submission with ttl 0 (decisions H15, H81): to who is connected now, through the fan-out
/// only, never stored. Any loop.
///
/// A broadcast goes out within the call, with one shared item (user empty) and one alert for all: nobody is
/// looked up for it. Only users with rules of their own, and those who came since the last one, are decided
/// one by one; it waits for their preferences where these are not at hand. Named users and topics follow
/// preferences; nobody hears of an action of one's own.
class LiveSend
{
public:
    LiveSend(ports::Store &store, ports::Fanout &fanout, PreferenceSource &preferences,
             const CategoryBook &categories, const Settings &settings);

    using SubmitReply = runtime::Reply<model::Result<ports::SubmitResult>>;
    /// What is sent: event, content, now and traceparent of `submit` count. With an idempotency key the
    /// answer is kept before the reply.
    void send(runtime::Loop &home, Audience to, ports::Submit submit, OwnAction ownAction, SubmitReply reply);

    /// The end of a submission that stored nothing: keeps its answer where it has a key, then replies.
    void finish(runtime::Loop &home, ports::Submit submit, ports::SubmitResult result, SubmitReply reply);

private:
    class ToTopic;

    void toUsers(runtime::Loop &home, std::vector<model::UserId> users, ports::Submit submit,
                 OwnAction ownAction, SubmitReply reply);
    void toKnown(runtime::Loop &home, std::vector<model::UserId> users, std::vector<bool> known,
                 ports::Submit submit, SubmitReply reply);
    void toEverybody(runtime::Loop &home, ports::Submit submit, SubmitReply reply);

    void broadcast(const RuleHolders::Asked &asked, const std::vector<Document> &documents,
                   const ports::Submit &submit);
    /// One frame an alert to those of the users who want it; `item` is without user.
    void sendDecided(const std::vector<model::UserId> &users, const std::vector<Document> &documents,
                     model::Notification item);

    ports::SubmittedItem deliver(const model::UserId &user, const Document &document,
                                 const ports::Submit &submit);

    ports::Store &m_store;
    ports::Fanout &m_fanout;
    PreferenceSource &m_preferences;
    const CategoryBook &m_categories;
    const Settings &m_settings;
    RuleHolders m_ruleHolders;
};
} // namespace belfry::service
