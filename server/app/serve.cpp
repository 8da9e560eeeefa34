#include "app/serve.h"

#include "app/commands.h"
#include "app/daemon.h"
#include "app/output.h"
#include "app/signals.h"
#include "app/test_clock.h"
#include "app/tls_files.h"

#include <QCoreApplication>
#include <sodium.h>

namespace belfry::app {
namespace {
int refuse(const model::Error &error)
{
    complainLine(error.detail);
    return 1;
}
} // namespace

int serve(const Config &config)
{
    if (const auto usable = checkTlsFiles(config, TellEnd::No); !usable) {
        complainLine(usable.error().detail);
        return ExitUsage;
    }
    if (sodium_init() < 0)
        return refuse(
            {model::ErrorCode::Internal, "the system has no usable source of random numbers", {}, {}});
    const DataDir dataDir(config.dataDir);
    if (const auto prepared = dataDir.prepare(); !prepared)
        return refuse(prepared.error());
    const auto secret =
        config.jwtSecret.isEmpty() ? dataDir.jwtSecret() : model::Result<QByteArray>(config.jwtSecret);
    if (!secret)
        return refuse(secret.error());

    const runtime::SystemClock clock;
    const TestClock scheduleClock(config.testClock);
    Daemon daemon(config, dataDir, *secret, clock, scheduleClock);
    const Signals signalsOfSystem([&daemon] { daemon.stop(); }, [&daemon] { daemon.reload(); });
    int code = 0;
    bool ended = false;
    daemon.start([&](int exitCode) {
        code = exitCode;
        ended = true;
        QCoreApplication::quit();
    });
    if (!ended)
        QCoreApplication::exec();
    return code;
}
} // namespace belfry::app
