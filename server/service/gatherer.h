#pragma once

#include "model/result.h"
#include "model/strong_id.h"
#include "runtime/loop.h"

#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace belfry::service {
/// Makes one read of all that is asked for in one turn of a loop: at most `maxBatch` users each, so that ten
/// thousand reconnects, or a batch of new users, cost few reads. Any loop; must outlive its loops.
template<typename T>
class Gatherer
{
public:
    using Values = model::Result<std::vector<T>>;
    /// Reads the values of these users, in order.
    using Read = std::function<void(runtime::Loop &, std::vector<model::UserId>, runtime::Reply<Values>)>;

    explicit Gatherer(Read read)
        : m_read(std::move(read))
    {
    }

    /// On `home`, which must be the caller's loop. The answer has one value for each user, in order.
    void ask(runtime::Loop &home, std::vector<model::UserId> users, runtime::Reply<Values> reply)
    {
        bool first = false;
        {
            const std::lock_guard lock(m_mutex);
            std::vector<Wish> &waiting = m_waiting[&home];
            first = waiting.empty();
            waiting.push_back({std::move(users), std::move(reply)});
        }
        if (first)
            home.atTurnEnd([this, &home] { readAll(home); });
    }

    static constexpr std::size_t maxBatch = 500;

private:
    struct Wish
    {
        std::vector<model::UserId> users;
        runtime::Reply<Values> reply;
    };

    void readAll(runtime::Loop &home)
    {
        std::vector<Wish> wishes;
        {
            const std::lock_guard lock(m_mutex);
            wishes.swap(m_waiting[&home]);
        }
        std::vector<Wish> some;
        std::size_t users = 0;
        for (Wish &wish : wishes) {
            if (!some.empty() && users + wish.users.size() > maxBatch) {
                readSome(home, std::exchange(some, {}));
                users = 0;
            }
            users += wish.users.size();
            some.push_back(std::move(wish));
        }
        if (!some.empty())
            readSome(home, std::move(some));
    }

    void readSome(runtime::Loop &home, std::vector<Wish> wishes)
    {
        std::vector<model::UserId> users;
        for (const Wish &wish : wishes)
            users.insert(users.end(), wish.users.begin(), wish.users.end());
        m_read(home, std::move(users),
               [wishes = std::move(wishes)](Values values) mutable { share(wishes, std::move(values)); });
    }

    static void share(std::vector<Wish> &wishes, Values values)
    {
        std::size_t next = 0;
        for (Wish &wish : wishes) {
            if (!values) {
                wish.reply(tl::unexpected(values.error()));
                continue;
            }
            std::vector<T> part;
            part.reserve(wish.users.size());
            for (std::size_t i = 0; i < wish.users.size(); ++i)
                part.push_back(std::move((*values)[next++]));
            wish.reply(std::move(part));
        }
    }

    Read m_read;
    std::mutex m_mutex;
    std::unordered_map<runtime::Loop *, std::vector<Wish>> m_waiting;
};
} // namespace belfry::service
