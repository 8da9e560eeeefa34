#pragma once

#include "store/read_session.h"

namespace belfry::store {
// What the inbox's reads answer, from what a dialect gives. Reader threads.
[[nodiscard]] Result<ports::InboxPage> readPage(ReadSession &session, const ports::InboxQuery &query);
[[nodiscard]] Result<NotificationRow> readItem(ReadSession &session, const model::NotificationId &id);
/// NotFound.
[[nodiscard]] Result<model::Notification> readByLegacyId(ReadSession &session, const model::UserId &user,
                                                         qint32 legacyId);
[[nodiscard]] Result<std::vector<ports::LogState>> readLogStates(ReadSession &session,
                                                                 const std::vector<model::UserId> &users);
[[nodiscard]] Result<ports::LogPage> readLog(ReadSession &session, const model::UserId &user,
                                             model::Seq since, int limit);
[[nodiscard]] Result<ports::DueBatch> readDue(ReadSession &session, model::Instant now, int limit);
[[nodiscard]] Result<ports::Timeline> readTimeline(ReadSession &session, const model::NotificationId &id);
} // namespace belfry::store
