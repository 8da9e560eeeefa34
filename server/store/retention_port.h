#pragma once

#include "store/readers.h"
#include "store/writer_lane.h"

namespace belfry::store {
/// Looks for what may go on a reader, and removes it on the writer lane, which looks again: what changed in
/// between stays.
class RetentionPort final : public ports::Retention
{
public:
    RetentionPort(WriterLane &lane, Readers &readers);

    void sweep(ports::Loop &home, ports::SweepStep step, ports::Reply<Result<ports::Swept>> reply) override;

private:
    void sweepRecords(ports::Loop &home, const ports::SweepStep &step,
                      ports::Reply<Result<ports::Swept>> reply);
    void sweepLogs(ports::Loop &home, const ports::SweepStep &step, ports::Reply<Result<ports::Swept>> reply);
    void sweepNotifications(ports::Loop &home, const ports::SweepStep &step,
                            ports::Reply<Result<ports::Swept>> reply);

    WriterLane &m_lane;
    Readers &m_readers;
};
} // namespace belfry::store
