#include "window/connection_view.h"

namespace belfry::window {
using State = session::Connection::State;

ConnectionView::ConnectionView(Teller teller, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_teller(std::move(teller))
    , m_clock(clock)
{
    m_second.setInterval(std::chrono::seconds(1));
    connect(&m_second, &QTimer::timeout, this, &ConnectionView::changed);
}

void ConnectionView::setConnection(const session::Connection &connection)
{
    m_connection = connection;
    count();
    Q_EMIT changed();
}

void ConnectionView::setWaitingOps(qsizetype count)
{
    if (std::exchange(m_waitingOps, int(count)) != count)
        Q_EMIT changed();
}

void ConnectionView::setShown(bool isShown)
{
    m_isShown = isShown;
    count();
    if (isShown)
        Q_EMIT changed();
}

void ConnectionView::count()
{
    if (m_isShown && m_connection.retryAt)
        m_second.start();
    else
        m_second.stop();
}

ConnectionView::Kind ConnectionView::kind() const
{
    switch (m_connection.state) {
    case State::Online:
        return Online;
    case State::Waiting:
        return Offline;
    case State::NeedsSignIn:
        return SignIn;
    case State::Ended:
        return Stopped;
    case State::Off:
    case State::Connecting:
    case State::Syncing:
        break;
    }
    return Busy;
}

QString ConnectionView::text() const
{
    return connectionText(m_connection, m_teller, m_clock.now());
}
} // namespace belfry::window

#include "moc_connection_view.cpp"
