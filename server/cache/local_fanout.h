#pragma once

#include "ports/fanout.h"

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

namespace belfry::cache {
/// Fan-out inside one process: a batch is posted to each loop once (one wake-up however many come), a
/// live-only message reaches the publisher's own loop within the call.
class LocalFanout final : public ports::Fanout
{
public:
    LocalFanout();
    ~LocalFanout() override;

    void add(runtime::Loop &loop, ports::NewsListener &listener) override;
    void remove(ports::NewsListener &listener) override;

    void publish(std::shared_ptr<const ports::CommittedBatch> batch) override;
    void publish(ports::LiveOnly message) override;
    void reread(std::vector<model::UserId> users) override;

    void connected(const model::UserId &user, int change) override;
    bool isConnected(const model::UserId &user) const override;
    qint64 connectedSessions() const override;
    std::vector<model::UserId> takeUnsorted(bool everyone) override;

private:
    /// `listener` is read and cleared on its loop only, so that what is still posted at a removal finds
    /// nobody.
    struct Place
    {
        Place(runtime::Loop &at, ports::NewsListener *who)
            : loop(at)
            , identity(who)
            , listener(who)
        {
        }
        runtime::Loop &loop;
        const ports::NewsListener *const identity;
        ports::NewsListener *listener;
    };
    using Places = std::vector<std::shared_ptr<Place>>;
    [[nodiscard]] std::shared_ptr<const Places> places() const;

    struct Shard
    {
        mutable std::mutex mutex;
        std::unordered_map<model::UserId, int> sessions;
        std::unordered_set<model::UserId> unsorted; ///< some of them
    };
    void unsort(const model::UserId &user);
    static constexpr std::size_t shardCount = 64;
    Shard &shardOf(const model::UserId &user) const;

    mutable std::mutex m_mutex;
    std::shared_ptr<const Places> m_places;
    mutable std::array<Shard, shardCount> m_shards;
    std::atomic<qint64> m_sessions{0};
    std::atomic<bool> m_anyUnsorted{false};
};
} // namespace belfry::cache
