#include "service/live_send.h"

#include "domain/alert.h"

#include <algorithm>

namespace belfry::service {
using model::Notification;
using model::State;
using ports::LiveOnly;
using ports::Submit;
using ports::SubmitOutcome;
using ports::SubmitResult;
using runtime::Loop;

namespace {
Notification itemOf(const Submit &submit, model::UserId user, model::NotificationId id)
{
    Notification item;
    item.id = id;
    item.user = std::move(user);
    item.event = submit.event;
    item.state = State::Done;
    item.createdAt = submit.now;
    item.updatedAt = submit.now;
    item.expiresAt = submit.expiresAt;
    item.content = *submit.content;
    item.traceparent = submit.traceparent;
    return item;
}
} // namespace

/// Goes through the subscribers of a topic, a page at a time; holds itself while it runs.
class LiveSend::ToTopic : public std::enable_shared_from_this<ToTopic>
{
public:
    ToTopic(LiveSend &owner, Loop &home, model::TopicName topic, Submit submit, SubmitReply reply)
        : m_owner(owner)
        , m_home(home)
        , m_topic(std::move(topic))
        , m_submit(std::move(submit))
        , m_reply(std::move(reply))
    {
        m_item = itemOf(m_submit, {}, m_submit.event);
    }

    void readPage(qint64 after)
    {
        m_owner.m_store.directory().subscribers(
            m_home, m_topic, after, pageSize, [self = shared_from_this()](model::Result<Page> page) {
                if (!page)
                    return self->m_reply(tl::unexpected(std::move(page.error())));
                self->decidePage(std::move(*page));
            });
    }

private:
    using Page = std::pair<std::vector<model::UserId>, qint64>;
    static constexpr int pageSize = 500;

    void decidePage(Page page)
    {
        const bool last = page.first.size() < std::size_t(pageSize) || page.second == 0;
        std::vector<model::UserId> users;
        for (model::UserId &user : page.first) {
            if (m_owner.m_fanout.isConnected(user))
                users.push_back(std::move(user));
        }
        auto asked = users;
        m_owner.m_preferences.get(m_home, asked,
                                  [self = shared_from_this(), users = std::move(users), last,
                                   after = page.second](PreferenceSource::Documents documents) {
                                      if (!documents)
                                          return self->m_reply(tl::unexpected(std::move(documents.error())));
                                      self->m_owner.sendDecided(users, *documents, self->m_item);
                                      last ? self->finish() : self->readPage(after);
                                  });
    }

    void finish()
    {
        SubmitResult result{m_submit.event, {}, {}};
        m_owner.finish(m_home, std::move(m_submit), std::move(result), std::move(m_reply));
    }

