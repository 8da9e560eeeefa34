#pragma once

#include "model/result.h"
#include "ports/webhooks.h"

#include <optional>

namespace belfry::store {
/// The part of a ReadSession that is about webhooks. Errors as there.
class WebhookReads
{
public:
    virtual ~WebhookReads() = default;

    /// Oldest first.
    virtual model::VoidResult all(std::vector<ports::Webhook> &out) = 0;
};

/// The part of a WriteTx that is about webhooks. Errors as there.
class WebhookWrites
{
public:
    virtual ~WebhookWrites() = default;

    virtual model::VoidResult all(std::vector<ports::Webhook> &out) = 0;
    /// Nobody else changes it before this transaction ends.
    virtual model::Result<std::optional<ports::Webhook>> lock(const ports::WebhookId &id) = 0;
    virtual model::VoidResult insert(const ports::Webhook &webhook) = 0;
    virtual model::VoidResult save(const ports::Webhook &webhook) = 0;
    virtual model::VoidResult remove(const ports::WebhookId &id) = 0;
};
} // namespace belfry::store
