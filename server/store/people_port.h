#pragma once

#include "store/readers.h"
#include "store/writer_lane.h"

namespace belfry::store {
class PeoplePort final : public ports::People
{
public:
    PeoplePort(WriterLane &lane, Readers &readers);

    void add(ports::Loop &home, ports::NewPerson wish, ports::AuditEntry entry,
             ports::Reply<Result<ports::Person>> reply) override;
    void change(ports::Loop &home, ports::PersonChange wish, ports::AuditEntry entry,
                ports::Reply<Result<ports::Person>> reply) override;
    void erase(ports::Loop &home, model::UserId id, model::Role upTo, ports::AuditEntry entry,
               ports::Reply<VoidResult> reply) override;
    void stepErasure(ports::Loop &home, int limit, model::Instant now,
                     ports::Reply<Result<ports::ErasureStep>> reply) override;
    void find(ports::Loop &home, model::UserId id, ports::Reply<Result<ports::Person>> reply) override;
    void page(ports::Loop &home, ports::PeopleQuery query,
              ports::Reply<Result<ports::PeoplePage>> reply) override;
    void standings(ports::Loop &home, model::Instant now, model::Instant endedSince,
                   ports::Reply<Result<ports::Standings>> reply) override;

private:
    WriterLane &m_lane;
    Readers &m_readers;
};
} // namespace belfry::store
