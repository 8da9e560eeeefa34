#pragma once

#include "ports/people.h"
#include "store/command.h"

namespace belfry::store {
/// Takes down that a user is to be forgotten, and what tells of the person at once: profile, preferences,
/// sessions. NotFound; Forbidden: the role is above `upTo`.
[[nodiscard]] VoidResult askErasure(Workspace &work, const model::UserId &id, model::Role upTo,
                                    const ports::AuditEntry &entry);

/// The next few rows of the oldest erasure (H62): a transaction of its own.
class EraseStepCommand final : public ReplyingCommand<ports::ErasureStep>
{
public:
    EraseStepCommand(runtime::Loop &home, int limit, model::Instant now,
                     runtime::Reply<Result<ports::ErasureStep>> reply);
    void need(Needs &) const override {}
    VoidResult apply(Workspace &work) override;
    bool isAlone() const override { return true; }

private:
    int m_limit;
};
} // namespace belfry::store
