#pragma once

#include <list>
#include <unordered_map>
#include <utility>

namespace belfry::cache {
/// A map of at most `capacity` entries that forgets what was used longest ago. Not thread-safe.
template<typename Key, typename Value>
class LruMap
{
public:
    explicit LruMap(std::size_t capacity)
        : m_capacity(capacity)
    {
    }

    /// Null: not there. Valid until the next put() or remove().
    [[nodiscard]] Value *find(const Key &key)
    {
        const auto it = m_index.find(key);
        if (it == m_index.end())
            return nullptr;
        m_entries.splice(m_entries.begin(), m_entries, it->second);
        return &it->second->second;
    }

    Value &put(const Key &key, Value value)
    {
        if (Value *there = find(key)) {
            *there = std::move(value);
            return *there;
        }
        if (m_entries.size() >= m_capacity)
            forgetOldest();
        m_entries.emplace_front(key, std::move(value));
        m_index.emplace(key, m_entries.begin());
        return m_entries.front().second;
    }

    bool remove(const Key &key)
    {
        const auto it = m_index.find(key);
        if (it == m_index.end())
            return false;
        m_entries.erase(it->second);
        m_index.erase(it);
        return true;
    }

    [[nodiscard]] std::size_t size() const { return m_entries.size(); }

private:
    void forgetOldest()
    {
        m_index.erase(m_entries.back().first);
        m_entries.pop_back();
    }

    using Entries = std::list<std::pair<Key, Value>>;
    std::size_t m_capacity;
    Entries m_entries;
    std::unordered_map<Key, typename Entries::iterator> m_index;
};
} // namespace belfry::cache
