#pragma once

#include "ports/store.h"

#include <memory>

namespace belfry::service {
/// The list as S2 and S4 answer it: every item has a legacy id; `people` has the recipient and all senders.
struct LegacyList
{
    ports::InboxPage page;
    std::vector<ports::UserRecord> people; ///< id set, name "" for those nobody knows
};

/// Puts a LegacyList together: pages until `limit`, then legacy ids, then names. Holds itself while it runs;
/// used by Reading.
class LegacyListing : public std::enable_shared_from_this<LegacyListing>
{
public:
    using ListReply = runtime::Reply<model::Result<LegacyList>>;
    LegacyListing(ports::Store &store, runtime::Loop &home, ports::InboxQuery query, int limit,
                  ListReply reply);
    void start() { readPage(); }

private:
    void readPage();
    void addPage(ports::InboxPage page);
    void assignIds();
    void findPeople();

    ports::Store &m_store;
    runtime::Loop &m_home;
    ports::InboxQuery m_query;
    int m_left = 0;
    ListReply m_reply;
    LegacyList m_list;
};
} // namespace belfry::service
