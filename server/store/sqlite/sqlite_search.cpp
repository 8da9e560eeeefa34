#include "store/sqlite/sqlite_reader.h"

#include "store/folding.h"
#include "store/page_bytes.h"
#include "store/row_flags.h"
#include "store/sqlite/row_io.h"

#include <algorithm>
#include <functional>
#include <limits>

namespace belfry::store {
namespace {
/// What decides whether a search shows a notification; without what makes it heavy.
struct Glance
{
    model::Seq place = 0;
    quint8 flags = 0;
    model::Text type;
    model::Text title;
    model::Text message;
};

Glance readGlance(Query &query)
{
    Glance glance;
    glance.place = query.number();
    glance.flags = static_cast<quint8>(query.number());
    glance.type = query.text();
    glance.title = query.text();
    glance.message = query.text();
    return glance;
}

bool shows(const ListQuery &query, const Glance &glance)
{
    const bool type = query.type.isEmpty() || query.type == glance.type;
    return type && filterOf(query.state).accepts(glance.flags) &&
           matches(query.words, glance.title, glance.message);
}

model::Seq lastPlace(const ListQuery &query)
{
    return query.before > 0 ? query.before - 1 : std::numeric_limits<qint64>::max();
}

/// Newest first, each place once, cut to the page.
void cutPage(const ListQuery &query, std::vector<model::Seq> &places)
{
    std::sort(places.begin(), places.end(), std::greater<>());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    const auto skip = std::min<qsizetype>(query.offset, std::ssize(places));
    places.erase(places.begin(), places.begin() + skip);
    if (std::ssize(places) > query.limit)
        places.resize(static_cast<std::size_t>(query.limit));
}
} // namespace

/// First where the hits stand, then the rows of one page: what is skipped is never held.
VoidResult SqliteReader::search(const ListQuery &query, std::vector<NotificationRow> &out)
{
    std::vector<model::Seq> places;
    const SearchIndex::Mark mark = m_search.begin();
    VoidResult done = searchTail(query, mark, places);
    if (done)
        done = searchIndexed(query, places);
    m_search.end();
    if (!done)
        return done;
    cutPage(query, places);
    return rowsAt(query.user, places, out);
}

VoidResult SqliteReader::searchTail(const ListQuery &asked, const SearchIndex::Mark &mark,
                                    std::vector<model::Seq> &places)
{
    const auto look = [&](Statement &statement, qint64 after) {
        Query query(statement);
        query.bind(asked.user.key).bind(lastPlace(asked)).bind(after);
        while (query.next()) {
            const Glance glance = readGlance(query);
            if (shows(asked, glance))
                places.push_back(glance.place);
        }
        return query.outcome();
    };
    bool isBehind = false;
    {
        Query last(m_lastNotification);
        isBehind = last.next() && last.number() > mark.row;
        if (auto done = last.outcome(); !done)
            return done;
    }
    if (isBehind) {
        if (auto done = look(m_unindexedRows, mark.row); !done)
            return done;
    }
    return look(m_unindexedChanges, mark.change);
}

VoidResult SqliteReader::searchIndexed(const ListQuery &asked, std::vector<model::Seq> &places)
{
    qint64 wanted = qint64(asked.offset) + asked.limit;
    VoidResult outcome;
    m_search.find(asked.user.key, asked.before, asked.words, [&](model::Seq place) {
        Query query(m_searchedPlace);
        query.bind(asked.user.key).bind(place);
        if (query.next() && shows(asked, readGlance(query))) {
            places.push_back(place);
            --wanted;
        }
        outcome = query.outcome();
        return outcome && wanted > 0;
    });
    return outcome;
}

VoidResult SqliteReader::rowsAt(const UserRow &user, const std::vector<model::Seq> &places,
                                std::vector<NotificationRow> &out)
{
    PageBytes page;
    for (auto place = places.begin(); place != places.end() && !page.isOver(); ++place) {
        Query query(m_notificationByPlace);
        query.bind(user.key).bind(*place);
        readWhileRoom(query, page, out, [&user](Query &row) { return readNotification(row, user.id); });
        if (auto done = query.outcome(); !done)
            return done;
    }
    return {};
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
