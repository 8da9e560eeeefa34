// A bare gateway for `belfry-bench fanout` and `idle`: what it costs is what server/net costs.
//   net_echo [host:port]     prints its pid and address, runs until SIGTERM

#include "echo_gateway.h"

#include <QCoreApplication>
#include <csignal>
#include <cstdio>
#include <unistd.h>

int main(int argc, char *argv[])
{
    using namespace belfry::net;
    // Before any thread starts, so that only sigwait() sees them.
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);

    const QCoreApplication app(argc, argv);
    ServerOptions options;
    options.loops = 1;
    const QString port =
        argc > 1 ? QString::fromLocal8Bit(argv[1]).section(QLatin1Char(':'), -1) : QStringLiteral("0");
    options.listen = {{QHostAddress(QHostAddress::LocalHost), port.toUShort()}};
    const std::unique_ptr<Server> server = test::makeEchoServer(options);
    if (const auto started = server->start(); !started) {
        std::fprintf(stderr, "%s\n", started.error().detail.constData());
        return 1;
    }
    std::printf("%d %s\n", static_cast<int>(getpid()), server->addresses().front().constData());
    std::fflush(stdout);
    int signal = 0;
    sigwait(&ends, &signal);
    server->stop();
    return 0;
}
