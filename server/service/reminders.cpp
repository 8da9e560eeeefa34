#include "service/reminders.h"

#include "domain/local_day.h"
#include "service/access.h"

namespace belfry::service {
using model::ErrorCode;
using model::Result;
using model::Text;
using SentReply = Reply<Result<Reminders::Sent>>;

namespace {
constexpr int pageSize = 500;

const Text &dailyType()
{
    static const Text name = QByteArrayLiteral("daily_reminder");
    return name;
}

/// Once a day of the user's own zone: by the dedupe key, in the same transaction as the notification, so that
/// nothing comes between the two. Its window covers the longest local day and a move across zones.
Submission reminderTo(model::UserId user, const Text &localDay)
{
    Submission what;
    what.to = std::move(user);
    what.content.type = dailyType();
    what.content.title = "Daily reminder";
    what.content.message = "This is your reminder for today.";
    what.content.dedupeKey = dailyType() + ':' + localDay;
    what.dedupeWindow = model::days(2);
    return what;
}

tl::unexpected<model::Error> noSuchUser()
{
    return model::fail(ErrorCode::NotFound, "there is no such user");
}
} // namespace

/// One round of reminders, page by page. Holds itself while it runs. What could not be stored is sent by a
/// repeat.
class Reminders::Run : public std::enable_shared_from_this<Run>
{
public:
    Run(Reminders &owner, Loop &home, auth::Principal who, SentReply reply)
        : m_owner(owner)
        , m_home(home)
        , m_who(std::move(who))
        , m_now(owner.m_clock.now())
        , m_reply(std::move(reply))
    {
    }

    void everybody(qint64 after)
    {
        m_owner.m_store.directory().allUsers(
            m_home, after, pageSize, [self = shared_from_this()](Result<Page> page) {
                if (!page)
                    return self->m_reply(tl::unexpected(std::move(page.error())));
                self->m_next = page->first.size() < std::size_t(pageSize) ? 0 : page->second;
                self->remind(std::move(page->first));
            });
    }

    void one(model::UserId user)
    {
        m_owner.m_store.directory().users(
            m_home, {user}, [self = shared_from_this(), user](Result<std::vector<ports::UserRecord>> found) {
                if (!found)
                    return self->m_reply(tl::unexpected(std::move(found.error())));
                if (found->front().id.isEmpty())
                    return self->m_reply(noSuchUser());
                self->remind({user});
            });
    }

    void remind(std::vector<model::UserId> users)
    {
        if (users.empty())
            return m_reply(m_sent);
        auto asked = users;
        m_owner.m_preferences.get(m_home, asked,
                                  [self = shared_from_this(),
                                   users = std::move(users)](PreferenceSource::Documents documents) mutable {
                                      if (!documents)
                                          return self->m_reply(tl::unexpected(std::move(documents.error())));
                                      self->send(std::move(users), *documents);
                                  });
    }

private:
    using Page = std::pair<std::vector<model::UserId>, qint64>;

    void send(std::vector<model::UserId> users, const std::vector<Document> &documents)
    {
        std::vector<Submission> items;
        for (std::size_t i = 0; i < users.size(); ++i)
            items.push_back(reminderTo(std::move(users[i]), domain::localDay(m_now, documents[i]->timeZone)));
        m_owner.m_submitter.submitBatch(
            m_home, m_who, std::move(items),
            [self = shared_from_this()](Submitter::BatchResult results) { self->count(std::move(results)); });
    }

    void count(Submitter::BatchResult results)
    {
        for (auto &result : results) {
            if (!result)
                m_error = std::move(result.error());
            else if (result->items.front().outcome == ports::SubmitOutcome::Deduplicated)
                ++m_sent.alreadyToday;
            else
                ++m_sent.sent;
        }
        pageDone();
    }

    void pageDone()
    {
        if (m_error)
            return m_reply(tl::unexpected(std::move(*m_error)));
        if (m_next == 0)
            return m_reply(m_sent);
        everybody(m_next);
    }

    Reminders &m_owner;
    Loop &m_home;
    const auth::Principal m_who;
    const model::Instant m_now;
    SentReply m_reply;
    Sent m_sent;
    qint64 m_next = 0;
    std::optional<model::Error> m_error;
};

Reminders::Reminders(ports::Store &store, PreferenceSource &preferences, Submitter &submitter,
                     const runtime::Clock &clock)
    : m_store(store)
    , m_preferences(preferences)
    , m_submitter(submitter)
    , m_clock(clock)
{
}

void Reminders::daily(Loop &home, const auth::Principal &who, std::optional<model::UserId> user,
                      SentReply reply)
{
    if (auto allowed = requireScope(who, auth::Scope::NotifyWrite); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    auto run = std::make_shared<Run>(*this, home, who, std::move(reply));
    if (!user)
        return run->everybody(0);
    run->one(std::move(*user));
}

void Reminders::streak(Loop &home, const auth::Principal &who, std::optional<model::UserId> user,
                       SentReply reply)
{
    if (auto allowed = requireScope(who, auth::Scope::NotifyWrite); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    // Streaks grow from recorded activities, and none are recorded: nobody has one.
    if (!user)
        return reply(Sent{});
    m_store.directory().users(
        home, {std::move(*user)},
        [reply = std::move(reply)](Result<std::vector<ports::UserRecord>> found) mutable {
            if (!found)
                return reply(tl::unexpected(std::move(found.error())));
            if (found->front().id.isEmpty())
                return reply(noSuchUser());
            reply(model::fail(ErrorCode::Conflict, "this user has no streak"));
        });
}
} // namespace belfry::service
