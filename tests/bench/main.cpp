#include "bench/descriptor_limit.h"
#include "bench/disk_probe.h"
#include "bench/keep_awake.h"
#include "bench/null_server.h"
#include "bench/options.h"
#include "bench/runs.h"
#include "bench/watch.h"

#include <QCoreApplication>
#include <csignal>
#include <cstdio>
#include <cstring>

namespace {
using namespace belfry::bench;
using belfry::model::ErrorCode;
using belfry::model::Result;
using belfry::model::VoidResult;

// Like the server's (architecture.md): 0 well, 2 bad usage, 1 anything else.
int explain(const belfry::model::Error &error)
{
    std::fprintf(stderr, "belfry-bench: %s\n", error.detail.constData());
    return error.code == ErrorCode::Malformed ? 2 : 1;
}

struct Command
{
    const char *name;
    Result<Report> (*run)(Bench &);
    bool hasSockets;
};

constexpr Command commands[] = {
    {"ingest", runIngest, false}, {"fanout", runFanout, true}, {"idle", runIdle, true},
    {"direct", runDirect, true},  {"storm", runStorm, true},   {"reads", runReads, false},
    {"fill", runFill, false},
};

Result<Report> measure(const Options &options)
{
    const auto *command = std::find_if(std::begin(commands), std::end(commands),
                                       [&](const Command &each) { return options.command == each.name; });
    if (auto enough = ensureDescriptors(options.connections + (command->hasSockets ? options.sockets : 0));
        !enough)
        return tl::unexpected(enough.error());
    auto server = ProcessMeter::of(options.serverPids);
    if (!server)
        return tl::unexpected(server.error());
    Bench bench{options, *server};
    return command->run(bench);
}

Result<Report> measureAll(const Options &options)
{
    Histogram disk;
    if (!options.probeFolder.empty()) {
        auto probed = probeDisk(options.probeFolder);
        if (!probed)
            return tl::unexpected(probed.error());
        disk = *probed;
    }
    Result<Report> report = options.command.empty() ? Report("fdatasync-probe") : measure(options);
    if (report && disk.count() > 0)
        report->setLatency("fdatasync_", disk);
    if (report && !options.label.empty())
        report->set("server", options.label);
    return report;
}

int serveNull(const Options &options)
{
    VoidResult served = ensureDescriptors(1);
    if (served)
        served = runNullServer(options);
    return served ? 0 : explain(served.error());
}

int watch(const Options &options, int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const auto watch = Watch::make(options, stdout, stderr);
    if (!watch)
        return explain(watch.error());
    QObject::connect(watch->get(), &Watch::finished, &application, &QCoreApplication::exit,
                     Qt::QueuedConnection);
    (*watch)->start();
    return QCoreApplication::exec();
}

int run(const Options &options)
{
    const auto report = measureAll(options);
    if (!report)
        return explain(report.error());
    std::printf("%s\n", report->line().constData());
    return report->isOk() ? 0 : 1;
}
} // namespace

int main(int argc, char **argv)
{
    std::signal(SIGPIPE, SIG_IGN);
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    const auto options = parseOptions(arguments);
    if (!options && options.error().code == ErrorCode::Conflict) {
        std::printf("%s", options.error().detail.constData());
        return 0;
    }
    if (!options)
        return explain(options.error());
    if (options->command == "null-server")
        return serveNull(*options);
    if (options->command == "keep-awake") {
        std::fprintf(stderr, "belfry-bench: keep-awake: %s\n", std::strerror(keepAwake()));
        return 1;
    }
    if (options->command == "watch")
        return watch(*options, argc, argv);
    return run(*options);
}
