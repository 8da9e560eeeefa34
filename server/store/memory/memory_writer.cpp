#include "store/memory/memory_writer.h"

#include "model/user_id.h"
#include "store/row_flags.h"

#include <algorithm>
#include <set>

namespace belfry::store {
using model::ErrorCode;
using model::NotificationId;
using model::Text;

VoidResult MemoryWriter::begin()
{
    m_state = std::make_shared<MemoryState>(*m_shared->get());
    return {};
}

VoidResult MemoryWriter::commit()
{
    m_shared->set(std::move(m_state));
    return {};
}

void MemoryWriter::rollback()
{
    m_state.reset();
}

// ---- what a batch reads

VoidResult MemoryWriter::owners(const std::vector<NotificationId> &ids, std::vector<UserKey> &out)
{
    for (const NotificationId &id : ids) {
        const auto row = m_state->notification(id);
        out.push_back(row ? row->user : 0);
    }
    return {};
}

VoidResult MemoryWriter::lockUsers(const std::vector<UserWish> &wishes, model::Instant now,
                                   std::vector<UserRow> &out)
{
    for (const UserWish &wish : wishes) {
        UserRow row = wish.id.isEmpty() ? m_state->users.at(wish.key).row : m_state->user(wish.id);
        if (row.key == 0 && wish.make)
            row = m_state->makeUser(wish.id, now);
        out.push_back(row);
    }
    return {};
}

VoidResult MemoryWriter::notifications(const std::vector<NotificationId> &ids,
                                       std::vector<std::optional<NotificationRow>> &out)
{
    for (const NotificationId &id : ids)
        out.push_back(m_state->notification(id));
    return {};
}

namespace {
/// The last of the rows that `accepts` takes, by `order`.
template<typename Accepts, typename Order>
std::optional<NotificationRow> lastOf(const MemoryState &state, Accepts accepts, Order order)
{
    const NotificationRow *best = nullptr;
    for (const auto &[id, row] : state.notifications) {
        if (accepts(row) && (!best || order(*best) < order(row)))
            best = &row;
    }
    return best ? std::optional(*best) : std::nullopt;
}
} // namespace

VoidResult MemoryWriter::collapsing(const std::vector<TextProbe> &probes,
                                    std::vector<std::optional<NotificationRow>> &out)
{
    for (const TextProbe &probe : probes) {
        const auto accepts = [&](const NotificationRow &row) {
            return row.user == probe.user && row.item.content.collapseKey == probe.text &&
                   (rowFlags(row.item) & ActiveFlag);
        };
        out.push_back(
            lastOf(*m_state, accepts, [](const NotificationRow &row) { return row.item.createdSeq; }));
    }
    return {};
}

VoidResult MemoryWriter::deduplicating(const std::vector<TextProbe> &probes,
                                       std::vector<std::optional<DedupedRow>> &out)
{
    for (const TextProbe &probe : probes) {
        const auto accepts = [&](const NotificationRow &row) {
            return row.user == probe.user && row.item.content.dedupeKey == probe.text &&
                   row.item.createdAt >= probe.since;
        };
        const auto own =
            lastOf(*m_state, accepts, [](const NotificationRow &row) { return row.item.createdAt; });
        std::optional<DedupedRow> &found = out.emplace_back();
        if (own)
            found = DedupedRow{own->item.createdAt, *own};
        const auto moved = m_state->dedupes.find({probe.user, probe.text});
        if (moved != m_state->dedupes.end() &&
            moved->second.at >= std::max(probe.since, found ? found->at : probe.since))
            found = DedupedRow{moved->second.at, m_state->notifications.at(moved->second.item)};
    }
    return {};
}

namespace {
/// As little as the other dialects read.
NotificationRow forMerge(const NotificationRow &row)
{
    NotificationRow narrow;
    narrow.user = row.user;
    narrow.item.id = row.item.id;
    narrow.item.createdSeq = row.item.createdSeq;
    narrow.item.state = row.item.state;
    narrow.item.content.critical = row.item.content.critical;
    narrow.item.content.ackRequired = row.item.content.ackRequired;
    narrow.item.createdAt = row.item.createdAt;
    narrow.item.expiresAt = row.item.expiresAt;
    narrow.item.engagement = row.item.engagement;
    return narrow;
}
} // namespace

VoidResult MemoryWriter::ranges(const std::vector<RangeProbe> &probes,
                                std::vector<std::vector<NotificationRow>> &out)
{
    for (const RangeProbe &probe : probes) {
        std::vector<NotificationRow> &rows = out.emplace_back();
        auto it = m_state->places.lower_bound({probe.user, 1});
        for (; it != m_state->places.end() && it->first <= MemoryState::Place{probe.user, probe.upTo}; ++it) {
            const NotificationRow &row = m_state->notifications.at(it->second);
            if (rowFlags(row.item) & probe.flags)
                rows.push_back(forMerge(row));
        }
    }
    return {};
}

VoidResult MemoryWriter::answers(const std::vector<ports::IdempotencyKey> &keys,
                                 std::vector<std::optional<AnswerRow>> &out)
{
    for (const ports::IdempotencyKey &key : keys) {
        const auto it = m_state->answers.find({key.scope, key.key});
        out.push_back(it == m_state->answers.end() ? std::nullopt : std::optional(it->second));
    }
    return {};
}

VoidResult MemoryWriter::ops(const std::vector<OpProbe> &probes, std::vector<std::optional<OpRow>> &out)
{
    for (const OpProbe &probe : probes) {
        const auto it = m_state->ops.find({probe.user, probe.id});
        out.push_back(it == m_state->ops.end() ? std::nullopt : std::optional(it->second));
    }
    return {};
}

Result<qint32> MemoryWriter::takeLegacyIds(int count)
{
    const qint32 first = m_state->legacyIds + 1;
    m_state->legacyIds += count;
    return first;
}

// ---- what a batch writes

VoidResult MemoryWriter::insertNotifications(const std::vector<const NotificationRow *> &rows)
{
    for (const NotificationRow *row : rows) {
        if (m_state->notifications.contains(row->item.id))
            return model::fail(ErrorCode::Internal, "a notification with this id exists");
        m_state->put(*row);
    }
    return {};
}

VoidResult MemoryWriter::updateNotifications(const std::vector<RowUpdate> &updates)
{
    for (const RowUpdate &update : updates) {
        if (update.part != EngagementPart) {
            m_state->put(*update.row);
            continue;
        }
        model::Notification &stored = m_state->notifications.at(update.row->item.id).item;
        stored.engagement = update.row->item.engagement;
        stored.seq = update.row->item.seq;
        stored.updatedAt = update.row->item.updatedAt;
    }
    return {};
}

VoidResult MemoryWriter::insertLog(const std::vector<LogRow> &rows)
{
    for (const LogRow &row : rows) {
        const bool fresh = m_state->log.try_emplace({row.user, row.seq}, row).second;
        if (!fresh && row.kind != model::ChangeKind::Created)
            return model::fail(ErrorCode::Internal, "this seq is taken");
    }
    return {};
}

VoidResult MemoryWriter::saveUsers(const std::vector<const UserRow *> &users)
{
    for (const UserRow *user : users)
        m_state->users.at(user->key).row = *user;
    return {};
}

VoidResult MemoryWriter::insertAnswers(const std::vector<AnswerRow> &rows)
{
    for (const AnswerRow &row : rows)
        m_state->answers[{row.key.scope, row.key.key}] = row;
    return {};
}

VoidResult MemoryWriter::insertOps(const std::vector<OpRow> &rows)
{
    for (const OpRow &row : rows)
        m_state->ops[{row.user, row.applied.id}] = row;
    return {};
}

VoidResult MemoryWriter::saveDedupes(const std::vector<DedupeRow> &rows)
{
    for (const DedupeRow &row : rows) {
        DedupeRow &stored = m_state->dedupes[{row.user, row.key}];
        if (row.at >= stored.at)
            stored = row;
    }
    return {};
}

VoidResult MemoryWriter::saveCursors(const std::vector<CursorRow> &rows)
{
    for (const CursorRow &row : rows) {
        CursorRow &stored = m_state->cursors[{row.user, row.device}];
        if (row.seq > stored.seq)
            stored = row;
    }
    return {};
}

VoidResult MemoryWriter::insertOutbox(const std::vector<OutboxRow> &rows)
{
    m_state->outbox.insert(m_state->outbox.end(), rows.begin(), rows.end());
    return {};
}

// ---- the directory

Result<ports::UserRecord> MemoryWriter::createUser(const ports::UserRecord &user)
{
    std::set<qint64> numbers{0};
    for (const auto &[key, other] : m_state->users) {
        if (!user.email.isEmpty() && other.record.email == user.email)
            return model::fail(ErrorCode::Conflict, "a user with this email exists");
        numbers.insert(model::asInteger(other.row.id).value_or(0));
    }
    // The highest with a free successor that is a number as well.
    const auto leavesRoom = [&numbers](qint64 number) {
        return !numbers.contains(number + 1) && model::asInteger({QByteArray::number(number + 1)});
    };
    ports::UserRecord record = user;
    record.id.text = QByteArray::number(*std::find_if(numbers.rbegin(), numbers.rend(), leavesRoom) + 1);
    const UserKey key = m_state->makeUser(record.id, user.createdAt).key;
    m_state->users.at(key).record = record;
    return record;
}

VoidResult MemoryWriter::preferences(const std::vector<UserKey> &users, std::vector<PreferencesRow> &out)
{
    for (const UserKey user : users) {
        const auto it = m_state->preferences.find(user);
        out.push_back(it == m_state->preferences.end() ? PreferencesRow{} : it->second);
    }
    return {};
}

VoidResult MemoryWriter::savePreferences(UserKey user, const PreferencesRow &row)
{
    m_state->preferences[user] = row;
    return {};
}

Result<MemoryState::TopicRow *> MemoryWriter::topic(const model::TopicName &name)
{
    const auto it = m_state->topics.find(name);
    if (it == m_state->topics.end())
        return model::fail(ErrorCode::NotFound, "there is no such topic");
    return &it->second;
}

Result<bool> MemoryWriter::saveTopic(const ports::Topic &topic)
{
    const auto [it, fresh] = m_state->topics.try_emplace(topic.name, MemoryState::TopicRow{topic, {}});
    it->second.topic.title = topic.title;
    if (fresh)
        it->second.topic.subscribers = 0;
    return fresh;
}

VoidResult MemoryWriter::removeTopic(const model::TopicName &name)
{
    if (m_state->topics.erase(name) == 0)
        return model::fail(ErrorCode::NotFound, "there is no such topic");
    return {};
}

VoidResult MemoryWriter::checkTopic(const model::TopicName &name)
{
    const auto row = topic(name);
    return row ? VoidResult{} : tl::unexpected(row.error());
}

VoidResult MemoryWriter::subscribe(const model::TopicName &name, UserKey user, bool on, model::Instant)
{
    const auto row = topic(name);
    if (!row)
        return tl::unexpected(row.error());
    auto &all = (*row)->subscriptions;
    const auto it = std::find_if(all.begin(), all.end(), [user](const auto &s) { return s.user == user; });
    if (on && it == all.end())
        all.push_back({++m_state->lastSubscription, user});
    else if (!on && it != all.end())
        all.erase(it);
    (*row)->topic.subscribers = std::ssize(all);
    return {};
}

VoidResult MemoryWriter::insertJob(JobRow &job)
{
    if (job.topic.isEmpty()) {
        job.bound = m_state->users.empty() ? 0 : m_state->users.rbegin()->first;
    } else {
        const auto row = topic(job.topic);
        if (!row)
            return tl::unexpected(row.error());
        job.bound = m_state->lastSubscription;
    }
    job.key = ++m_state->lastJob;
    m_state->jobs[job.key] = job;
    return {};
}

Result<std::optional<JobRow>> MemoryWriter::oldestJob()
{
    return m_state->jobs.empty() ? std::nullopt : std::optional(m_state->jobs.begin()->second);
}

Result<std::vector<JobTarget>> MemoryWriter::jobTargets(const JobRow &job, int limit)
{
    if (job.topic.isEmpty())
        return m_state->usersAfter(job.last, job.bound, limit);
    const auto it = m_state->topics.find(job.topic);
    if (it == m_state->topics.end())
        return std::vector<JobTarget>{};
    return m_state->subscribersAfter(it->second, job.last, job.bound, limit);
}

VoidResult MemoryWriter::saveJob(qint64 key, qint64 last)
{
    m_state->jobs.at(key).last = last;
    return {};
}

VoidResult MemoryWriter::removeJob(qint64 key)
{
    m_state->jobs.erase(key);
    return {};
}

VoidResult MemoryWriter::insertKey(const ports::ApiKey &key)
{
    if (!m_state->keys.try_emplace(key.id, KeyRow{key, {}}).second)
        return model::fail(ErrorCode::Internal, "a key with this id exists");
    return {};
}

Result<std::optional<KeyRow>> MemoryWriter::lockKey(const Text &id)
{
    const auto it = m_state->keys.find(id);
    return it == m_state->keys.end() ? std::nullopt : std::optional(it->second);
}

VoidResult MemoryWriter::revokeKey(const Text &id, model::Instant now)
{
    m_state->keys.at(id).key.revokedAt = now;
    return {};
}

VoidResult MemoryWriter::saveKeyUse(const ports::KeyUse &use)
{
    const auto it = m_state->keys.find(use.id);
    if (it != m_state->keys.end())
        it->second.key.usedAt = std::max(it->second.key.usedAt.value_or(use.at), use.at);
    return {};
}

VoidResult MemoryWriter::replaceKey(const KeyRow &row)
{
    m_state->keys.at(row.key.id) = row;
    return {};
}

// ---- upkeep

VoidResult MemoryWriter::probe()
{
    return {};
}

Result<int> MemoryWriter::purge(const Purge &purge, int)
{
    auto gone =
        std::erase_if(m_state->answers, [&](const auto &e) { return e.second.at < purge.answersBefore; });
    gone += std::erase_if(m_state->ops, [&](const auto &e) { return e.second.at < purge.opsBefore; });
    gone += std::erase_if(m_state->dedupes, [&](const auto &e) { return e.second.at < purge.dedupesBefore; });
    return static_cast<int>(gone);
}

Result<int> MemoryWriter::purgeOutbox(model::Instant before, int)
{
    return static_cast<int>(
        std::erase_if(m_state->outbox, [before](const OutboxRow &row) { return row.at < before; }));
}

VoidResult MemoryWriter::removeNotifications(const std::vector<NotificationId> &ids)
{
    for (const NotificationId &id : ids) {
        const auto row = m_state->notification(id);
        if (row && row->item.createdSeq > 0)
            m_state->places.erase({row->user, row->item.createdSeq});
        m_state->notifications.erase(id);
    }
    return {};
}

VoidResult MemoryWriter::cutLogs(const std::vector<LogCutRow> &cuts)
{
    for (const LogCutRow &cut : cuts)
        m_state->log.erase(m_state->log.lower_bound({cut.user, 0}),
                           m_state->log.lower_bound({cut.user, cut.floor}));
    return {};
}

VoidResult MemoryWriter::forgetSearchChanges(qint64)
{
    return {};
}
} // namespace belfry::store
