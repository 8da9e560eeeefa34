#pragma once

#include "store_contract.h"

#include <mutex>
#include <semaphore>

namespace belfry::store {
/// Keeps what it hears; can hold the writer lane up.
struct StoreContract::Listener final : ports::CommitListener
{
    void committed(std::shared_ptr<const ports::CommittedBatch> batch) override
    {
        const std::lock_guard lock(mutex);
        heard.insert(heard.end(), batch->begin(), batch->end());
        if (!holding)
            return;
        holding = false;
        held.release();
        go.acquire();
    }
    void doubted(const std::vector<model::UserId> &users) override
    {
        const std::lock_guard lock(mutex);
        inDoubt.insert(inDoubt.end(), users.begin(), users.end());
    }
    Committed take()
    {
        const std::lock_guard lock(mutex);
        return std::exchange(heard, {});
    }

    std::mutex mutex;
    Committed heard;
    std::vector<model::UserId> inDoubt;
    std::atomic<bool> holding{false};
    std::binary_semaphore held{0};
    std::binary_semaphore go{0};
};
} // namespace belfry::store
