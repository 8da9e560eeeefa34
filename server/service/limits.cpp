#include "service/limits.h"

#include <cmath>

namespace belfry::service {
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {
seconds secondsFor(double tokens, double rate)
{
    return seconds(static_cast<qint64>(std::ceil(std::max(0.0, tokens) / rate)));
}
} // namespace

Limits::Limits(ports::Cache &cache, const LimitSettings &settings)
    : m_cache(cache)
    , m_settings(settings)
{
}

Limits::Standing Limits::request(const auth::Principal &who)
{
    return take("r", who, 1, m_settings.keyRate, m_settings.keyBurst);
}

Limits::Standing Limits::recipients(const auth::Principal &who, std::size_t count)
{
    Standing standing = take("i", who, static_cast<double>(count), m_settings.itemRate, m_settings.itemBurst);
    standing.of = "recipients";
    return standing;
}

Limits::Standing Limits::take(QByteArrayView kind, const auth::Principal &who, double tokens, double rate,
                              double burst)
{
    if (rate <= 0)
        return {};
    burst = std::max(burst, 1.0);
    // What is larger than the bucket goes through when the bucket is full, or it never could.
    tokens = std::min(tokens, burst);
    QByteArray name;
    name.reserve(kind.size() + who.id.size() + 1);
    // A user and a key may have the same id.
    name.append(kind).append(who.kind == auth::Principal::Kind::User ? '@' : ':').append(who.id);
    const ports::Cache::Bucket bucket = m_cache.take(name, tokens, rate, burst);

    Standing standing;
    standing.allowed = bucket.allowed;
    standing.quota = static_cast<qint64>(burst);
    standing.window = secondsFor(burst, rate).count();
    standing.remaining = static_cast<qint64>(std::max(0.0, std::floor(bucket.remaining)));
    standing.reset = secondsFor(burst - bucket.remaining, rate);
    if (!bucket.allowed)
        standing.retryAfter = std::max(seconds(1), std::chrono::ceil<seconds>(bucket.retryAfter));
    return standing;
}

model::Error Limits::refusal(const Standing &standing)
{
    return {model::ErrorCode::RateLimited,
            QByteArray("too many ") + standing.of + " for this credential; try again in " +
                QByteArray::number(static_cast<qlonglong>(standing.retryAfter.count())) + " s",
            {},
            standing.retryAfter};
}
} // namespace belfry::service
