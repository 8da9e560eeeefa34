#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <functional>
#include <memory>

namespace belfry::app {
/// SIGTERM, SIGINT and SIGHUP as calls on the main loop, through a pipe: a signal handler may do next to
/// nothing.
class Signals : public QObject
{
    Q_OBJECT
public:
    /// `onStop` is called for the first SIGTERM or SIGINT; the second one ends the process at once with 1.
    /// `onReload` is called for each SIGHUP.
    Signals(std::function<void()> onStop, std::function<void()> onReload, QObject *parent = nullptr);
    ~Signals() override;

private:
    void read();
    void stop();

    std::function<void()> m_onStop;
    std::function<void()> m_onReload;
    int m_seen = 0;
    std::unique_ptr<QSocketNotifier> m_notifier;
};
} // namespace belfry::app
