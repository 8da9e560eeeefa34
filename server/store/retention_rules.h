#pragma once

#include "store/read_session.h"

namespace belfry::store {
/// How long sessions of people stay after their end, so that an operator still sees them.
inline constexpr model::Duration sessionsKept = model::days(30);

/// What is older goes; nothing is older than 1970.
[[nodiscard]] inline model::Instant keptSince(const ports::Keeping::Life &life, model::Instant now)
{
    return life ? now - *life : model::Instant{};
}

/// Nobody waits for it, sees it in a list or counts it, and it has been here for long enough (semantics 20).
[[nodiscard]] bool isPastKeeping(const model::Notification &item, const ports::Keeping &keeping,
                                 model::Instant now);

/// What a step on the shelves of notifications may remove, and where the next one goes on.
struct RetirePlan
{
    std::vector<model::NotificationId> items;
    bool last = true;
    ports::SweepStep::Place next{};
};
[[nodiscard]] Result<RetirePlan> planRetiring(ReadSession &session, const ports::SweepStep &step);

/// The same for logs.
struct CutPlan
{
    std::vector<LogCut> cuts;
    bool last = true;
    ports::SweepStep::Place next{};
};
[[nodiscard]] Result<CutPlan> planCuts(ReadSession &session, const ports::SweepStep &step);
} // namespace belfry::store
