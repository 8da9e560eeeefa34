#pragma once

#include <QHostAddress>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace belfry::net {
/// How many connections each address has to this process (decisions H70): one host shall not take all that
/// there is room for. Of IPv6 the /64 counts, since whoever has one has all of its addresses. Any thread.
class AddressTally
{
public:
    using Uncounted = std::function<bool(const QHostAddress &)>;
    /// What is to be given back; 0: it was not counted.
    using Place = std::uint64_t;

    /// `limit` 0: none. Addresses for which `uncounted` is true may have as many as they like: behind a proxy
    /// are many people. It is called by all loops.
    AddressTally(int limit, Uncounted uncounted);

    /// Nothing: it has too many; the log hears of it, once a minute.
    [[nodiscard]] std::optional<Place> enter(const QHostAddress &address);
    void leave(Place place);

private:
    void tellRefused(const QHostAddress &address);

    const int m_limit;
    const Uncounted m_uncounted;
    std::mutex m_mutex;
    std::unordered_map<Place, int> m_counts;
    std::chrono::steady_clock::time_point m_toldAt{};
};
} // namespace belfry::net
