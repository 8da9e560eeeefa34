#include "store/operations_port.h"

#include "store/page_bytes.h"

#include <algorithm>
#include <limits>

namespace belfry::store {
using model::NotificationId;
using ports::EventPage;
using ports::Loop;
using ports::Reply;

namespace {
/// Rows that a page looks at, at most.
constexpr int mostLooks = 2'000;
/// What another server made of the event may have been made by a clock that is behind.
constexpr std::chrono::minutes clockSlack{1};

/// The ids between which it can stand: they begin with the time.
std::pair<NotificationId, NotificationId> idRange(const model::EventFilter &filter,
                                                  const std::optional<NotificationId> &before)
{
    constexpr quint64 most = std::numeric_limits<quint64>::max();
    NotificationId from{};
    NotificationId to = before.value_or(NotificationId{most, most});
    if (filter.since)
        from = NotificationId::firstAt(*filter.since);
    if (filter.until)
        to = std::min(to, NotificationId::firstAt(*filter.until));
    if (filter.event) // its notifications are made after it
        from = std::max(from, NotificationId::firstAt(filter.event->madeAt() - clockSlack));
    return {from, to};
}

/// The range of ids and the user are all that it asks for: every row is one.
bool isPlain(const model::EventFilter &filter)
{
    model::EventFilter rest = filter;
    rest.user = {};
    rest.since.reset();
    rest.until.reset();
    return rest == model::EventFilter{};
}

Result<EventPage> readOne(ReadSession &session, const model::EventFilter &filter,
                          const std::optional<NotificationId> &before)
{
    EventPage page;
    if (before && *filter.id >= *before)
        return page;
    std::vector<std::optional<NotificationRow>> rows;
    if (auto done = session.notifications({*filter.id}, rows); !done)
        return tl::unexpected(done.error());
    if (rows.front() && filter.accepts(rows.front()->item))
        page.items.push_back(std::move(rows.front()->item));
    return page;
}

Result<EventPage> readEvents(ReadSession &session, const model::EventFilter &filter,
                             const std::optional<NotificationId> &before, int limit)
{
    if (filter.id)
        return readOne(session, filter, before);
    const auto [from, to] = idRange(filter, before);
    std::vector<NotificationRow> rows;
    const int looks = isPlain(filter) ? limit + 1 : mostLooks;
    if (auto done = session.operations().events(from, to, filter.user, looks, rows); !done)
        return tl::unexpected(done.error());
    EventPage page;
    bool more = std::ssize(rows) == looks;
    more = cutToPage(rows, static_cast<std::size_t>(looks)) || more;
    for (NotificationRow &row : rows) {
        if (std::ssize(page.items) == limit) {
            more = true;
            break;
        }
        page.next = row.item.id;
        if (filter.accepts(row.item))
            page.items.push_back(std::move(row.item));
    }
    if (!more)
        page.next.reset();
    return page;
}
} // namespace

OperationsPort::OperationsPort(Readers &readers)
    : m_readers(readers)
{
}

void OperationsPort::events(Loop &home, model::EventFilter filter, std::optional<NotificationId> before,
                            int limit, Reply<Result<EventPage>> reply)
{
    m_readers.run<EventPage>(home, std::move(reply),
                             [filter = std::move(filter), before, limit](ReadSession &session) {
                                 return readEvents(session, filter, before, limit);
                             });
}

void OperationsPort::backlogs(Loop &home, Reply<Result<ports::Backlogs>> reply)
{
    m_readers.run<ports::Backlogs>(home, std::move(reply),
                                   [](ReadSession &session) -> Result<ports::Backlogs> {
                                       ports::Backlogs all;
                                       if (auto done = session.operations().backlogs(all); !done)
                                           return tl::unexpected(done.error());
                                       return all;
                                   });
}
} // namespace belfry::store
