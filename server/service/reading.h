#pragma once

#include "auth/principal.h"
#include "ports/store.h"
#include "runtime/clock.h"
#include "service/legacy_list.h"
#include "service/resume.h"
#include "service/settings.h"

namespace belfry::service {
using runtime::Loop;
using runtime::Reply;

/// What a list asks for, as the query said it.
struct ListWish
{
    ports::ListState state = ports::ListState::Active;
    model::Text type;
    model::Text search;
    std::optional<int> limit;             ///< ≤ 0 or absent: 50; over 500: 500 (H16)
    std::optional<int> offset;            ///< not together with a cursor
    std::optional<model::Seq> before;     ///< the cursor
    std::optional<ports::DuePlace> after; ///< the cursor of the scheduled ones
};

/// A page of the snapshot: `page.head` of the *first* page is the seq from which the client goes on (H23).
struct Snapshot
{
    model::Epoch epoch;
    ports::InboxPage page;
};

struct LogAnswer
{
    model::Epoch epoch;
    ports::LogPage page;
};

/// Everything that reads an inbox. Any loop. Scope inbox:read and the user within reach, else Forbidden; of a
/// user whom nobody knows everything is empty (H05).
class Reading
{
public:
    Reading(ports::Store &store, Resume &resume, const Settings &settings, const runtime::Clock &clock);

    /// Malformed: cursor and offset together, a negative one, one over 10,000 of a search (H117). Also the
    /// full-text search (H87).
    void list(Loop &home, const auth::Principal &who, model::UserId user, ListWish wish,
              Reply<model::Result<ports::InboxPage>> reply);
    /// 500 a page; of the wish its state and its cursor count.
    void snapshot(Loop &home, const auth::Principal &who, model::UserId user, const ListWish &wish,
                  Reply<model::Result<Snapshot>> reply);
    /// At most 1,000, newest first (H45); gives legacy ids to those that have none.
    void legacyList(Loop &home, const auth::Principal &who, model::UserId user, ListWish wish,
                    Reply<model::Result<LegacyList>> reply);

    /// NotFound, also for somebody else's.
    void item(Loop &home, const auth::Principal &who, model::UserId user, model::NotificationId id,
              Reply<model::Result<model::Notification>> reply);
    /// Head, floor and counts at that head; from memory where that is the truth.
    void counts(Loop &home, const auth::Principal &who, model::UserId user,
                Reply<model::Result<ports::LogState>> reply);
    /// LogReset (H25); limit as in ListWish. Alerts are those of a replay (H31).
    void log(Loop &home, const auth::Principal &who, model::UserId user, model::Seq since,
             std::optional<int> limit, Reply<model::Result<LogAnswer>> reply);
    /// Trace and deliveries, those of channels that are not set up included (H35, H86). NotFound, also for
    /// somebody else's.
    void timeline(Loop &home, const auth::Principal &who, model::NotificationId id,
                  Reply<model::Result<ports::Timeline>> reply);

private:
    ports::Store &m_store;
    Resume &m_resume;
    const Settings &m_settings;
    const runtime::Clock &m_clock;
};
} // namespace belfry::service
