#include "store/inbox_reads.h"

#include "domain/alert.h"
#include "store/folding.h"
#include "store/log_codec.h"
#include "store/page_bytes.h"
#include "store/row_flags.h"

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <unordered_set>

namespace belfry::store {
using model::Change;
using model::ChangeKind;
using model::ErrorCode;
using model::Notification;
using model::NotificationId;

namespace {
auto unknown()
{
    return model::fail(ErrorCode::NotFound, "there is no such notification");
}

Result<UserRow> readUser(ReadSession &session, const model::UserId &id)
{
    std::vector<UserRow> rows;
    if (auto done = session.users({id}, rows); !done)
        return tl::unexpected(done.error());
    rows.front().id = id;
    return std::move(rows.front());
}

void setNext(ports::InboxPage &page, ports::ListState state)
{
    const Notification &last = page.items.back();
    if (state == ports::ListState::Scheduled)
        page.nextAfter = ports::DuePlace{last.scheduledFor.value_or(last.createdAt), last.id};
    else
        page.nextBefore = last.createdSeq;
}
} // namespace

Result<ports::InboxPage> readPage(ReadSession &session, const ports::InboxQuery &query)
{
    auto user = readUser(session, query.user);
    if (!user)
        return tl::unexpected(user.error());
    ports::InboxPage page;
    page.head = user->head;
    page.counts = user->counts;
    ListQuery asked{*user,       query.state,     query.type,   query.before,
                    query.after, query.limit + 1, query.offset, {}};
    asked.words = searchWords(query.search);
    const bool nothingAsked = !query.search.trimmed().isEmpty() && asked.words.empty();
    if (user->key == 0 || nothingAsked) // a search without a single letter or digit finds nothing
        return page;
    std::vector<NotificationRow> rows;
    if (auto done = session.list(asked, rows); !done)
        return tl::unexpected(done.error());
    const bool more = cutToPage(rows, static_cast<std::size_t>(query.limit));
    for (NotificationRow &row : rows)
        page.items.push_back(std::move(row.item));
    if (more)
        setNext(page, query.state);
    return page;
}

Result<NotificationRow> readItem(ReadSession &session, const NotificationId &id)
{
    std::vector<std::optional<NotificationRow>> rows;
    if (auto done = session.notifications({id}, rows); !done)
        return tl::unexpected(done.error());
    if (!rows.front())
        return unknown();
    return std::move(*rows.front());
}

Result<Notification> readByLegacyId(ReadSession &session, const model::UserId &id, qint32 legacyId)
{
    auto user = readUser(session, id);
    if (!user)
        return tl::unexpected(user.error());
    auto row = session.byLegacyId(*user, legacyId);
    if (!row)
        return tl::unexpected(row.error());
    if (!*row)
        return unknown();
    return std::move((*row)->item);
}

Result<std::vector<ports::LogState>> readLogStates(ReadSession &session,
                                                   const std::vector<model::UserId> &users)
{
    std::vector<UserRow> rows;
    if (auto done = session.users(users, rows); !done)
        return tl::unexpected(done.error());
    std::vector<ports::LogState> states;
    states.reserve(rows.size());
    for (const UserRow &row : rows)
        states.push_back({row.head, row.floor, row.counts});
    return states;
}

// ---- the log: rows of its own and the notifications' own entries, merged by seq

namespace {
using ItemsById = std::unordered_map<NotificationId, Notification>;

Change createdChange(const Notification &item)
{
    Change change{item.createdSeq, ChangeKind::Created, placedAt(item), model::Gone{item.id},
                  domain::alertOf(item)};
    if (!model::isGone(item))
        change.what = item;
    return change;
}

decltype(Change::what) whatOf(const LogRow &row, const ItemsById &items)
{
    switch (row.kind) {
    case ChangeKind::State:
        return model::StateChange{decodeOp(row.payload)};
    case ChangeKind::Preferences:
        return model::PreferencesChange{row.payload};
    case ChangeKind::Alert:
        return decodeAlert(row.payload);
    case ChangeKind::Created:
    case ChangeKind::Updated:
    case ChangeKind::Expired:
    case ChangeKind::Recalled:
        break;
    }
    const NotificationId id = row.item.value_or(NotificationId{});
    const auto it = items.find(id);
    if (it == items.end() || model::isGone(it->second))
        return model::Gone{id};
    return it->second;
}

/// What the rows name. Where that is more than a page, the rows that are left over go.
Result<ItemsById> itemsOf(ReadSession &session, std::vector<LogRow> &rows)
{
    std::vector<NotificationId> ids;
    std::unordered_set<NotificationId> asked;
    for (const LogRow &row : rows) {
        if (row.item && asked.insert(*row.item).second)
            ids.push_back(*row.item);
    }
    ItemsById items;
    if (ids.empty())
        return items;
    std::vector<std::optional<NotificationRow>> found;
    if (auto done = session.pageOfNotifications(ids, found); !done)
        return tl::unexpected(done.error());
    for (auto &row : found) {
        if (row)
            items.emplace(row->item.id, std::move(row->item));
    }
    if (found.size() < ids.size()) {
        const NotificationId left = ids[found.size()];
        const auto isLeft = [&left](const LogRow &row) { return row.item == left; };
        rows.erase(std::find_if(rows.begin(), rows.end(), isLeft), rows.end());
    }
    return items;
}

/// Both ascend; a log row wins over a notification's own entry with the same seq. Nothing above `last`: there
/// one of them may lack some. Ends before it is more than a page, with one change at least.
std::vector<Change> merge(const std::vector<LogRow> &rows, const std::vector<NotificationRow> &created,
                          const ItemsById &items, int limit, model::Seq last)
{
    std::vector<Change> changes;
    PageBytes page;
    auto row = rows.begin();
    auto own = created.begin();
    while (std::ssize(changes) < limit && (row != rows.end() || own != created.end())) {
        const bool ownFirst = row == rows.end() || (own != created.end() && own->item.createdSeq < row->seq);
        if ((ownFirst ? own->item.createdSeq : row->seq) > last)
            break;
        Change change = ownFirst ? createdChange(own->item)
                                 : Change{row->seq, row->kind, row->at, whatOf(*row, items), row->alert};
        if (const auto *item = std::get_if<Notification>(&change.what)) // one item may be in many changes
            page.add(*item);
        if (!ownFirst)
            page.add(*row);
        if (page.isOver() && !changes.empty())
            break;
        if (own != created.end() && own->item.createdSeq == change.seq)
            ++own;
        if (!ownFirst)
            ++row;
        changes.push_back(std::move(change));
    }
    return changes;
}
} // namespace

Result<ports::LogPage> readLog(ReadSession &session, const model::UserId &id, model::Seq since, int limit)
{
    auto user = readUser(session, id);
    if (!user)
        return tl::unexpected(user.error());
    if (since > user->head || since < user->floor - 1)
        return model::fail(ErrorCode::LogReset, "the log has only " + QByteArray::number(user->floor) +
                                                    " to " + QByteArray::number(user->head) +
                                                    ": load a snapshot and go on from its seq");
    ports::LogPage page{{user->head, user->floor, user->counts}, {}};
    if (since == user->head)
        return page;
    std::vector<LogRow> rows;
    if (auto done = session.logRows(*user, since, limit, rows); !done)
        return tl::unexpected(done.error());
    std::vector<NotificationRow> created;
    if (auto done = session.createdRows(*user, since, limit, created); !done)
        return tl::unexpected(done.error());
    const auto most = static_cast<std::size_t>(limit);
    model::Seq last = std::numeric_limits<model::Seq>::max();
    if (cutToPage(created, most))
        last = created.back().item.createdSeq;
    bool isCut = cutToPage(rows, most);
    const std::size_t read = rows.size();
    const auto items = itemsOf(session, rows);
    if (!items)
        return tl::unexpected(items.error());
    isCut = isCut || rows.size() < read;
    if (isCut)
        last = std::min(last, rows.back().seq);
    page.changes = merge(rows, created, *items, limit, last);
    return page;
}

Result<ports::DueBatch> readDue(ReadSession &session, model::Instant now, int limit)
{
    std::vector<DueRow> rows;
    ports::DueBatch batch;
    if (auto done = session.due(now, limit, rows, batch.next); !done)
        return tl::unexpected(done.error());
    PageBytes page;
    for (DueRow &row : rows) {
        page.add(row.row);
        batch.items.push_back({row.kind, row.at, std::move(row.row.item)});
    }
    batch.hasMore = page.isOver() || std::ssize(batch.items) >= limit;
    return batch;
}
} // namespace belfry::store
