#include "service/login_attempts.h"

#include "auth/key.h"

namespace belfry::service {
namespace {
constexpr double failures = 10;
constexpr double failuresRate = failures / 900; // a second

/// Hashed: no mail gets into a cache that others can read.
QByteArray accountBucket(const model::Text &account)
{
    return "login-account:" + auth::hashKey(account).toHex();
}

QByteArray placeBucket(const Origin &origin)
{
    return "login-place:" + origin.network;
}

tl::unexpected<model::Error> tooMany(std::chrono::milliseconds wait)
{
    const auto seconds = std::max(std::chrono::seconds(1), std::chrono::ceil<std::chrono::seconds>(wait));
    return tl::unexpected(model::Error{model::ErrorCode::RateLimited,
                                       "too many failed attempts; try again in " +
                                           QByteArray::number(qlonglong(seconds.count())) + " s",
                                       {},
                                       seconds});
}
} // namespace

model::VoidResult LoginAttempts::begin(const model::Text &account, const Origin &origin)
{
    const auto place = m_cache.take(placeBucket(origin), 1, failuresRate, failures);
    if (!place.allowed)
        return tooMany(place.retryAfter);
    const auto left = m_cache.take(accountBucket(account), 1, failuresRate, failures);
    if (left.allowed)
        return {};
    // Nothing was tried: others at this place shall not pay for it.
    static_cast<void>(m_cache.take(placeBucket(origin), -1, failuresRate, failures));
    return tooMany(left.retryAfter);
}

model::VoidResult LoginAttempts::look(const Origin &origin)
{
    const auto place = m_cache.take(placeBucket(origin), 0, failuresRate, failures);
    if (place.remaining >= 1)
        return {};
    const std::chrono::duration<double> wait((1 - place.remaining) / failuresRate);
    return tooMany(std::chrono::ceil<std::chrono::milliseconds>(wait));
}

void LoginAttempts::failed(const Origin &origin)
{
    static_cast<void>(m_cache.take(placeBucket(origin), 1, failuresRate, failures));
}

void LoginAttempts::forgive(const model::Text &account, const Origin &origin)
{
    static_cast<void>(m_cache.take(placeBucket(origin), -1, failuresRate, failures));
    static_cast<void>(m_cache.take(accountBucket(account), -1, failuresRate, failures));
}
} // namespace belfry::service
