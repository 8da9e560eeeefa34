#pragma once

#include "ports/operations.h"
#include "store/rows.h"

namespace belfry::store {
using model::Result;
using model::VoidResult;

/// The part of a ReadSession that is for operators. Errors as there.
class OperationsReads
{
public:
    virtual ~OperationsReads() = default;

    /// from <= id < before, descending; of one user where it is not empty.
    virtual VoidResult events(const model::NotificationId &from, const model::NotificationId &before,
                              const model::UserId &user, int limit, std::vector<NotificationRow> &out) = 0;
    virtual VoidResult backlogs(ports::Backlogs &out) = 0;
};
} // namespace belfry::store
