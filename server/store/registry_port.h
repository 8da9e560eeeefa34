#pragma once

#include "store/readers.h"
#include "store/writer_lane.h"

namespace belfry::store {
class RegistryPort final : public ports::Registry
{
public:
    RegistryPort(WriterLane &lane, Readers &readers);

    void categories(ports::Loop &home, ports::Reply<Result<std::vector<ports::Category>>> reply) override;
    void putCategory(ports::Loop &home, ports::Category category,
                     ports::Reply<Result<ports::Category>> reply) override;
    void removeCategory(ports::Loop &home, model::Text name, model::Instant now,
                        ports::Reply<VoidResult> reply) override;
    void devices(ports::Loop &home, model::UserId user,
                 ports::Reply<Result<std::vector<ports::Device>>> reply) override;
    void putDevice(ports::Loop &home, ports::Device device, bool makeUser,
                   ports::Reply<Result<ports::Device>> reply) override;
    void removeDevice(ports::Loop &home, ports::DeviceRemoval what, model::Instant now,
                      ports::Reply<VoidResult> reply) override;

private:
    WriterLane &m_lane;
    Readers &m_readers;
};
} // namespace belfry::store
