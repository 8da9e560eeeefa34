#include "service/idempotency.h"

#include "runtime/log.h"

#include <QCryptographicHash>

namespace belfry::service {
using model::Error;
using model::ErrorCode;

namespace {
/// Characters of UTF-8: every byte that does not continue one.
qsizetype characters(const model::Text &text)
{
    return std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; });
}

QByteArray nameOf(const ports::IdempotencyKey &key)
{
    return key.scope + '\0' + key.key;
}
} // namespace

Idempotency::Idempotency(ports::Store &store, const runtime::Clock &clock)
    : m_store(store)
    , m_clock(clock)
{
}

model::Result<ports::IdempotencyKey> Idempotency::makeKey(const auth::Principal &who, QByteArrayView route,
                                                          const model::Text &key, QByteArrayView contentType,
                                                          QByteArrayView body,
                                                          const auth::Authenticator *sealedBy)
{
    if (key.isEmpty() || characters(key) > 255)
        return model::failField(ErrorCode::Malformed, "Idempotency-Key", "must have 1 to 255 characters");
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(contentType);
    hash.addData(QByteArrayView("\0", 1)); // so that no type runs into a body
    hash.addData(body);
    const char *kind = who.kind == auth::Principal::Kind::User ? "user:" : "";
    const QByteArray kept = sealedBy ? sealedBy->fingerprint(hash.result()) : hash.result();
    return ports::IdempotencyKey{kind + who.id + ' ' + route.toByteArray(), key, kept};
}

Idempotency::Guard::Guard(Guard &&other) noexcept
    : m_owner(std::exchange(other.m_owner, nullptr))
    , m_name(std::move(other.m_name))
{
}

Idempotency::Guard &Idempotency::Guard::operator=(Guard &&other) noexcept
{
    std::swap(m_owner, other.m_owner);
    std::swap(m_name, other.m_name);
    return *this;
}

Idempotency::Guard::~Guard()
{
    if (m_owner)
        m_owner->leave(m_name);
}

Idempotency::Shard &Idempotency::shardOf(const QByteArray &name)
{
    return m_shards[qHash(name, 0) % m_shards.size()];
}

bool Idempotency::enter(const QByteArray &name)
{
    Shard &shard = shardOf(name);
    const std::lock_guard lock(shard.mutex);
    return shard.running.insert(name).second;
}

void Idempotency::leave(const QByteArray &name)
{
    Shard &shard = shardOf(name);
    const std::lock_guard lock(shard.mutex);
    shard.running.erase(name);
}

void Idempotency::begin(Loop &home, const ports::IdempotencyKey &key, Reply<model::Result<Begun>> reply)
{
    QByteArray name = nameOf(key);
    if (!enter(name)) {
        return reply(tl::unexpected(Error{ErrorCode::InProgress,
                                          "a request with this Idempotency-Key is still running",
                                          {},
                                          std::chrono::seconds(1)}));
    }
    m_store.directory().findAnswer(home, key, m_clock.now(),
                                   [guard = Guard(this, std::move(name)), reply = std::move(reply)](
                                       model::Result<std::optional<ports::StoredAnswer>> found) mutable {
                                       if (!found)
                                           return reply(tl::unexpected(std::move(found.error())));
                                       reply(Begun{std::move(guard), std::move(*found)});
                                   });
}

bool Idempotency::isKept(int status)
{
    return (status >= 200 && status < 300) || status == 404 || status == 409 || status == 422;
}

void Idempotency::keep(Loop &home, ports::IdempotencyKey key, ports::StoredAnswer answer, runtime::Task then)
{
    if (!isKept(answer.status))
        return then();
    m_store.directory().keepAnswer(home, std::move(key), std::move(answer), m_clock.now(),
                                   [then = std::move(then)](model::VoidResult kept) mutable {
                                       if (!kept)
                                           qCWarning(lcService) << "an answer was not kept for its "
                                                                   "Idempotency-Key:"
                                                                << kept.error().detail;
                                       then();
                                   });
}
} // namespace belfry::service
