#include "app/server_call.h"

#include <QNetworkReply>

namespace belfry::app {
void ServerCall::request(const QByteArray &method, const QByteArray &path, const QByteArray &body,
                         std::function<void(model::Result<QByteArray>)> reply)
{
    QNetworkRequest request(m_server.url.resolved(QUrl::fromEncoded(path)));
    request.setRawHeader("Authorization", "Bearer " + m_server.key);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    QNetworkReply *call = m_network.sendCustomRequest(request, method, body);
    call->ignoreSslErrors(m_server.forgiven);
    QObject::connect(call, &QNetworkReply::finished, call, [call, reply = std::move(reply)] {
        call->deleteLater();
        const QByteArray answer = call->readAll();
        const int status = call->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (status / 100 == 2)
            return reply(answer);
        reply(model::fail(model::ErrorCode::Unavailable,
                          status == 0 ? "the server does not answer: " + call->errorString().toUtf8()
                                      : "the server answered " + answer));
    });
}
} // namespace belfry::app
