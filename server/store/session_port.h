#pragma once

#include "store/readers.h"
#include "store/writer_lane.h"

namespace belfry::store {
class SessionPort final : public ports::Sessions
{
public:
    SessionPort(WriterLane &lane, Readers &readers);

    void account(ports::Loop &home, model::Text email,
                 ports::Reply<Result<std::optional<ports::Account>>> reply) override;
    void open(ports::Loop &home, ports::Session session, ports::TokenHashes token, ports::AuditEntry entry,
              ports::Reply<VoidResult> reply) override;
    void rotate(ports::Loop &home, ports::Rotation rotation,
                ports::Reply<Result<ports::Session>> reply) override;
    void close(ports::Loop &home, ports::TokenHashes token, ports::AuditEntry entry,
               ports::Reply<VoidResult> reply) override;
    void live(ports::Loop &home, ports::SessionFilter filter, model::Instant now,
              ports::Reply<Result<std::vector<ports::Session>>> reply) override;
    void end(ports::Loop &home, ports::SessionEnd what, ports::AuditEntry entry,
             ports::Reply<Result<int>> reply) override;
    void note(ports::Loop &home, ports::AuditEntry entry, ports::Reply<VoidResult> reply) override;
    void audit(ports::Loop &home, qint64 before, int limit,
               ports::Reply<Result<std::vector<ports::AuditEntry>>> reply) override;

private:
    WriterLane &m_lane;
    Readers &m_readers;
};
} // namespace belfry::store
