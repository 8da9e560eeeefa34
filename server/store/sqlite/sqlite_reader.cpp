#include "store/sqlite/sqlite_reader.h"

#include "store/page_bytes.h"
#include "store/row_columns.h"
#include "store/row_flags.h"
#include "store/sqlite/row_io.h"

#include <limits>

namespace belfry::store {
using model::NotificationId;

SqliteReader::SqliteReader(model::Text path, const char *vfs)
    : m_db(path, vfs)
    , m_search(SearchIndex::pathBeside(path))
{
}

VoidResult SqliteReader::connect()
{
    if (auto opened = m_db.open(true); !opened)
        return opened;
    return m_db.exec("PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY");
}

VoidResult SqliteReader::begin(Reading)
{
    if (m_db.needsReopen()) {
        if (auto connected = connect(); !connected)
            return connected;
    }
    return Query(m_begin).run();
}

void SqliteReader::end()
{
    static_cast<void>(Query(m_end).run()); // ends a transaction that only read: nothing can be lost
}

VoidResult SqliteReader::users(const std::vector<model::UserId> &ids, std::vector<UserRow> &out)
{
    for (const model::UserId &id : ids) {
        Query query(m_userById);
        query.bind(id.text);
        UserRow &row = out.emplace_back();
        row.id = id;
        if (query.next()) {
            row.key = query.number();
            query.skip();
            row.head = query.number();
            row.floor = query.number();
            row.counts.unseen = query.number();
            row.counts.unread = query.number();
            row.allRead.seq = query.number();
            row.allRead.at = query.instant();
        }
        if (auto done = query.outcome(); !done)
            return done;
    }
    return {};
}

VoidResult SqliteReader::notifications(const std::vector<NotificationId> &ids,
                                       std::vector<std::optional<NotificationRow>> &out)
{
    for (const NotificationId &id : ids) {
        if (auto done = notification(id, out); !done)
            return done;
    }
    return {};
}

VoidResult SqliteReader::pageOfNotifications(const std::vector<NotificationId> &ids,
                                             std::vector<std::optional<NotificationRow>> &out)
{
    PageBytes page;
    for (auto id = ids.begin(); id != ids.end() && !page.isOver(); ++id) {
        if (auto done = notification(*id, out); !done)
            return done;
        if (out.back())
            page.add(*out.back());
    }
    return {};
}

VoidResult SqliteReader::notification(const NotificationId &id,
                                      std::vector<std::optional<NotificationRow>> &out)
{
    Query query(m_notificationById);
    query.bind(id);
    out.push_back(query.next() ? std::optional(readNotification(query)) : std::nullopt);
    return query.outcome();
}

Result<std::optional<NotificationRow>> SqliteReader::byLegacyId(const UserRow &user, qint32 legacyId)
{
    Query query(m_notificationByLegacyId);
    query.bind(qint64(legacyId)).bind(user.key);
    if (query.next())
        return readNotification(query, user.id);
    if (auto done = query.outcome(); !done)
        return tl::unexpected(done.error());
    return std::nullopt;
}

// ---- lists

VoidResult SqliteReader::list(const ListQuery &query, std::vector<NotificationRow> &out)
{
    if (query.state == ports::ListState::Scheduled)
        return listScheduled(query, out);
    return query.words.empty() ? listPlain(query, out) : search(query, out);
}

VoidResult SqliteReader::listPlain(const ListQuery &asked, std::vector<NotificationRow> &out)
{
    const FlagFilter filter = filterOf(asked.state);
    Query query(m_list);
    query.bind(asked.user.key).bind(asked.before > 0 ? asked.before - 1 : std::numeric_limits<qint64>::max());
    query.bind(qint64(filter.mask)).bind(qint64(filter.want)).bindOptional(asked.type);
    query.bind(qint64(asked.limit)).bind(qint64(asked.offset));
    readWhileRoom(query, out, [&asked](Query &row) { return readNotification(row, asked.user.id); });
    return query.outcome();
}

VoidResult SqliteReader::logRows(const UserRow &user, model::Seq since, int limit, std::vector<LogRow> &out)
{
    Query query(m_logRows);
    query.bind(user.key).bind(since).bind(qint64(limit));
    readWhileRoom(query, out, [](Query &row) { return readLogRow(row); });
    return query.outcome();
}

VoidResult SqliteReader::createdRows(const UserRow &user, model::Seq since, int limit,
                                     std::vector<NotificationRow> &out)
{
    Query query(m_createdRows);
    query.bind(user.key).bind(since).bind(qint64(limit));
    readWhileRoom(query, out, [&user](Query &row) { return readNotification(row, user.id); });
    return query.outcome();
}

VoidResult SqliteReader::due(model::Instant now, int limit, std::vector<DueRow> &out,
                             model::MaybeInstant &next)
{
    Query query(m_due);
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
    Query later(m_nextDue);
    later.bind(now);
    next.reset();
    if (later.next())
        next = later.instant();
    return later.outcome();
}

VoidResult SqliteReader::logOf(UserKey user, NotificationId id, std::vector<LogRow> &out)
{
    Query query(m_logOf);
    query.bind(user).bind(id);
    while (query.next())
        out.push_back(readLogRow(query));
    return query.outcome();
}

VoidResult SqliteReader::cursors(UserKey user, std::vector<CursorRow> &out)
{
    Query query(m_cursors);
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

VoidResult SqliteReader::records(const std::vector<model::UserId> &ids, std::vector<ports::UserRecord> &out)
{
    for (const model::UserId &id : ids) {
        Query query(m_record);
        query.bind(id.text);
        ports::UserRecord &record = out.emplace_back();
        if (query.next()) {
            record.id.text = query.text();
            record.name = query.text();
            record.email = query.text();
            record.passwordHash = query.text();
            record.createdAt = query.instant();
        }
        if (auto done = query.outcome(); !done)
            return done;
    }
    return {};
}

namespace {
VoidResult readTargets(Query &query, std::vector<JobTarget> &out)
{
    while (query.next()) {
        JobTarget &target = out.emplace_back();
        target.place = query.number();
        target.key = query.number();
        target.user.text = query.text();
    }
    return query.outcome();
}

ports::Topic readTopic(Query &query)
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

VoidResult SqliteReader::allUsers(UserKey after, int limit, std::vector<JobTarget> &out)
{
    Query query(m_allUsers);
    query.bind(after).bind(noBound).bind(qint64(limit));
    return readTargets(query, out);
}

VoidResult SqliteReader::preferences(const std::vector<model::UserId> &users,
                                     std::vector<PreferencesRow> &out)
{
    for (const model::UserId &id : users) {
        Query query(m_preferencesById);
        query.bind(id.text);
        PreferencesRow &row = out.emplace_back();
        if (query.next()) {
            row.etag = query.text();
            row.document = query.text();
        }
        if (auto done = query.outcome(); !done)
            return done;
    }
    return {};
}

VoidResult SqliteReader::topics(std::vector<ports::Topic> &out)
{
    Query query(m_topics);
    while (query.next())
        out.push_back(readTopic(query));
    return query.outcome();
}

Result<std::optional<ports::Topic>> SqliteReader::topic(const model::TopicName &name)
{
    Query query(m_topic);
    query.bind(name.text);
    if (query.next())
        return readTopic(query);
    if (auto done = query.outcome(); !done)
        return tl::unexpected(done.error());
    return std::nullopt;
}

VoidResult SqliteReader::subscribers(const model::TopicName &name, qint64 after, int limit,
                                     std::vector<JobTarget> &out)
{
    const auto found = topic(name);
    if (!found)
        return tl::unexpected(found.error());
    if (!*found)
        return model::fail(model::ErrorCode::NotFound, "there is no such topic");
    Query query(m_topicUsers);
    query.bind(name.text).bind(after).bind(noBound).bind(qint64(limit));
    return readTargets(query, out);
}

VoidResult SqliteReader::keys(std::vector<ports::ApiKey> &out)
{
    Query query(m_keys);
    while (query.next()) {
        out.push_back(readKey(query));
        out.back().usedAt = query.maybeInstant();
    }
    return query.outcome();
}

Result<std::optional<AnswerRow>> SqliteReader::answer(const ports::IdempotencyKey &key)
{
    Query query(m_findAnswer);
    query.bind(key.scope).bind(key.key);
    if (query.next())
        return readAnswer(query, key);
    if (auto done = query.outcome(); !done)
        return tl::unexpected(done.error());
    return std::nullopt;
}
} // namespace belfry::store
