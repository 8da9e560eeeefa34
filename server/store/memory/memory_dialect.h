#pragma once

#include "store/dialect.h"
#include "store/memory/memory_state.h"

#include <memory>
#include <mutex>

namespace belfry::store {
/// The state that writer and readers share.
class MemoryShared
{
public:
    [[nodiscard]] std::shared_ptr<const MemoryState> get() const
    {
        const std::lock_guard lock(m_mutex);
        return m_state;
    }
    void set(std::shared_ptr<const MemoryState> state)
    {
        const std::lock_guard lock(m_mutex);
        m_state = std::move(state);
    }

private:
    mutable std::mutex m_mutex;
    std::shared_ptr<const MemoryState> m_state = std::make_shared<const MemoryState>();
};

/// The fake: the same promises as a database, gone with the process. For tests; the contract suite keeps it
/// honest.
class MemoryDialect final : public Dialect
{
public:
    Result<MigrationReport> open(bool migrate) override;
    void close() override {}
    model::Epoch epoch() const override { return m_epoch; }
    Result<model::Epoch> renewEpoch() override;
    bool isExclusive() const override { return true; }
    Result<std::unique_ptr<WriteTx>> makeWriter() override;
    Result<std::unique_ptr<ReadSession>> makeReader() override;
    Result<std::unique_ptr<SearchIndexer>> makeIndexer() override { return nullptr; }

private:
    std::shared_ptr<MemoryShared> m_shared = std::make_shared<MemoryShared>();
    model::Epoch m_epoch;
};
} // namespace belfry::store
