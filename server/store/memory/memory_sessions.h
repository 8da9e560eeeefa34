#pragma once

#include "store/memory/memory_state.h"

#include <memory>

namespace belfry::store {
/// On the state of the session that owns it.
class MemorySessionReads final : public SessionReads
{
public:
    explicit MemorySessionReads(const std::shared_ptr<const MemoryState> &state)
        : m_state(state)
    {
    }
    Result<std::optional<ports::Account>> account(const model::Text &email) override;
    VoidResult live(const ports::SessionFilter &filter, model::Instant now,
                    std::vector<ports::Session> &out) override;
    VoidResult audit(qint64 before, int limit, std::vector<ports::AuditEntry> &out) override;

private:
    const std::shared_ptr<const MemoryState> &m_state;
};

/// On the copy of the transaction that owns it.
class MemorySessionWrites final : public SessionWrites
{
public:
    explicit MemorySessionWrites(const std::shared_ptr<MemoryState> &state)
        : m_state(state)
    {
    }
    VoidResult insert(const SessionRow &row, UserKey user, const QByteArray &family) override;
    Result<std::optional<SessionRow>> lock(const QByteArray &family) override;
    VoidResult save(const SessionRow &row) override;
    VoidResult endOfDevice(UserKey user, const model::DeviceId &device, model::Instant now) override;
    Result<std::optional<Owner>> ownerOf(const model::Text &id) override;
    VoidResult end(const model::Text &id, model::Instant now) override;
    VoidResult note(const ports::AuditEntry &entry) override;
    Result<int> purge(model::Instant endedBefore, model::Instant notedBefore, int limit) override;

private:
    const std::shared_ptr<MemoryState> &m_state;
};
} // namespace belfry::store
