#include "app/signals.h"

#include "runtime/log.h"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace belfry::app {
namespace {
int pipeEnds[2] = {-1, -1};

void onSignal(int signal)
{
    const char byte = static_cast<char>(signal);
    // The pipe is non-blocking; full means that enough is in it.
    [[maybe_unused]] const auto written = ::write(pipeEnds[1], &byte, 1);
}

void handle(int signal, void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    sigaction(signal, &action, nullptr);
}
} // namespace

Signals::Signals(std::function<void()> onStop, std::function<void()> onReload, QObject *parent)
    : QObject(parent)
    , m_onStop(std::move(onStop))
    , m_onReload(std::move(onReload))
{
    if (::pipe2(pipeEnds, O_CLOEXEC | O_NONBLOCK) != 0)
        qFatal("cannot make a pipe for signals");
    m_notifier = std::make_unique<QSocketNotifier>(pipeEnds[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &Signals::read);
    handle(SIGTERM, onSignal);
    handle(SIGINT, onSignal);
    handle(SIGHUP, onSignal);
    handle(SIGPIPE, SIG_IGN);
    // A limit on the size of files is like a full disk: an error of the write, not the end.
    handle(SIGXFSZ, SIG_IGN);
}

Signals::~Signals()
{
    handle(SIGTERM, SIG_DFL);
    handle(SIGINT, SIG_DFL);
    handle(SIGHUP, SIG_DFL);
    m_notifier.reset();
    ::close(pipeEnds[0]);
    ::close(pipeEnds[1]);
}

void Signals::read()
{
    char bytes[16];
    const auto count = ::read(pipeEnds[0], bytes, sizeof bytes);
    for (ssize_t i = 0; i < count; ++i) {
        if (bytes[i] == SIGHUP)
            m_onReload();
        else
            stop();
    }
}

void Signals::stop()
{
    if (++m_seen > 1) {
        qCWarning(lcApp, "asked again: ending at once");
        std::_Exit(1);
    }
    qCInfo(lcApp, "asked to stop: draining; ask again to end at once");
    m_onStop();
}
} // namespace belfry::app

#include "moc_signals.cpp"
