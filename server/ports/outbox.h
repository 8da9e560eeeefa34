#pragma once

#include "model/uuid.h"
#include "ports/committed.h"

namespace belfry::ports {
using OutboxId = model::Uuid;

/// What a relay takes on about one change (semantics 6); its key is the user's id.
struct OutboxMessage
{
    OutboxId id;             ///< also the event's: who gets it twice drops it
    model::Text type;        ///< such as `belfry.notification.created`
    QByteArray payload;      ///< UTF-8
    model::Text traceparent; ///< empty: none
};

/// Puts changes into the words of the world outside. Called on the writer lane, within the transaction:
/// neither waits nor fails.
class OutboxEncoder
{
public:
    virtual ~OutboxEncoder() = default;
    [[nodiscard]] virtual OutboxMessage encode(const OutboxId &id, const Committed &committed) const = 0;
};
} // namespace belfry::ports
