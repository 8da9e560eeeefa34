#pragma once

#include "store/write_tx.h"

#include <array>

namespace belfry::store {
/// The times of an engagement, in the order of their columns.
inline constexpr std::array engagementTimes{
    &model::Engagement::seen,
    &model::Engagement::read,
    &model::Engagement::acked,
    &model::Engagement::archived,
    &model::Engagement::snoozedUntil,
    &model::Engagement::clicked,
    &model::Engagement::deleted,
    &model::Engagement::readChangedAt,
    &model::Engagement::archivedChangedAt,
    &model::Engagement::snoozedChangedAt,
    &model::Engagement::attentionAt,
};

/// What one op did to many rows of a user, where it is the same for each: one statement writes it, with no
/// more of a row than its place.
struct AlikeChange
{
    UserKey user = 0;
    model::Seq seq = 0;
    quint8 flags = 0;
    model::Instant updatedAt;
    quint16 changed = 0;            ///< which of engagementTimes, a bit for each
    model::Engagement engagement{}; ///< those; the others are empty
    friend bool operator==(const AlikeChange &, const AlikeChange &) = default;
};

/// How to write the updates of a batch with the least work.
struct UpdatePlan
{
    struct Alike
    {
        AlikeChange change;
        std::vector<qint64> places; ///< createdSeq; `due_at` stays as it is
    };
    std::vector<Alike> alike;
    std::vector<const NotificationRow *> engagements; ///< one by one
    std::vector<const NotificationRow *> whole;
};

[[nodiscard]] UpdatePlan planUpdates(const std::vector<WriteTx::RowUpdate> &updates);
} // namespace belfry::store
