#pragma once

#include "app/running_server.h"

#include <QNetworkAccessManager>
#include <QTimer>
#include <QWebSocket>
#include <functional>

namespace belfry::app {
/// Sends a notification through a running server as its users do: show a key, post it, receive it on a
/// socket, read it back, take it away. A state machine on the main loop; ends with one call of `finished`.
class SelfTest : public QObject
{
    Q_OBJECT
public:
    /// A step begins, and so the one before it went well.
    using Stepped = std::function<void(const QByteArray &step)>;
    /// Empty: every step went well. Else why the last one failed.
    using Finished = std::function<void(const QByteArray &failure)>;

    SelfTest(RunningServer server, Stepped stepped, Finished finished);
    void start();

    static constexpr char user[] = "belfry-self-test";

private:
    void step(const char *name, const std::function<void()> &run);
    void finish(const QByteArray &failure);
    void request(const QByteArray &method, const QString &path, const QByteArray &body, int expected,
                 std::function<void(const QByteArray &body)> then);

    void checkHealth();
    void showKey();
    void connectSocket();
    void onFrame(const QString &text);
    void postNotification();
    void received();
    void readBack();
    void takeAway();

    RunningServer m_server;
    Stepped m_stepped;
    Finished m_finished;
    QNetworkAccessManager m_network;
    QWebSocket m_socket;
    QTimer m_deadline;
    QByteArray m_step;
    QByteArray m_token; ///< a text that only this run has
    QByteArray m_id;
    bool m_posted = false;
    bool m_seen = false;
    bool m_done = false;
};
} // namespace belfry::app
