#pragma once

#include "ports/cache.h"
#include "runtime/clock.h"

#include <array>
#include <memory>

namespace belfry::cache {
/// The cache of one process: sharded, each kind bounded, what was used longest ago goes first. Any thread;
/// holds a shard's lock for a few hundred nanoseconds.
class MemoryCache final : public ports::Cache
{
public:
    struct Options
    {
        std::size_t users = 200'000; ///< preferences and log states of so many
        std::size_t tickets = 100'000;
        std::size_t buckets = 100'000; ///< one that is forgotten starts full again
        /// How long a document is believed. 0: for ever (this process alone writes and hears of each change).
        model::Duration preferencesLife{0};
    };
    MemoryCache(Options options, const runtime::Clock &clock);
    ~MemoryCache() override;

    std::shared_ptr<const model::Preferences> preferences(const model::UserId &user) const override;
    void keepPreferences(const model::UserId &user,
                         std::shared_ptr<const model::Preferences> document) override;
    void dropPreferences(const model::UserId &user) override;

    std::optional<ports::LogState> logState(const model::UserId &user) const override;
    void keepLogState(const model::UserId &user, const ports::LogState &state) override;

    void keepTicket(const QByteArray &hash, const ports::TicketHolder &holder, model::Instant until) override;
    std::optional<ports::TicketHolder> takeTicket(const QByteArray &hash, model::Instant now) override;

    Bucket take(const QByteArray &name, double tokens, double rate, double burst) override;

private:
    static constexpr std::size_t shardCount = 64;
    struct Shard;
    template<typename Key>
    Shard &shardOf(const Key &key) const;

    const Options m_options;
    const runtime::Clock &m_clock;
    std::array<std::unique_ptr<Shard>, shardCount> m_shards;
};
} // namespace belfry::cache
