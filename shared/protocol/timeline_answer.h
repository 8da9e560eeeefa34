#pragma once

#include "model/instant.h"
#include "model/result.h"

#include <vector>

namespace belfry::protocol {
/// What `GET /api/v1/notifications/:id/timeline` tells beside the item: each step of its life, and what
/// became of it on each way to the person. Words as the server says them: who shows them knows the ones that
/// people are told, and shows others as they are.
struct TimelineAnswer
{
    struct Step
    {
        model::Instant at;
        model::Text step;
        model::Text channel; ///< "" where it is of none
        model::Text rule;    ///< that decided; ""
        model::Text detail;
        friend bool operator==(const Step &, const Step &) = default;
    };
    struct Delivery
    {
        model::Text channel;
        model::Text endpoint; ///< ""
        model::Text state;
        model::Text rule;
        model::Text reason;
        int attempts = 0;
        model::MaybeInstant nextAt;
        friend bool operator==(const Delivery &, const Delivery &) = default;
    };

    std::vector<Step> trace;
    std::vector<Delivery> deliveries;
    friend bool operator==(const TimelineAnswer &, const TimelineAnswer &) = default;
};

/// Malformed or Invalid: not such an answer; names the member.
[[nodiscard]] model::Result<TimelineAnswer> parseTimeline(QByteArrayView json);
} // namespace belfry::protocol
