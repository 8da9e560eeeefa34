#pragma once

#include "store/workspace.h"

namespace belfry::store {
/// Takes what is due for the webhooks that are enabled, in turns, so that a slow one does not stand before
/// the others (ports::DeliveryClaim). What has nothing left to be sent ends here.
[[nodiscard]] Result<ports::DueDeliveries> claimDue(WriteTx &tx, const ports::DeliveryClaim &claim,
                                                    model::Instant now);
[[nodiscard]] VoidResult settleOutcomes(WebhookWrites &webhooks,
                                        const std::vector<ports::DeliveryOutcome> &outcomes,
                                        model::Instant now);
} // namespace belfry::store
