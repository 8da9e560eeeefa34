#pragma once

#include "auth/authenticator.h"
#include "ports/store.h"
#include "runtime/clock.h"

#include <array>
#include <mutex>
#include <unordered_set>

namespace belfry::service {
using runtime::Loop;
using runtime::Reply;

/// Doing a POST twice is safe (semantics 7, decisions H57). A request with an Idempotency-Key goes
///
///     makeKey → begin → (replay: answer it) | process → answer made no notification? keep → answer
///
/// A submit keeps its own answer (Submission::idempotency), in the transaction of what it stores. Any loop.
class Idempotency
{
public:
    Idempotency(ports::Store &store, const runtime::Clock &clock);

    /// `route`: method and path pattern. `sealedBy`: the body may hold a password, so what is kept of it is
    /// an HMAC, with which nobody can try passwords who has the database only. Malformed: an empty key, or
    /// one over 255 characters.
    [[nodiscard]] static model::Result<ports::IdempotencyKey>
    makeKey(const auth::Principal &who, QByteArrayView route, const model::Text &key,
            QByteArrayView contentType, QByteArrayView body, const auth::Authenticator *sealedBy = nullptr);

    /// Says "still running" to repeats for as long as it lives: hold it until the answer is given.
    class Guard
    {
    public:
        Guard() = default;
        Guard(Guard &&other) noexcept;
        Guard &operator=(Guard &&other) noexcept;
        ~Guard();

    private:
        friend class Idempotency;
        Guard(Idempotency *owner, QByteArray name)
            : m_owner(owner)
            , m_name(std::move(name))
        {
        }
        Idempotency *m_owner = nullptr;
        QByteArray m_name;
    };

    struct Begun
    {
        Guard guard;
        /// Set: a repeat. Answer this with `Idempotency-Replayed: true`.
        std::optional<ports::StoredAnswer> replay;
    };
    /// InProgress (409, Retry-After 1): the first one still runs. IdempotencyReuse (422): another body. These
    /// two are no answers to keep. Unavailable, Overloaded.
    void begin(Loop &home, const ports::IdempotencyKey &key, Reply<model::Result<Begun>> reply);

    /// Whether an answer of this status is kept: all 2xx, 404, 409, 422.
    [[nodiscard]] static bool isKept(int status);
    /// Keeps the answer of a request that stored no notification, when isKept(), and goes on with `then` on
    /// `home`. Should keeping fail, that is logged: the answer is right all the same.
    void keep(Loop &home, ports::IdempotencyKey key, ports::StoredAnswer answer, runtime::Task then);

private:
    bool enter(const QByteArray &name);
    void leave(const QByteArray &name);

    struct Shard
    {
        std::mutex mutex;
        std::unordered_set<QByteArray> running;
    };
    Shard &shardOf(const QByteArray &name);

    ports::Store &m_store;
    const runtime::Clock &m_clock;
    std::array<Shard, 16> m_shards;
};
} // namespace belfry::service
