#include "app/own_self_test.h"

#include <chrono>

namespace belfry::app {
using std::chrono::steady_clock;

namespace {
void answerAt(runtime::Loop &home, OwnSelfTest::Reply reply, model::Result<api::SelfTestReport> result)
{
    home.post([reply = std::move(reply), result = std::move(result)]() mutable { reply(std::move(result)); });
}
} // namespace

struct OwnSelfTest::Run
{
    runtime::Loop &home;
    Reply reply;
    api::SelfTestReport report{};
    steady_clock::time_point begun = steady_clock::now();
    std::unique_ptr<SelfTest> test{};

    void endStep()
    {
        const auto now = steady_clock::now();
        if (!report.steps.empty())
            report.steps.back().took = std::chrono::duration_cast<std::chrono::milliseconds>(now - begun);
        begun = now;
    }
};

OwnSelfTest::OwnSelfTest(runtime::Loop &control, const Config &config)
    : m_control(control)
    , m_config(config)
{
}

OwnSelfTest::~OwnSelfTest() = default;

void OwnSelfTest::run(runtime::Loop &home, Reply reply)
{
    m_control.post([this, &home, reply = std::move(reply)]() mutable { start(home, std::move(reply)); });
}

void OwnSelfTest::start(runtime::Loop &home, Reply reply)
{
    if (m_run)
        return answerAt(home, std::move(reply),
                        model::fail(model::ErrorCode::Conflict, "a self-test is running: wait for its end"));
    m_run = std::make_unique<Run>(Run{home, std::move(reply)});
    m_run->report.steps.push_back({"find the server and a key", {}, {}});
    auto server = findRunningServer(m_config, {});
    if (!server)
        return finish(server.error().detail);
    m_run->test = std::make_unique<SelfTest>(
        std::move(*server),
        [this](const QByteArray &step) {
            m_run->endStep();
            m_run->report.steps.push_back({step, {}, {}});
        },
        [this](const QByteArray &failure) { finish(failure); });
    m_run->test->start();
}

void OwnSelfTest::finish(const QByteArray &failure)
{
    m_run->endStep();
    m_run->report.steps.back().failure = failure;
    std::unique_ptr<Run> over = std::move(m_run);
    answerAt(over->home, std::move(over->reply), std::move(over->report));
    if (over->test) // it is it that called
        over->test.release()->deleteLater();
}
} // namespace belfry::app
