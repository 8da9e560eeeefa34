#pragma once

#include "ports/outbox.h"

namespace belfry::bus {
/// Each change as a CloudEvent 1.0 (structured, JSON) of type `belfry.notification.<kind>`,
/// `belfry.preferences.changed` or `belfry.notification.alert`: `subject` is the user, `data` the same entry
/// that `belfry.v1` sends as `ev`, with the counts that hold after it. Any thread.
class OutboxEncoder final : public ports::OutboxEncoder
{
public:
    [[nodiscard]] ports::OutboxMessage encode(const ports::OutboxId &id,
                                              const ports::Committed &committed) const override;
};
} // namespace belfry::bus
