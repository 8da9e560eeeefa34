#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <functional>
#include <memory>

namespace belfry::app {
/// SIGTERM and SIGINT as calls on the main loop, through a pipe: a signal handler may do next to nothing.
class Signals : public QObject
{
    Q_OBJECT
public:
    /// `onStop` is called for the first of them; the second one ends the process at once with 1.
    explicit Signals(std::function<void()> onStop, QObject *parent = nullptr);
    ~Signals() override;

private:
    void read();

    std::function<void()> m_onStop;
    int m_seen = 0;
    std::unique_ptr<QSocketNotifier> m_notifier;
};
} // namespace belfry::app
