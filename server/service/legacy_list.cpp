#include "service/legacy_list.h"

#include <algorithm>

namespace belfry::service {
namespace {
constexpr int pageLimit = 500;
}

LegacyListing::LegacyListing(ports::Store &store, runtime::Loop &home, ports::InboxQuery query, int limit,
                             ListReply reply)
    : m_store(store)
    , m_home(home)
    , m_query(std::move(query))
    , m_left(limit)
    , m_reply(std::move(reply))
{
}

void LegacyListing::readPage()
{
    m_query.limit = std::min(m_left, pageLimit);
    m_store.inbox().list(m_home, m_query, [self = shared_from_this()](model::Result<ports::InboxPage> page) {
        if (!page)
            return self->m_reply(tl::unexpected(std::move(page.error())));
        self->addPage(std::move(*page));
    });
}

void LegacyListing::addPage(ports::InboxPage page)
{
    const auto came = static_cast<int>(page.items.size());
    m_left -= came;
    const model::Seq next = page.nextBefore;
    const bool isFull = came < m_query.limit; // of bytes (H114): S2's and S4's clients know no second page
    if (m_list.page.items.empty()) {
        m_list.page = std::move(page);
    } else {
        std::move(page.items.begin(), page.items.end(), std::back_inserter(m_list.page.items));
        m_list.page.nextBefore = next;
    }
    if (next == 0 || m_left <= 0 || isFull)
        return assignIds();
    m_query.before = next;
    m_query.offset = 0;
    readPage();
}

void LegacyListing::assignIds()
{
    std::vector<model::NotificationId> ids;
    for (const model::Notification &item : m_list.page.items) {
        if (!item.legacyId)
            ids.push_back(item.id);
    }
    if (ids.empty())
        return findPeople();
    m_store.inbox().assignLegacyIds(m_home, std::move(ids),
                                    [self = shared_from_this()](model::Result<std::vector<qint32>> given) {
                                        if (!given)
                                            return self->m_reply(tl::unexpected(std::move(given.error())));
                                        auto next = given->begin();
                                        for (model::Notification &item : self->m_list.page.items) {
                                            if (!item.legacyId)
                                                item.legacyId = *next++;
                                        }
                                        self->findPeople();
                                    });
}

void LegacyListing::findPeople()
{
    std::vector<model::UserId> ids{m_query.user};
    for (const model::Notification &item : m_list.page.items) {
        const model::UserId actor{item.content.actorId};
        if (!actor.isEmpty() && std::find(ids.begin(), ids.end(), actor) == ids.end())
            ids.push_back(actor);
    }
    auto asked = ids;
    m_store.directory().users(m_home, std::move(asked),
                              [self = shared_from_this(),
                               ids = std::move(ids)](model::Result<std::vector<ports::UserRecord>> found) {
                                  if (!found)
                                      return self->m_reply(tl::unexpected(std::move(found.error())));
                                  for (std::size_t i = 0; i < ids.size(); ++i)
                                      (*found)[i].id = ids[i];
                                  self->m_list.people = std::move(*found);
                                  self->m_reply(std::move(self->m_list));
                              });
}
} // namespace belfry::service
