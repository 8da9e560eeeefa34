#pragma once

#include "store/memory/memory_state.h"

#include <memory>

namespace belfry::store {
/// On the copy of the transaction that owns it.
class MemoryErasureWrites final : public ErasureWrites
{
public:
    explicit MemoryErasureWrites(const std::shared_ptr<MemoryState> &state)
        : m_state(state)
    {
    }
    VoidResult begin(const ErasureRow &row) override;
    Result<std::optional<ErasureRow>> oldest() override;
    VoidResult save(const ErasureRow &row, model::MaybeInstant doneAt) override;
    VoidResult removeProfile(UserKey user) override;
    VoidResult removePreferences(UserKey user) override;
    VoidResult wipeSessions(UserKey user, model::Instant now) override;
    VoidResult doomed(UserKey user, model::Instant upTo, int limit,
                      std::vector<model::NotificationId> &out) override;
    VoidResult removeDeliveries(const std::vector<model::NotificationId> &ids) override;
    VoidResult blankLog(UserKey user, model::Seq after, model::Seq upTo) override;
    Result<int> removeRest(UserKey user, model::Instant upTo, int limit) override;
    VoidResult answersAfter(const model::Text &scope, const model::Text &key, int limit,
                            std::vector<AnswerRow> &out) override;
    VoidResult removeAnswer(const ports::IdempotencyKey &key) override;
    VoidResult redactAnswer(const ports::IdempotencyKey &key, const QByteArray &json) override;

private:
    const std::shared_ptr<MemoryState> &m_state;
};
} // namespace belfry::store
