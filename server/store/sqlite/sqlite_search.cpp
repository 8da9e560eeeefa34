#include "store/sqlite/sqlite_reader.h"

#include "store/folding.h"
#include "store/page_bytes.h"
#include "store/row_flags.h"
#include "store/sqlite/row_io.h"

#include <algorithm>
#include <limits>

namespace belfry::store {
namespace {
bool shows(const ListQuery &query, const NotificationRow &row)
{
    const bool type = query.type.isEmpty() || query.type == row.item.content.type;
    return type && filterOf(query.state).accepts(rowFlags(row.item)) &&
           matches(query.words, row.item.content.title, row.item.content.message);
}

model::Seq lastPlace(const ListQuery &query)
{
    return query.before > 0 ? query.before - 1 : std::numeric_limits<qint64>::max();
}

/// Newest first, each place once, cut to the page.
void cutPage(const ListQuery &query, std::vector<NotificationRow> &rows)
{
    const auto newer = [](const NotificationRow &a, const NotificationRow &b) {
        return a.item.createdSeq > b.item.createdSeq;
    };
    const auto same = [](const NotificationRow &a, const NotificationRow &b) {
        return a.item.createdSeq == b.item.createdSeq;
    };
    std::sort(rows.begin(), rows.end(), newer);
    rows.erase(std::unique(rows.begin(), rows.end(), same), rows.end());
    const auto skip = std::min<qsizetype>(query.offset, std::ssize(rows));
    rows.erase(rows.begin(), rows.begin() + skip);
    if (std::ssize(rows) > query.limit)
        rows.resize(static_cast<std::size_t>(query.limit));
}
} // namespace

VoidResult SqliteReader::search(const ListQuery &query, std::vector<NotificationRow> &out)
{
    const SearchIndex::Mark mark = m_search.begin();
    VoidResult done = searchTail(query, mark, out);
    if (done)
        done = searchIndexed(query, out);
    m_search.end();
    cutPage(query, out);
    return done;
}

VoidResult SqliteReader::searchTail(const ListQuery &asked, const SearchIndex::Mark &mark,
                                    std::vector<NotificationRow> &out)
{
    {
        Query last(m_lastNotification);
        if (last.next() && last.number() > mark.row) {
            Query query(m_unindexedRows);
            query.bind(asked.user.key).bind(lastPlace(asked)).bind(mark.row);
            while (query.next()) {
                NotificationRow row = readNotification(query, asked.user.id);
                if (shows(asked, row))
                    out.push_back(std::move(row));
            }
            if (auto done = query.outcome(); !done)
                return done;
        }
        if (auto done = last.outcome(); !done)
            return done;
    }
    Query query(m_unindexedChanges);
    query.bind(asked.user.key).bind(lastPlace(asked)).bind(mark.change);
    while (query.next()) {
        NotificationRow row = readNotification(query, asked.user.id);
        if (shows(asked, row))
            out.push_back(std::move(row));
    }
    return query.outcome();
}

VoidResult SqliteReader::searchIndexed(const ListQuery &asked, std::vector<NotificationRow> &out)
{
    qint64 wanted = qint64(asked.offset) + asked.limit;
    PageBytes page; // of those that are not skipped
    VoidResult outcome;
    m_search.find(asked.user.key, asked.before, asked.words, [&](model::Seq place) {
        Query query(m_notificationByPlace);
        query.bind(asked.user.key).bind(place);
        if (query.next()) {
            NotificationRow row = readNotification(query, asked.user.id);
            if (shows(asked, row)) {
                if (wanted <= asked.limit)
                    page.add(row);
                out.push_back(std::move(row));
                --wanted;
            }
        }
        outcome = query.outcome();
        return outcome && wanted > 0 && !page.isOver();
    });
    return outcome;
}

VoidResult SqliteReader::listScheduled(const ListQuery &asked, std::vector<NotificationRow> &out)
{
    const bool search = !asked.words.empty();
    Query query(m_listScheduled);
    query.bind(asked.user.key).bindOptional(asked.type).bind(asked.after.at).bind(asked.after.id);
    query.bind(search ? qint64(-1) : asked.limit).bind(search ? qint64(0) : asked.offset);
    int skip = search ? asked.offset : 0;
    PageBytes page;
    while (std::ssize(out) < asked.limit && !page.isOver() && query.next()) {
        NotificationRow row = readNotification(query, asked.user.id);
        const model::Content &content = row.item.content;
        if (search && (!matches(asked.words, content.title, content.message) || skip-- > 0))
            continue;
        page.add(row);
        out.push_back(std::move(row));
    }
    return query.outcome();
}
} // namespace belfry::store
