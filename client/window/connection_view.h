#pragma once

#include "session/connection.h"
#include "window/clock.h"
#include "window/words.h"

#include <QtQml/qqmlregistration.h>

namespace belfry::window {
/// How it stands with the server, as the footer and the bar above the list tell it (C2). Counts seconds only
/// while somebody waits and looks. One thread.
class ConnectionView : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("the program makes it")
    Q_PROPERTY(Kind kind READ kind NOTIFY changed)
    Q_PROPERTY(QString text READ text NOTIFY changed)
    Q_PROPERTY(QString reason READ reason NOTIFY changed)
    Q_PROPERTY(QString requestId READ requestId NOTIFY changed)
    Q_PROPERTY(bool canRetry READ canRetry NOTIFY changed)
    Q_PROPERTY(bool isFirstSync READ isFirstSync NOTIFY changed)
    Q_PROPERTY(int waitingOps READ waitingOps NOTIFY changed)
public:
    enum Kind {
        Busy, ///< connecting, syncing
        Online,
        Offline, ///< comes back by itself
        SignIn,  ///< the person has to sign in again
        Stopped, ///< does not come back by itself
    };
    Q_ENUM(Kind)

    ConnectionView(Teller teller, const Clock &clock, QObject *parent = nullptr);

    void setConnection(const session::Connection &connection);
    void setWaitingOps(qsizetype count);
    /// Nobody looks at it: nothing is counted.
    void setShown(bool isShown);

    [[nodiscard]] Kind kind() const;
    [[nodiscard]] QString text() const;
    [[nodiscard]] QString reason() const { return QString::fromUtf8(m_connection.reason); }
    /// Of the request that the server refused; "": none.
    [[nodiscard]] QString requestId() const { return QString::fromUtf8(m_connection.requestId); }
    [[nodiscard]] bool canRetry() const { return kind() == Offline || kind() == Stopped; }
    [[nodiscard]] bool isFirstSync() const { return m_connection.isFirstSync; }
    [[nodiscard]] int waitingOps() const { return m_waitingOps; }

    Q_INVOKABLE void retry() { Q_EMIT retryWanted(); }
    Q_INVOKABLE void copyRequestId() { Q_EMIT copyWanted(requestId()); }
    Q_INVOKABLE void signIn() { Q_EMIT signInWanted(); }

Q_SIGNALS:
    void changed();
    void retryWanted();
    void signInWanted();
    void copyWanted(const QString &text);

private:
    void count();

    const Teller m_teller;
    const Clock &m_clock;
    session::Connection m_connection;
    int m_waitingOps = 0;
    bool m_isShown = true;
    QTimer m_second;
};
} // namespace belfry::window
