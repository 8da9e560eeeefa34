#pragma once

#include "model/instant.h"

#include <QDateTime>
#include <QObject>
#include <QTimer>
#include <functional>

namespace belfry::window {
/// The minute it is, for times that are told as people say them ("12 min ago"). Ticks as a minute begins, and
/// only while something is shown: a hidden window wakes nobody. One thread.
class Clock : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QDateTime minute READ minute NOTIFY minuteChanged)
public:
    using Now = std::function<model::Instant()>;

    explicit Clock(Now now, QObject *parent = nullptr);

    [[nodiscard]] model::Instant now() const { return m_now(); }
    [[nodiscard]] QDateTime minute() const { return m_minute; }
    void setTicking(bool isTicking);

Q_SIGNALS:
    void minuteChanged();

private:
    void tick();

    Now m_now;
    QDateTime m_minute;
    QTimer m_timer;
};
} // namespace belfry::window
