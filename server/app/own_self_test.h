#pragma once

#include "api/self_test_report.h"
#include "app/self_test.h"

namespace belfry::app {
/// Self-tests that the server runs against its own address when an operator asks for one (POST
/// /admin/selftest). Made and destroyed on the control loop.
class OwnSelfTest
{
public:
    using Reply = runtime::Reply<model::Result<api::SelfTestReport>>;

    OwnSelfTest(runtime::Loop &control, const Config &config);
    ~OwnSelfTest();

    /// Any thread; one at a time: Conflict.
    void run(runtime::Loop &home, Reply reply);

private:
    struct Run;
    void start(runtime::Loop &home, Reply reply);
    void finish(const QByteArray &failure);

    runtime::Loop &m_control;
    const Config &m_config;
    std::unique_ptr<Run> m_run; ///< control loop
};
} // namespace belfry::app
