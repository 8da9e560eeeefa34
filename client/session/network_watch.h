#pragma once

#include <QObject>

namespace belfry::session {
/// Tells when the computer's network became another one, or came back, so that nobody waits for a connection
/// that is dead or for a try that would succeed now. Without NetworkManager (or another service that Qt
/// knows) it tells nothing: the session notices by itself, later. One thread.
class NetworkWatch : public QObject
{
    Q_OBJECT
public:
    explicit NetworkWatch(QObject *parent = nullptr);

Q_SIGNALS:
    /// For AccountSession::networkChanged().
    void changed();
};
} // namespace belfry::session
