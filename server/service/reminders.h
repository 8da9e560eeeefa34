#pragma once

#include "service/submitter.h"

namespace belfry::service {
/// S1's reminders, sent at once (decisions H42). Any loop. Scope notify:write.
class Reminders
{
public:
    Reminders(ports::Store &store, PreferenceSource &preferences, Submitter &submitter,
              const runtime::Clock &clock);

    struct Sent
    {
        int sent = 0;         ///< notifications made
        int alreadyToday = 0; ///< had theirs on this local day: nothing was sent
    };
    /// Type `daily_reminder`, once a day of the user's own zone; a repeat sends nothing and is no error.
    /// Without a user: everybody who is known, answered when all are durable. NotFound: unknown user.
    void daily(Loop &home, const auth::Principal &who, std::optional<model::UserId> user,
               Reply<model::Result<Sent>> reply);
    /// Conflict: that user has no streak (streaks grow from activities). NotFound: unknown user. Without a
    /// user: those who have one.
    void streak(Loop &home, const auth::Principal &who, std::optional<model::UserId> user,
                Reply<model::Result<Sent>> reply);

private:
    class Run;

    ports::Store &m_store;
    PreferenceSource &m_preferences;
    Submitter &m_submitter;
    const runtime::Clock &m_clock;
};
} // namespace belfry::service
