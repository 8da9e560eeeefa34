#pragma once

#include "domain/decide.h"

namespace belfry::service {
/// Token buckets (semantics 18, decisions H04). A rate of 0 switches a bucket off.
struct LimitSettings
{
    double keyRate = 100; ///< requests a second for each key, user or anonymous peer: BELFRY_LIMIT_KEY_RATE
    double keyBurst = 200;
    double itemRate = 10'000; ///< recipients of batches and lists a second
    double itemBurst = 20'000;
};

struct Settings
{
    /// BELFRY_USERS_ON_FIRST_USE (H05). False: a submit to an unknown user, its preferences and its
    /// subscriptions are NotFound.
    bool usersOnFirstUse = true;
    LimitSettings limits;
    domain::Routes routes;
};
} // namespace belfry::service
