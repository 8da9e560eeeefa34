#include "service/reading.h"

#include "domain/alert.h"
#include "service/access.h"

namespace belfry::service {
using auth::Scope;
using model::ErrorCode;
using model::failField;
using model::Result;

namespace {
constexpr int defaultLimit = 50;
constexpr int maxLimit = 500;
constexpr int maxLegacyLimit = 1'000;
constexpr int maxSearchOffset = 10'000; // each that is skipped is looked at

int limitOf(std::optional<int> wish, int standard, int most)
{
    return wish && *wish > 0 ? std::min(*wish, most) : standard;
}

model::VoidResult checkWish(const ListWish &wish)
{
    const bool cursor = wish.before || wish.after;
    if (cursor && wish.offset)
        return failField(ErrorCode::Malformed, "offset", "can't be combined with cursor");
    const bool ofAnother =
        wish.state == ports::ListState::Scheduled ? wish.before.has_value() : wish.after.has_value();
    if (ofAnother || (wish.before && *wish.before <= 0))
        return failField(ErrorCode::Malformed, "cursor", "is not one of this list");
    if (wish.offset && *wish.offset < 0)
        return failField(ErrorCode::Malformed, "offset", "must not be negative");
    if (!wish.search.isEmpty() && wish.offset.value_or(0) > maxSearchOffset)
        return failField(ErrorCode::Malformed, "offset",
                         "of a search is at most 10000: follow the cursor, or search for more words");
    return {};
}

ports::InboxQuery queryOf(model::UserId user, ListWish wish)
{
    ports::InboxQuery query;
    query.user = std::move(user);
    query.state = wish.state;
    query.type = std::move(wish.type);
    query.search = std::move(wish.search);
    query.limit = limitOf(wish.limit, defaultLimit, maxLimit);
    query.offset = wish.offset.value_or(0);
    query.before = wish.before.value_or(0);
    query.after = wish.after.value_or(ports::DuePlace{});
    return query;
}

/// The channels that the sender asked for and that lead nowhere here: they have no rows of their own (H86).
void addUnconfigured(ports::Timeline &timeline, const domain::Routes &routes)
{
    const model::Notification &item = timeline.item;
    for (const model::Channel channel : item.content.channels) {
        const auto decision = domain::decideChannel(channel, item.user, {}, item.content, routes);
        if (decision.reason != model::SuppressReason::ChannelNotConfigured)
            continue;
        ports::Delivery delivery;
        delivery.channel = channel;
        delivery.state = "suppressed";
        delivery.rule = decision.rule;
        delivery.reason = "channel_not_configured";
        timeline.deliveries.push_back(std::move(delivery));
    }
}
} // namespace

Reading::Reading(ports::Store &store, Resume &resume, const Settings &settings, const runtime::Clock &clock)
    : m_store(store)
    , m_resume(resume)
    , m_settings(settings)
    , m_clock(clock)
{
}

void Reading::list(Loop &home, const auth::Principal &who, model::UserId user, ListWish wish,
                   Reply<Result<ports::InboxPage>> reply)
{
    auto ok = requireReach(who, Scope::InboxRead, user);
    if (ok)
        ok = checkWish(wish);
    if (!ok)
        return reply(tl::unexpected(std::move(ok.error())));
    m_store.inbox().list(home, queryOf(std::move(user), std::move(wish)), std::move(reply));
}

void Reading::snapshot(Loop &home, const auth::Principal &who, model::UserId user, const ListWish &wish,
                       Reply<Result<Snapshot>> reply)
{
    auto ok = requireReach(who, Scope::InboxRead, user);
    const ListWish whole{wish.state, {}, {}, maxLimit, {}, wish.before, wish.after};
    if (ok)
        ok = checkWish(whole);
    if (!ok)
        return reply(tl::unexpected(std::move(ok.error())));
    ports::InboxQuery query = queryOf(std::move(user), whole);
    m_store.inbox().list(home, std::move(query),
                         [this, reply = std::move(reply)](Result<ports::InboxPage> page) mutable {
                             if (!page)
                                 return reply(tl::unexpected(std::move(page.error())));
                             reply(Snapshot{m_resume.epoch(), std::move(*page)});
                         });
}

void Reading::legacyList(Loop &home, const auth::Principal &who, model::UserId user, ListWish wish,
                         Reply<Result<LegacyList>> reply)
{
    auto ok = requireReach(who, Scope::InboxRead, user);
    if (ok)
        ok = checkWish(wish);
    if (!ok)
        return reply(tl::unexpected(std::move(ok.error())));
    const int limit = limitOf(wish.limit, maxLegacyLimit, maxLegacyLimit);
    std::make_shared<LegacyListing>(m_store, home, queryOf(std::move(user), std::move(wish)), limit,
                                    std::move(reply))
        ->start();
}

void Reading::item(Loop &home, const auth::Principal &who, model::UserId user, model::NotificationId id,
                   Reply<Result<model::Notification>> reply)
{
    if (auto allowed = requireReach(who, Scope::InboxRead, user); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    m_store.inbox().item(
        home, id,
        [user = std::move(user), reply = std::move(reply)](Result<model::Notification> found) mutable {
            const bool others = found && found->user != user;
            reply(others ? Result<model::Notification>(noSuchItem()) : std::move(found));
        });
}

void Reading::counts(Loop &home, const auth::Principal &who, model::UserId user,
                     Reply<Result<ports::LogState>> reply)
{
    if (auto allowed = requireReach(who, Scope::InboxRead, user); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    m_resume.standing(home, user, std::move(reply));
}

void Reading::log(Loop &home, const auth::Principal &who, model::UserId user, model::Seq since,
                  std::optional<int> limit, Reply<Result<LogAnswer>> reply)
{
    auto ok = requireReach(who, Scope::InboxRead, user);
    if (ok && since < 0)
        ok = failField(ErrorCode::Malformed, "since", "must not be negative");
    if (!ok)
        return reply(tl::unexpected(std::move(ok.error())));
    m_store.inbox().log(home, std::move(user), since, limitOf(limit, maxLimit, maxLimit),
                        [this, reply = std::move(reply)](Result<ports::LogPage> page) mutable {
                            if (!page)
                                return reply(tl::unexpected(std::move(page.error())));
                            for (model::Change &change : page->changes)
                                change.alert = domain::alertAtDelivery(change, true, m_clock.now());
                            reply(LogAnswer{m_resume.epoch(), std::move(*page)});
                        });
}

void Reading::timeline(Loop &home, const auth::Principal &who, model::NotificationId id,
                       Reply<Result<ports::Timeline>> reply)
{
    if (auto allowed = requireScope(who, Scope::InboxRead); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    m_store.inbox().timeline(home, id,
                             [this, who, reply = std::move(reply)](Result<ports::Timeline> found) mutable {
                                 if (!found)
                                     return reply(std::move(found));
                                 if (!who.reaches(found->item.user))
                                     return reply(noSuchItem());
                                 addUnconfigured(*found, m_settings.routes);
                                 reply(std::move(found));
                             });
}
} // namespace belfry::service
