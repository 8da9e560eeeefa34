#include "service/topics.h"

#include "service/access.h"

namespace belfry::service {
using auth::Scope;
using model::ErrorCode;

namespace {
constexpr qsizetype maxName = 128;
constexpr int subscribersPage = 500;

model::VoidResult requireAdminOr(const auth::Principal &who, Scope admin, Scope other)
{
    return who.has(other) ? model::VoidResult{} : requireScope(who, admin);
}

model::VoidResult checkTopic(const model::TopicName &name, const model::Text &title)
{
    if (name.isEmpty() || name.text.size() > maxName)
        return model::failField(ErrorCode::Invalid, "/name", "must have 1 to 128 bytes");
    if (title.size() > 4 * 256)
        return model::failField(ErrorCode::Invalid, "/title", "must have at most 256 characters");
    return {};
}
} // namespace

Topics::Topics(ports::Store &store, const runtime::Clock &clock, const Settings &settings)
    : m_store(store)
    , m_clock(clock)
    , m_settings(settings)
{
}

void Topics::put(Loop &home, const auth::Principal &who, model::TopicName name, model::Text title,
                 Reply<model::Result<bool>> reply)
{
    auto ok = requireScope(who, Scope::AdminWrite);
    if (ok)
        ok = checkTopic(name, title);
    if (!ok)
        return reply(tl::unexpected(std::move(ok.error())));
    m_store.directory().putTopic(home, {std::move(name), std::move(title), m_clock.now(), 0},
                                 std::move(reply));
}

void Topics::list(Loop &home, const auth::Principal &who,
                  Reply<model::Result<std::vector<ports::Topic>>> reply)
{
    if (auto allowed = requireAdminOr(who, Scope::AdminRead, Scope::PrefsRead); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    m_store.directory().topics(home, std::move(reply));
}

void Topics::get(Loop &home, const auth::Principal &who, model::TopicName name,
                 Reply<model::Result<ports::Topic>> reply)
{
    if (auto allowed = requireAdminOr(who, Scope::AdminRead, Scope::PrefsRead); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    m_store.directory().topic(home, std::move(name), std::move(reply));
}

void Topics::remove(Loop &home, const auth::Principal &who, model::TopicName name,
                    Reply<model::VoidResult> reply)
{
    if (auto allowed = requireScope(who, Scope::AdminWrite); !allowed)
        return reply(std::move(allowed));
    m_store.directory().removeTopic(home, std::move(name), std::move(reply));
}

void Topics::subscribe(Loop &home, const auth::Principal &who, model::TopicName topic, model::UserId user,
                       bool on, Reply<model::VoidResult> reply)
{
    auto allowed = requireReach(who, Scope::PrefsWrite, user);
    if (!allowed && !who.has(Scope::AdminWrite))
        return reply(std::move(allowed));
    ports::Subscription wish{std::move(topic), std::move(user), on, m_settings.usersOnFirstUse};
    m_store.directory().subscribe(home, std::move(wish), m_clock.now(), std::move(reply));
}

void Topics::subscribers(Loop &home, const auth::Principal &who, model::TopicName topic, qint64 after,
                         Reply<model::Result<Page>> reply)
{
    if (auto allowed = requireScope(who, Scope::AdminRead); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    m_store.directory().subscribers(home, std::move(topic), after, subscribersPage,
                                    [reply = std::move(reply)](model::Result<Page> page) mutable {
                                        if (page && page->first.size() < std::size_t(subscribersPage))
                                            page->second = 0; // the last page, as the header promises
                                        reply(std::move(page));
                                    });
}
} // namespace belfry::service
