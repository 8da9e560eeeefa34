#include "store/memory/memory_reader.h"

#include "store/folding.h"
#include "store/page_bytes.h"
#include "store/row_flags.h"

#include <algorithm>
#include <limits>

namespace belfry::store {
using model::NotificationId;

VoidResult MemoryReader::begin(Reading)
{
    m_state = m_shared->get();
    return {};
}

void MemoryReader::end()
{
    m_state.reset();
}

VoidResult MemoryReader::users(const std::vector<model::UserId> &ids, std::vector<UserRow> &out)
{
    for (const model::UserId &id : ids)
        out.push_back(m_state->user(id));
    return {};
}

VoidResult MemoryReader::notifications(const std::vector<NotificationId> &ids,
                                       std::vector<std::optional<NotificationRow>> &out)
{
    for (const NotificationId &id : ids)
        out.push_back(m_state->notification(id));
    return {};
}

VoidResult MemoryReader::pageOfNotifications(const std::vector<NotificationId> &ids,
                                             std::vector<std::optional<NotificationRow>> &out)
{
    PageBytes page;
    for (auto id = ids.begin(); id != ids.end() && !page.isOver(); ++id) {
        out.push_back(m_state->notification(*id));
        if (out.back())
            page.add(*out.back());
    }
    return {};
}

Result<std::optional<NotificationRow>> MemoryReader::byLegacyId(const UserRow &user, qint32 legacyId)
{
    for (const auto &[id, row] : m_state->notifications) {
        if (row.user == user.key && row.item.legacyId == legacyId)
            return row;
    }
    return std::nullopt;
}

namespace {
ports::DuePlace duePlace(const model::Notification &item)
{
    return {item.scheduledFor.value_or(item.createdAt), item.id};
}

bool shows(const ListQuery &query, const NotificationRow &row)
{
    const model::Notification &n = row.item;
    if (row.user != query.user.key || (!query.type.isEmpty() && query.type != n.content.type))
        return false;
    if (!query.words.empty() && !matches(query.words, n.content.title, n.content.message))
        return false;
    if (query.state == ports::ListState::Scheduled)
        return n.state == model::State::Held && duePlace(n) > query.after;
    return filterOf(query.state).accepts(rowFlags(n)) && (query.before == 0 || n.createdSeq < query.before);
}
} // namespace

VoidResult MemoryReader::list(const ListQuery &query, std::vector<NotificationRow> &out)
{
    for (const auto &[id, row] : m_state->notifications) {
        if (shows(query, row))
            out.push_back(row);
    }
    const bool scheduled = query.state == ports::ListState::Scheduled;
    std::sort(out.begin(), out.end(), [scheduled](const NotificationRow &a, const NotificationRow &b) {
        return scheduled ? duePlace(a.item) < duePlace(b.item) : a.item.createdSeq > b.item.createdSeq;
    });
    out.erase(out.begin(), out.begin() + std::min<qsizetype>(query.offset, std::ssize(out)));
    if (std::ssize(out) > query.limit)
        out.resize(static_cast<std::size_t>(query.limit));
    return {};
}

VoidResult MemoryReader::logRows(const UserRow &user, model::Seq since, int limit, std::vector<LogRow> &out)
{
    auto it = m_state->log.upper_bound({user.key, since});
    for (; it != m_state->log.end() && it->first.first == user.key && std::ssize(out) < limit; ++it)
        out.push_back(it->second);
    return {};
}

VoidResult MemoryReader::createdRows(const UserRow &user, model::Seq since, int limit,
                                     std::vector<NotificationRow> &out)
{
    auto it = m_state->places.upper_bound({user.key, since});
    for (; it != m_state->places.end() && it->first.first == user.key && std::ssize(out) < limit; ++it)
        out.push_back(m_state->notifications.at(it->second));
    return {};
}

VoidResult MemoryReader::due(model::Instant now, int limit, std::vector<DueRow> &out,
                             model::MaybeInstant &next)
{
    next.reset();
    for (const auto &[id, row] : m_state->notifications) {
        const model::MaybeInstant at = dueAt(row.item);
        if (at && *at <= now)
            out.push_back({dueKind(row.item), *at, row});
        else if (at && (!next || *at < *next))
            next = at;
    }
    std::sort(out.begin(), out.end(), [](const DueRow &a, const DueRow &b) { return a.at < b.at; });
    if (std::ssize(out) > limit)
        out.resize(static_cast<std::size_t>(limit));
    return {};
}

VoidResult MemoryReader::logOf(UserKey user, NotificationId id, std::vector<LogRow> &out)
{
    for (const auto &[place, row] : m_state->log) {
        if (place.first == user && row.item == id)
            out.push_back(row);
    }
    return {};
}

VoidResult MemoryReader::cursors(UserKey user, std::vector<CursorRow> &out)
{
    for (const auto &[device, row] : m_state->cursors) {
        if (device.first == user)
            out.push_back(row);
    }
    return {};
}

VoidResult MemoryReader::records(const std::vector<model::UserId> &ids, std::vector<ports::UserRecord> &out)
{
    for (const model::UserId &id : ids) {
        const auto it = m_state->userIds.find(id);
        out.push_back(it == m_state->userIds.end() ? ports::UserRecord{}
                                                   : m_state->users.at(it->second).record);
    }
    return {};
}

VoidResult MemoryReader::allUsers(UserKey after, int limit, std::vector<JobTarget> &out)
{
    out = m_state->usersAfter(after, std::numeric_limits<UserKey>::max(), limit);
    return {};
}

VoidResult MemoryReader::preferences(const std::vector<model::UserId> &users,
                                     std::vector<PreferencesRow> &out)
{
    for (const model::UserId &id : users) {
        const auto it = m_state->preferences.find(m_state->user(id).key);
        out.push_back(it == m_state->preferences.end() ? PreferencesRow{} : it->second);
    }
    return {};
}

VoidResult MemoryReader::topics(std::vector<ports::Topic> &out)
{
    for (const auto &[name, row] : m_state->topics)
        out.push_back(row.topic);
    return {};
}

Result<std::optional<ports::Topic>> MemoryReader::topic(const model::TopicName &name)
{
    const auto it = m_state->topics.find(name);
    return it == m_state->topics.end() ? std::nullopt : std::optional(it->second.topic);
}

VoidResult MemoryReader::subscribers(const model::TopicName &name, qint64 after, int limit,
                                     std::vector<JobTarget> &out)
{
    const auto it = m_state->topics.find(name);
    if (it == m_state->topics.end())
        return model::fail(model::ErrorCode::NotFound, "there is no such topic");
    out = m_state->subscribersAfter(it->second, after, std::numeric_limits<qint64>::max(), limit);
    return {};
}

VoidResult MemoryReader::keys(std::vector<ports::ApiKey> &out)
{
    for (const auto &[id, row] : m_state->keys)
        out.push_back(row.key);
    std::stable_sort(out.begin(), out.end(),
                     [](const auto &a, const auto &b) { return a.createdAt < b.createdAt; });
    return {};
}

Result<std::optional<AnswerRow>> MemoryReader::answer(const ports::IdempotencyKey &key)
{
    const auto it = m_state->answers.find({key.scope, key.key});
    return it == m_state->answers.end() ? std::nullopt : std::optional(it->second);
}
} // namespace belfry::store