    LiveSend &m_owner;
    Loop &m_home;
    model::TopicName m_topic;
    Submit m_submit;
    SubmitReply m_reply;
    Notification m_item;
};

LiveSend::LiveSend(ports::Store &store, ports::Fanout &fanout, PreferenceSource &preferences,
                   const CategoryBook &categories, const Settings &settings)
    : m_store(store)
    , m_fanout(fanout)
    , m_preferences(preferences)
    , m_categories(categories)
    , m_settings(settings)
    , m_ruleHolders(fanout, store)
{
}

void LiveSend::send(Loop &home, Audience to, Submit submit, OwnAction ownAction, SubmitReply reply)
{
    submit.expiresAt = submit.now;
    if (std::holds_alternative<Everybody>(to))
        return toEverybody(home, std::move(submit), std::move(reply));
    if (auto *topic = std::get_if<model::TopicName>(&to)) {
        auto run =
            std::make_shared<ToTopic>(*this, home, std::move(*topic), std::move(submit), std::move(reply));
        return run->readPage(0);
    }
    std::vector<model::UserId> users;
    if (auto *user = std::get_if<model::UserId>(&to))
        users.push_back(std::move(*user));
    else
        users = std::move(std::get<std::vector<model::UserId>>(to));
    toUsers(home, std::move(users), std::move(submit), ownAction, std::move(reply));
}

void LiveSend::toEverybody(Loop &home, Submit submit, SubmitReply reply)
{
    RuleHolders::Asked asked = m_ruleHolders.connected(submit.now);
    if (asked.users.empty()) {
        broadcast(asked, {}, submit);
        SubmitResult result{submit.event, {}, {}};
        return finish(home, std::move(submit), std::move(result), std::move(reply));
    }
    auto users = asked.users;
    m_preferences.get(home, users,
                      [this, &home, asked = std::move(asked), submit = std::move(submit),
                       reply = std::move(reply)](PreferenceSource::Documents documents) mutable {
                          if (!documents)
                              return reply(tl::unexpected(std::move(documents.error())));
                          broadcast(asked, *documents, submit);
                          SubmitResult result{submit.event, {}, {}};
                          finish(home, std::move(submit), std::move(result), std::move(reply));
                      });
}

void LiveSend::broadcast(const RuleHolders::Asked &asked, const std::vector<Document> &documents,
                         const Submit &submit)
{
    std::vector<model::UserId> holders;
    std::vector<Document> theirs;
    for (std::size_t i = 0; i < documents.size(); ++i) {
        if (!domain::hasOwnRules(*documents[i])) {
            m_ruleHolders.forget(asked.users[i], asked.turn);
            continue;
        }
        holders.push_back(asked.users[i]);
        theirs.push_back(documents[i]);
    }
    Notification item = itemOf(submit, {}, submit.event);
    const auto usual =
        domain::decideInbox({}, {}, *submit.content, m_categories.rulesOf(submit.content->type));
    item.toast = usual.toast;
    LiveOnly all{{}, std::make_shared<const Notification>(item), domain::alertOf(item), holders};
    if (!submit.content->actorId.isEmpty())
        all.except.push_back({submit.content->actorId});
    if (usual.inApp)
        m_fanout.publish(std::move(all));
    sendDecided(holders, theirs, std::move(item));
}

void LiveSend::sendDecided(const std::vector<model::UserId> &users, const std::vector<Document> &documents,
                           Notification item)
{
    std::array<std::vector<model::UserId>, 3> byAlert;
    const domain::CategoryRules rules = m_categories.rulesOf(item.content.type);
    for (std::size_t i = 0; i < users.size(); ++i) {
        const auto decision = domain::decideInbox(users[i], *documents[i], item.content, rules);
        if (!decision.inApp)
            continue;
        item.toast = decision.toast;
        byAlert[static_cast<std::size_t>(domain::alertOf(item))].push_back(users[i]);
    }
    const auto shared = std::make_shared<const Notification>(std::move(item));
    for (std::size_t alert = 0; alert < byAlert.size(); ++alert) {
        if (!byAlert[alert].empty())
            m_fanout.publish(
                LiveOnly{std::move(byAlert[alert]), shared, static_cast<model::Alert>(alert), {}});
    }
}

void LiveSend::toUsers(Loop &home, std::vector<model::UserId> users, Submit submit, OwnAction ownAction,
                       SubmitReply reply)
{
    if (ownAction == OwnAction::Skip && !submit.content->actorId.isEmpty())
        std::erase(users, model::UserId{submit.content->actorId});
    if (m_settings.usersOnFirstUse) {
        std::vector<bool> known(users.size(), true);
        return toKnown(home, std::move(users), std::move(known), std::move(submit), std::move(reply));
    }
    auto asked = users;
    m_store.directory().users(
        home, std::move(asked),
        [this, &home, users = std::move(users), submit = std::move(submit),
         reply = std::move(reply)](model::Result<std::vector<ports::UserRecord>> records) mutable {
            if (!records)
                return reply(tl::unexpected(std::move(records.error())));
            std::vector<bool> known;
            for (const ports::UserRecord &record : *records)
                known.push_back(!record.id.isEmpty());
            if (std::find(known.begin(), known.end(), true) == known.end() && !known.empty())
                return reply(model::fail(model::ErrorCode::NotFound, "there is no such user"));
            toKnown(home, std::move(users), std::move(known), std::move(submit), std::move(reply));
        });
}

void LiveSend::toKnown(Loop &home, std::vector<model::UserId> users, std::vector<bool> known, Submit submit,
                       SubmitReply reply)
{
    auto asked = users;
    m_preferences.get(home, asked,
                      [this, &home, users = std::move(users), known = std::move(known),
                       submit = std::move(submit),
                       reply = std::move(reply)](PreferenceSource::Documents documents) mutable {
                          if (!documents)
                              return reply(tl::unexpected(std::move(documents.error())));
                          SubmitResult result{submit.event, {}, {}};
                          for (std::size_t i = 0; i < users.size(); ++i) {
                              if (known[i]) {
                                  result.items.push_back(deliver(users[i], (*documents)[i], submit));
                                  continue;
                              }
                              ports::SubmittedItem unknown{SubmitOutcome::UnknownUser, {}};
                              unknown.item.user = users[i];
                              result.items.push_back(std::move(unknown));
                          }
                          finish(home, std::move(submit), std::move(result), std::move(reply));
                      });
}

ports::SubmittedItem LiveSend::deliver(const model::UserId &user, const Document &document,
                                       const Submit &submit)
{
    const auto decision =
        domain::decideInbox(user, *document, *submit.content, m_categories.rulesOf(submit.content->type));
    ports::SubmittedItem made{SubmitOutcome::Created, itemOf(submit, user, model::Uuid::makeV7(submit.now))};
    made.item.toast = decision.toast;
    if (!decision.inApp) {
        made.outcome = SubmitOutcome::Suppressed;
        made.item.state = State::Suppressed;
        made.item.suppressReason = decision.reason;
    } else if (!m_fanout.isConnected(user)) {
        made.item.state = State::Expired;
    } else {
        m_fanout.publish(LiveOnly{
            {user}, std::make_shared<const Notification>(made.item), domain::alertOf(made.item), {}});
    }
    return made;
}

void LiveSend::finish(Loop &home, Submit submit, SubmitResult result, SubmitReply reply)
{
    if (!submit.idempotency || !submit.render)
        return reply(std::move(result));
    ports::StoredAnswer answer = submit.render(result);
    m_store.directory().keepAnswer(
        home, std::move(*submit.idempotency), std::move(answer), submit.now,
        [result = std::move(result), reply = std::move(reply)](model::VoidResult kept) mutable {
            if (!kept)
                return reply(tl::unexpected(std::move(kept.error())));
            reply(std::move(result));
        });
}
} // namespace belfry::service
