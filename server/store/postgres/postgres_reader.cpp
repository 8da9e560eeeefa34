#include "store/postgres/postgres_reader.h"

#include "store/folding.h"
#include "store/page_bytes.h"
#include "store/postgres/pg_row_io.h"
#include "store/postgres/pg_rows.h"
#include "store/row_columns.h"
#include "store/row_flags.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace belfry::store {
using model::NotificationId;

PostgresReader::PostgresReader(PgTarget target)
    : m_db(std::move(target))
{
}

VoidResult PostgresReader::connect()
{
    return m_db.open();
}

VoidResult PostgresReader::begin(Reading reading)
{
    return reading == Reading::Single ? m_db.beginSingle()
                                      : m_db.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

void PostgresReader::end()
{
    m_db.rollback(); // of a transaction that only read
}

VoidResult PostgresReader::users(const std::vector<model::UserId> &ids, std::vector<UserRow> &out)
{
    if (ids.empty())
        return {};
    QHash<model::UserId, UserRow> found;
    PgQuery query(m_usersById);
    query.bind(arrayOf(ids));
    while (query.next()) {
        const UserRow row = readUser(query);
        found.insert(row.id, row);
    }
    for (const model::UserId &id : ids) {
        UserRow nobody;
        nobody.id = id;
        out.push_back(found.value(id, nobody));
    }
    return query.outcome();
}

VoidResult PostgresReader::notifications(const std::vector<NotificationId> &ids,
                                         std::vector<std::optional<NotificationRow>> &out)
{
    if (ids.empty())
        return {};
    PgQuery query(m_notificationsById);
    query.bind(arrayOf(ids));
    return readPlaces(query, ids.size(), out,
                      [&query](std::size_t, auto &row) { row = readNotification(query); });
}

VoidResult PostgresReader::pageOfNotifications(const std::vector<NotificationId> &ids,
                                               std::vector<std::optional<NotificationRow>> &out)
{
    const auto few = ids.begin() + std::min<qsizetype>(std::ssize(ids), PgPage::few); // as PgPage does it
    VoidResult done = notifications({ids.begin(), few}, out);
    PageBytes page;
    for (const auto &row : out) {
        if (row)
            page.add(*row);
    }
    if (!done || few == ids.end() || page.isOver())
        return done;
    const std::vector<NotificationId> more(few, ids.end());
    std::vector<std::optional<NotificationRow>> found;
    std::size_t count = 0; // up to the last that came
    PgQuery query(m_moreNotifications);
    query.bind(arrayOf(more));
    done = readPlaces(query, more.size(), found, [&](std::size_t place, auto &row) {
        row = readNotification(query);
        page.add(*row);
        count = std::max(count, place + 1);
    });
    if (page.isOver())
        found.resize(count);
    std::move(found.begin(), found.end(), std::back_inserter(out));
    return done;
}

Result<std::optional<NotificationRow>> PostgresReader::byLegacyId(const UserRow &user, qint32 legacyId)
{
    PgQuery query(m_notificationByLegacyId);
    query.bind(qint64(legacyId)).bind(user.key);
    if (query.next())
        return readNotification(query, user.id);
    if (auto done = query.outcome(); !done)
        return tl::unexpected(done.error());
    return std::nullopt;
}

// ---- lists

VoidResult PostgresReader::list(const ListQuery &asked, std::vector<NotificationRow> &out)
{
    if (asked.state == ports::ListState::Scheduled)
        return asked.words.empty() ? listScheduled(asked, out) : searchScheduled(asked, out);
    const FlagFilter filter = filterOf(asked.state);
    const model::Seq last = asked.before > 0 ? asked.before - 1 : std::numeric_limits<qint64>::max();
    PgPage &page = asked.words.empty() ? m_list : m_search;
    return page.read(asked.limit, asked.user.id, out,
                     [&](PgQuery &query, qint64 limit, const model::Notification *after) {
                         query.bind(asked.user.key).bind(after ? after->createdSeq - 1 : last);
                         query.bind(qint64(filter.mask)).bind(qint64(filter.want)).bindOptional(asked.type);
                         query.bind(limit).bind(qint64(after ? 0 : asked.offset));
                         if (!asked.words.empty())
                             query.bind(searchQuery(asked.user.key, asked.words));
                     });
}

namespace {
ports::DuePlace duePlace(const model::Notification &item)
{
    return {item.scheduledFor.value_or(item.createdAt), item.id};
}
} // namespace

VoidResult PostgresReader::listScheduled(const ListQuery &asked, std::vector<NotificationRow> &out)
{
    return m_listScheduled.read(asked.limit, asked.user.id, out,
                                [&](PgQuery &query, qint64 limit, const model::Notification *last) {
                                    const ports::DuePlace after = last ? duePlace(*last) : asked.after;
                                    query.bind(asked.user.key).bindOptional(asked.type);
                                    query.bind(after.at).bind(after.id).bind(limit);
                                    query.bind(qint64(last ? 0 : asked.offset));
                                });
}

VoidResult PostgresReader::searchScheduled(const ListQuery &asked, std::vector<NotificationRow> &out)
{
    constexpr qint64 portion = 500; // rows of it, or a page's bytes
    ports::DuePlace after = asked.after;
    int skip = asked.offset;
    PageBytes page;
    for (bool more = true; more;) {
        PgQuery query(m_searchScheduled);
        query.bind(asked.user.key).bindOptional(asked.type).bind(after.at).bind(after.id);
        query.bind(portion).bind(qint64(0));
        more = false;
        while (std::ssize(out) < asked.limit && !page.isOver() && query.next()) {
            more = true;
            NotificationRow row = readNotification(query, asked.user.id);
            after = duePlace(row.item);
            const model::Content &content = row.item.content;
            if (!matches(asked.words, content.title, content.message) || skip-- > 0)
                continue;
            page.add(row);
            out.push_back(std::move(row));
        }
        if (!query.outcome())
            return query.outcome();
    }
    return {};
}

VoidResult PostgresReader::logRows(const UserRow &user, model::Seq since, int limit, std::vector<LogRow> &out)
{
    PgQuery query(m_logRows);
    query.bind(user.key).bind(since).bind(qint64(limit));
    readWhileRoom(query, out, [](PgQuery &row) { return readLogRow(row); });
    return query.outcome();
}

VoidResult PostgresReader::createdRows(const UserRow &user, model::Seq since, int limit,
                                       std::vector<NotificationRow> &out)
{
    return m_createdRows.read(limit, user.id, out,
                              [&](PgQuery &query, qint64 most, const model::Notification *after) {
                                  query.bind(user.key).bind(after ? after->createdSeq : since).bind(most);
                              });
}

VoidResult PostgresReader::due(model::Instant now, int limit, std::vector<DueRow> &out,
                               model::MaybeInstant &next)
{
    PgQuery query(m_due);
    query.bind(now).bind(qint64(limit));
    PageBytes page;
    while (!page.isOver() && query.next()) {
        NotificationRow row = readNotification(query);
        page.add(row);
        const model::Instant at = dueAt(row.item).value_or(now);
        out.push_back({dueKind(row.item), at, std::move(row)});
    }
    if (auto done = query.outcome(); !done)
        return done;
    PgQuery later(m_nextDue);
    later.bind(now);
    next.reset();
    if (later.next())
        next = later.instant();
    return later.outcome();
}

VoidResult PostgresReader::logOf(UserKey user, NotificationId id, std::vector<LogRow> &out)
{
    PgQuery query(m_logOf);
    query.bind(user).bind(id);
    while (query.next())
        out.push_back(readLogRow(query));
    return query.outcome();
}

VoidResult PostgresReader::cursors(UserKey user, std::vector<CursorRow> &out)
{
    PgQuery query(m_cursors);
    query.bind(user);
    while (query.next()) {
        CursorRow &row = out.emplace_back();
        row.user = user;
        row.device.text = query.text();
        row.seq = query.number();
        row.at = query.instant();
    }
    return query.outcome();
}

// ---- directory

VoidResult PostgresReader::records(const std::vector<model::UserId> &ids, std::vector<ports::UserRecord> &out)
{
    if (ids.empty())
        return {};
    PgQuery query(m_records);
    query.bind(arrayOf(ids));
    return readPlaces(query, ids.size(), out, [&query](std::size_t, ports::UserRecord &record) {
        record.id.text = query.text();
        record.name = query.text();
        record.email = query.text();
        record.passwordHash = query.blob();
        record.createdAt = query.instant();
    });
}

namespace {
VoidResult readTargets(PgQuery &query, std::vector<JobTarget> &out)
{
    while (query.next())
        out.push_back(readTarget(query));
    return query.outcome();
}

ports::Topic readTopic(PgQuery &query)
{
    ports::Topic topic;
    topic.name.text = query.text();
    topic.title = query.text();
    topic.createdAt = query.instant();
    topic.subscribers = query.number();
    return topic;
}

constexpr qint64 noBound = std::numeric_limits<qint64>::max();
} // namespace

VoidResult PostgresReader::allUsers(UserKey after, int limit, std::vector<JobTarget> &out)
{
    PgQuery query(m_allUsers);
    query.bind(after).bind(noBound).bind(qint64(limit));
    return readTargets(query, out);
}

VoidResult PostgresReader::preferences(const std::vector<model::UserId> &users,
                                       std::vector<PreferencesRow> &out)
{
    if (users.empty())
        return {};
    PgQuery query(m_preferencesById);
    query.bind(arrayOf(users));
    return readPlaces(query, users.size(), out, [&query](std::size_t, PreferencesRow &row) {
        row.etag = query.text();
        row.document = query.text();
    });
}

VoidResult PostgresReader::topics(std::vector<ports::Topic> &out)
{
    PgQuery query(m_topics);
    while (query.next())
        out.push_back(readTopic(query));
    return query.outcome();
}

Result<std::optional<ports::Topic>> PostgresReader::topic(const model::TopicName &name)
{
    PgQuery query(m_topic);
    query.bind(name.text);
    if (query.next())
        return readTopic(query);
    if (auto done = query.outcome(); !done)
        return tl::unexpected(done.error());
    return std::nullopt;
}

VoidResult PostgresReader::subscribers(const model::TopicName &name, qint64 after, int limit,
                                       std::vector<JobTarget> &out)
{
    const auto found = topic(name);
    if (!found)
        return tl::unexpected(found.error());
    if (!*found)
        return model::fail(model::ErrorCode::NotFound, "there is no such topic");
    PgQuery query(m_topicUsers);
    query.bind(name.text).bind(after).bind(noBound).bind(qint64(limit));
    return readTargets(query, out);
}

VoidResult PostgresReader::keys(std::vector<ports::ApiKey> &out)
{
    PgQuery query(m_keys);
    while (query.next()) {
        out.push_back(readKey(query));
        out.back().usedAt = query.maybeInstant();
    }
    return query.outcome();
}

Result<std::optional<AnswerRow>> PostgresReader::answer(const ports::IdempotencyKey &key)
{
    PgQuery query(m_findAnswer);
    query.bind(key.scope).bind(key.key);
    if (query.next())
        return readAnswer(query, key);
    if (auto done = query.outcome(); !done)
        return tl::unexpected(done.error());
    return std::nullopt;
}
} // namespace belfry::store
