#pragma once

#include "api/api_settings.h"
#include "api/event_tails.h"
#include "api/live_sessions.h"
#include "api/self_test_report.h"
#include "auth/authenticator.h"
#include "runtime/clock.h"
#include "runtime/loop.h"
#include "service/services.h"

#include <functional>

namespace belfry::api {
/// Everything that the routes of one gateway loop reach. Built by app, one for each loop; all of it outlives
/// the handler.
struct ApiContext
{
    runtime::Loop &loop;
    const runtime::Clock &clock;
    const auth::Authenticator &authenticator;
    service::Services &services;
    LiveSessions &live; ///< of this loop
    const ApiSettings &settings;
    std::function<HealthReport()> health; ///< any thread, at once
    std::function<QByteArray()> metrics;  ///< Prometheus text; any thread, at once
    EventTails &tails;                    ///< of the process
    RunSelfTest selfTest;
};
} // namespace belfry::api
