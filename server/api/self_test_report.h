#pragma once

#include "model/result.h"
#include "model/text.h"
#include "runtime/loop.h"

#include <chrono>
#include <functional>
#include <vector>

namespace belfry::api {
/// What a self-test did (`belfryd self-test`, POST /admin/selftest).
struct SelfTestReport
{
    struct Step
    {
        model::Text name;
        model::Text failure; ///< empty: it went well
        std::chrono::milliseconds took{0};
    };
    std::vector<Step> steps; ///< the last one is the one that failed, if any did

    [[nodiscard]] bool isGood() const { return !steps.empty() && steps.back().failure.isEmpty(); }
};

/// Runs one against this server's own address; answers on `home`. Any thread. Conflict: one runs already.
using RunSelfTest =
    std::function<void(runtime::Loop &home, runtime::Reply<model::Result<SelfTestReport>> reply)>;
} // namespace belfry::api
