#include "store/directory_port.h"

#include "store/answer_rules.h"
#include "store/content_codec.h"
#include "store/directory_commands.h"
#include "store/inbox_port.h"
#include "store/key_changes.h"
#include "store/preferences_codec.h"

namespace belfry::store {
using model::ErrorCode;
using model::Text;
using model::UserId;
using ports::Loop;
using ports::Reply;

namespace {
DirectoryPort::Page pageOf(std::vector<JobTarget> targets, qint64 after)
{
    DirectoryPort::Page page{{}, after};
    for (JobTarget &target : targets) {
        page.first.push_back(std::move(target.user));
        page.second = target.place;
    }
    return page;
}

std::function<void(Needs &)> knowing(const UserId &id)
{
    return [id](Needs &needs) { needs.users.push_back(id); };
}

/// The user, made if that is wanted: asked last, so that what is refused leaves nobody behind.
Result<Workspace::User *> wantedUser(Workspace &work, const UserId &id, bool make, model::Instant now)
{
    if (make)
        return work.userMade(id, now);
    if (Workspace::User *user = work.user(id))
        return user;
    return model::fail(ErrorCode::NotFound, "there is no such user");
}

Result<ports::StoredPreferences> currentPreferences(Workspace &work, const UserId &id)
{
    const Workspace::User *user = work.user(id);
    if (!user)
        return storedPreferences({});
    std::vector<PreferencesRow> rows;
    if (auto done = work.tx().preferences({user->row.key}, rows); !done)
        return tl::unexpected(done.error());
    return storedPreferences(rows.front());
}

Result<ports::StoredPreferences> replacePreferences(Workspace &work, const ports::PreferencesWrite &wish,
                                                    model::Instant now)
{
    auto current = currentPreferences(work, wish.user);
    if (!current)
        return current;
    if (wish.ifMatch && !wish.ifMatch->contains(current->etag))
        return model::fail(ErrorCode::Precondition,
                           "the preferences were changed meanwhile: load them again");
    const auto user = wantedUser(work, wish.user, wish.makeUser, now);
    if (!user)
        return tl::unexpected(user.error());
    const PreferencesRow row = preferencesRow(wish.document);
    if (row.etag == current->etag)
        return current;
    if (auto done = work.tx().savePreferences((*user)->row.key, row); !done)
        return tl::unexpected(done.error());
    const model::Seq seq = work.nextSeq(**user);
    LogRow entry{(*user)->row.key, seq, model::ChangeKind::Preferences, now, model::Alert::None, {},
                 row.etag};
    work.log(**user, std::move(entry), model::PreferencesChange{row.etag});
    return ports::StoredPreferences{wish.document, row.etag};
}

VoidResult changeSubscription(Workspace &work, const ports::Subscription &wish, model::Instant now)
{
    if (auto known = work.tx().checkTopic(wish.topic); !known)
        return known;
    if (!wish.on && !work.user(wish.user))
        return {}; // whom nobody knows has none
    const auto user = wantedUser(work, wish.user, wish.makeUser, now);
    if (!user)
        return tl::unexpected(user.error());
    return work.tx().subscribe(wish.topic, (*user)->row.key, wish.on, now);
}

Result<ports::SubmitResult> acceptJob(Workspace &work, const ports::FanoutJob &job)
{
    ports::SubmitResult result{job.event, {}, {}};
    const ports::Submit &submit = job.submit;
    if (submit.idempotency) {
        auto earlier = standingAnswer(work.answer(*submit.idempotency), *submit.idempotency, submit.now);
        if (!earlier)
            return tl::unexpected(earlier.error());
        if (*earlier) {
            result.replayed = std::move(*earlier);
            return result;
        }
    }
    JobRow row;
    row.topic = job.topic;
    row.payload = encodeJob(submit);
    row.at = submit.now;
    if (auto done = work.tx().insertJob(row); !done)
        return tl::unexpected(done.error());
    if (submit.idempotency && submit.render)
        work.keepAnswer(*submit.idempotency, submit.render(result), submit.now);
    return result;
}
} // namespace

DirectoryPort::DirectoryPort(WriterLane &lane, Readers &readers, const runtime::Clock &clock)
    : m_lane(lane)
    , m_readers(readers)
    , m_clock(clock)
{
}

template<typename T>
void DirectoryPort::write(Loop &home, model::Instant now, Reply<Result<T>> reply,
                          std::function<void(Needs &)> want, std::function<Result<T>(Workspace &)> plan)
{
    enqueue(m_lane, std::make_unique<DirectoryCommand<T>>(home, now, std::move(reply), std::move(want),
                                                          std::move(plan)));
}

// ---- users

void DirectoryPort::createUser(Loop &home, ports::UserRecord user, Reply<Result<ports::UserRecord>> reply)
{
    const model::Instant now = m_clock.now();
    if (user.createdAt.us == 0)
        user.createdAt = now;
    write<ports::UserRecord>(home, now, std::move(reply), {}, [user = std::move(user)](Workspace &work) {
        return work.tx().createUser(user);
    });
}

void DirectoryPort::users(Loop &home, std::vector<UserId> ids,
                          Reply<Result<std::vector<ports::UserRecord>>> reply)
{
    using Records = std::vector<ports::UserRecord>;
    m_readers.run<Records>(
        home, std::move(reply),
        [ids = std::move(ids)](ReadSession &session) -> Result<Records> {
            Records records;
            if (auto done = session.records(ids, records); !done)
                return tl::unexpected(done.error());
            return records;
        },
        Readers::Reading::Single);
}

void DirectoryPort::allUsers(Loop &home, qint64 after, int limit, Reply<Result<Page>> reply)
{
    m_readers.run<Page>(home, std::move(reply), [=](ReadSession &session) -> Result<Page> {
        std::vector<JobTarget> targets;
        if (auto done = session.allUsers(after, limit, targets); !done)
            return tl::unexpected(done.error());
        return pageOf(std::move(targets), after);
    });
}

// ---- preferences

void DirectoryPort::preferences(Loop &home, std::vector<UserId> users,
                                Reply<Result<std::vector<ports::StoredPreferences>>> reply)
{
    using All = std::vector<ports::StoredPreferences>;
    m_readers.run<All>(
        home, std::move(reply),
        [users = std::move(users)](ReadSession &session) -> Result<All> {
            std::vector<PreferencesRow> rows;
            if (auto done = session.preferences(users, rows); !done)
                return tl::unexpected(done.error());
            All all;
            for (const PreferencesRow &row : rows)
                all.push_back(storedPreferences(row));
            return all;
        },
        Readers::Reading::Single);
}

void DirectoryPort::putPreferences(Loop &home, ports::PreferencesWrite wish, model::Instant now,
                                   Reply<Result<ports::StoredPreferences>> reply)
{
    auto want = knowing(wish.user);
    write<ports::StoredPreferences>(
        home, now, std::move(reply), std::move(want),
        [wish = std::move(wish), now](Workspace &work) { return replacePreferences(work, wish, now); });
}

// ---- topics

void DirectoryPort::putTopic(Loop &home, ports::Topic topic, Reply<Result<bool>> reply)
{
    write<bool>(home, m_clock.now(), std::move(reply), {},
                [topic = std::move(topic)](Workspace &work) { return work.tx().saveTopic(topic); });
}

void DirectoryPort::topics(Loop &home, Reply<Result<std::vector<ports::Topic>>> reply)
{
    using Topics = std::vector<ports::Topic>;
    m_readers.run<Topics>(home, std::move(reply), [](ReadSession &session) -> Result<Topics> {
        Topics topics;
        if (auto done = session.topics(topics); !done)
            return tl::unexpected(done.error());
        return topics;
    });
}

void DirectoryPort::topic(Loop &home, model::TopicName name, Reply<Result<ports::Topic>> reply)
{
    m_readers.run<ports::Topic>(home, std::move(reply), [name](ReadSession &session) -> Result<ports::Topic> {
        auto found = session.topic(name);
        if (!found)
            return tl::unexpected(found.error());
        if (!*found)
            return model::fail(ErrorCode::NotFound, "there is no such topic");
        return std::move(**found);
    });
}

void DirectoryPort::removeTopic(Loop &home, model::TopicName name, Reply<VoidResult> reply)
{
    write<void>(home, m_clock.now(), std::move(reply), {},
                [name](Workspace &work) { return work.tx().removeTopic(name); });
}

void DirectoryPort::subscribe(Loop &home, ports::Subscription wish, model::Instant now,
                              Reply<VoidResult> reply)
{
    auto want = knowing(wish.user);
    write<void>(home, now, std::move(reply), std::move(want), [wish = std::move(wish), now](Workspace &work) {
        return changeSubscription(work, wish, now);
    });
}

void DirectoryPort::subscribers(Loop &home, model::TopicName topic, qint64 after, int limit,
                                Reply<Result<Page>> reply)
{
    m_readers.run<Page>(home, std::move(reply), [=](ReadSession &session) -> Result<Page> {
        std::vector<JobTarget> targets;
        if (auto done = session.subscribers(topic, after, limit, targets); !done)
            return tl::unexpected(done.error());
        return pageOf(std::move(targets), after);
    });
}

// ---- fan-out jobs

void DirectoryPort::addJob(Loop &home, ports::FanoutJob job, Reply<Result<ports::SubmitResult>> reply)
{
    job.submit.event = job.event;
    const model::Instant now = job.submit.now;
    const auto want = [key = job.submit.idempotency](Needs &needs) {
        if (key)
            needs.answers.push_back(*key);
    };
    write<ports::SubmitResult>(home, now, std::move(reply), want,
                               [job = std::move(job)](Workspace &work) { return acceptJob(work, job); });
}

void DirectoryPort::stepJob(Loop &home, int limit, Decide decide, model::Instant now,
                            Reply<Result<int>> reply)
{
    enqueue(m_lane, std::make_unique<JobStepCommand>(home, limit, std::move(decide), now, std::move(reply)));
}

// ---- keys

void DirectoryPort::keys(Loop &home, Reply<Result<std::vector<ports::ApiKey>>> reply)
{
    using Keys = std::vector<ports::ApiKey>;
    m_readers.run<Keys>(home, std::move(reply), [](ReadSession &session) -> Result<Keys> {
        Keys keys;
        if (auto done = session.keys(keys); !done)
            return tl::unexpected(done.error());
        return keys;
    });
}

void DirectoryPort::addKey(Loop &home, ports::ApiKey key, ports::AuditEntry entry, Reply<VoidResult> reply)
{
    write<void>(home, m_clock.now(), std::move(reply), {},
                [key = std::move(key), entry = std::move(entry)](Workspace &work) -> VoidResult {
                    if (auto done = work.tx().insertKey(key); !done)
                        return done;
                    return work.tx().sessions().note(entry);
                });
}

void DirectoryPort::revokeKey(Loop &home, ports::KeyRevocation what, ports::AuditEntry entry,
                              Reply<VoidResult> reply)
{
    const model::Instant now = entry.at;
    write<void>(home, now, std::move(reply), {},
                [what = std::move(what), entry = std::move(entry)](Workspace &work) {
                    return revokeStored(work.tx(), what, entry);
                });
}

void DirectoryPort::rotateKey(Loop &home, ports::KeyRotation rotation, ports::AuditEntry entry,
                              Reply<Result<ports::ApiKey>> reply)
{
    const model::Instant now = rotation.now;
    write<ports::ApiKey>(home, now, std::move(reply), {},
                         [rotation = std::move(rotation), entry = std::move(entry)](Workspace &work) {
                             return rotateStored(work.tx(), rotation, entry);
                         });
}

void DirectoryPort::noteKeyUses(Loop &home, std::vector<ports::KeyUse> uses, model::Instant now,
                                Reply<VoidResult> reply)
{
    write<void>(home, now, std::move(reply), {}, [uses = std::move(uses)](Workspace &work) -> VoidResult {
        for (const ports::KeyUse &use : uses) {
            if (auto done = work.tx().saveKeyUse(use); !done)
                return done;
        }
        return {};
    });
}

// ---- answers

void DirectoryPort::findAnswer(Loop &home, ports::IdempotencyKey key, model::Instant now,
                               Reply<Result<std::optional<ports::StoredAnswer>>> reply)
{
    using Answer = std::optional<ports::StoredAnswer>;
    m_readers.run<Answer>(home, std::move(reply), [=](ReadSession &session) -> Result<Answer> {
        const auto row = session.answer(key);
        if (!row)
            return tl::unexpected(row.error());
        return standingAnswer(*row ? &**row : nullptr, key, now);
    });
}

void DirectoryPort::keepAnswer(Loop &home, ports::IdempotencyKey key, ports::StoredAnswer answer,
                               model::Instant now, Reply<VoidResult> reply)
{
    write<void>(home, now, std::move(reply), {}, [=](Workspace &work) -> VoidResult {
        work.keepAnswer(key, answer, now);
        return {};
    });
}
} // namespace belfry::store
