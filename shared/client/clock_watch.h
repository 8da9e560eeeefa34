#pragma once

#include <QObject>

class QSocketNotifier;

namespace belfry::client {
/// Tells that the machine slept, or that its clock was set, as soon as that is over. Nobody is woken in
/// between: the kernel says when (a timerfd that is cancelled as the clock is set, which it is after sleep,
/// too). One thread.
class ClockWatch : public QObject
{
    Q_OBJECT
public:
    explicit ClockWatch(QObject *parent = nullptr);
    ~ClockWatch() override;

Q_SIGNALS:
    /// By how much is for who asks.
    void clockSet();

private:
    void arm();
    void read();

    int m_descriptor;
    QSocketNotifier *m_notifier = nullptr;
};
} // namespace belfry::client
