#pragma once

#include "store/readers.h"

namespace belfry::store {
class OperationsPort final : public ports::Operations
{
public:
    explicit OperationsPort(Readers &readers);

    void events(ports::Loop &home, model::EventFilter filter, std::optional<model::NotificationId> before,
                int limit, ports::Reply<Result<ports::EventPage>> reply) override;
    void backlogs(ports::Loop &home, ports::Reply<Result<ports::Backlogs>> reply) override;

private:
    Readers &m_readers;
};
} // namespace belfry::store
