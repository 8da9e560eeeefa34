#pragma once

#include "app/running_server.h"

#include <QNetworkAccessManager>
#include <functional>

namespace belfry::app {
/// Requests of a command to the server that has the data. Main thread.
class ServerCall
{
public:
    explicit ServerCall(RunningServer server)
        : m_server(std::move(server))
    {
    }

    /// Replies once with the body of a good answer. Unavailable: no answer, or a bad one, which it tells.
    void request(const QByteArray &method, const QByteArray &path, const QByteArray &body,
                 std::function<void(model::Result<QByteArray>)> reply);

private:
    RunningServer m_server;
    QNetworkAccessManager m_network;
};
} // namespace belfry::app
