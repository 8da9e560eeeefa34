#include "app/self_test.h"

#include "auth/key.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslConfiguration>
#include <QWebSocketHandshakeOptions>

namespace belfry::app {
namespace {
constexpr int stepSeconds = 10;

QJsonObject parsed(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

/// What a problem document tells people; else the answer itself.
QByteArray reasonIn(const QByteArray &answer)
{
    const QByteArray detail = parsed(answer).value(text("detail")).toString().toUtf8();
    return detail.isEmpty() ? answer.left(500) : detail;
}

QSslConfiguration trustOf(const RunningServer &server)
{
    QSslConfiguration trust = QSslConfiguration::defaultConfiguration();
    trust.addCaCertificates(server.authorities);
    return trust;
}
} // namespace

SelfTest::SelfTest(RunningServer server, Stepped stepped, Finished finished)
    : m_server(std::move(server))
    , m_stepped(std::move(stepped))
    , m_finished(std::move(finished))
    , m_token(auth::randomText(12))
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] { finish("nothing happened for 10 s"); });
    connect(&m_socket, &QWebSocket::textMessageReceived, this, &SelfTest::onFrame);
    const auto closed = [this] {
        finish("the socket was closed: " + QByteArray::number(m_socket.closeCode()) + ' ' +
               m_socket.closeReason().toUtf8() + ' ' + m_socket.errorString().toUtf8());
    };
    connect(&m_socket, &QWebSocket::disconnected, this, closed);
    // A handshake that is refused ends with this one alone.
    connect(&m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this, closed);
}

void SelfTest::start()
{
    step("health", [this] { checkHealth(); });
}

void SelfTest::step(const char *name, const std::function<void()> &run)
{
    if (m_done)
        return;
    m_step = name;
    m_stepped(m_step);
    m_deadline.start(std::chrono::seconds(stepSeconds));
    run();
}

void SelfTest::finish(const QByteArray &failure)
{
    if (std::exchange(m_done, true))
        return;
    m_deadline.stop();
    m_finished(failure);
}

void SelfTest::request(const QByteArray &method, const QString &path, const QByteArray &body, int expected,
                       std::function<void(const QByteArray &)> then)
{
    QNetworkRequest request(m_server.url.resolved(QUrl(path)));
    request.setRawHeader("Authorization", "Bearer " + m_server.key);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    request.setSslConfiguration(trustOf(m_server));
    QNetworkReply *reply = m_network.sendCustomRequest(request, method, body);
    reply->ignoreSslErrors(m_server.forgiven);
    connect(reply, &QNetworkReply::finished, this, [this, reply, expected, then = std::move(then)] {
        reply->deleteLater();
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        const QByteArray answer = reply->readAll();
        if (status == expected)
            return then(answer);
        finish(status == 0 ? reply->errorString().toUtf8()
                           : "answered " + QByteArray::number(status) + ": " + reasonIn(answer));
    });
}

void SelfTest::checkHealth()
{
    request("GET", QStringLiteral("/health/ready"), {}, 200,
            [this](const QByteArray &) { step("show the key", [this] { showKey(); }); });
}

/// Before the socket: of a handshake that is refused nobody hears why.
void SelfTest::showKey()
{
    request("GET", text("/api/v1/users/") + text(user) + text("/inbox/counts"), {}, 200,
            [this](const QByteArray &) { step("open a socket", [this] { connectSocket(); }); });
}

void SelfTest::connectSocket()
{
    QUrl url = m_server.url.resolved(QUrl(QStringLiteral("/ws")));
    url.setScheme(url.scheme() == QLatin1String("https") ? QStringLiteral("wss") : QStringLiteral("ws"));
    QNetworkRequest request(url);
    request.setRawHeader("Authorization", "Bearer " + m_server.key);
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({QStringLiteral("belfry.v1")});
    connect(&m_socket, &QWebSocket::connected, this, [this] {
        m_socket.sendTextMessage(QString::fromUtf8(compact({{text("type"), text("hello")},
                                                            {text("device_id"), text("self-test")},
                                                            {text("user"), text(user)}})));
    });
    m_socket.setSslConfiguration(trustOf(m_server));
    m_socket.ignoreSslErrors(m_server.forgiven);
    m_socket.open(request, options);
}

void SelfTest::onFrame(const QString &frame)
{
    const QJsonObject message = parsed(frame.toUtf8());
    const QString type = message.value(text("type")).toString();
    if (type == QLatin1String("error"))
        return finish("the socket answered " + frame.toUtf8().left(500));
    if (type == QLatin1String("live") && !m_posted) {
        m_posted = true;
        return step("post a notification", [this] { postNotification(); });
    }
    const QString title = message.value(text("item")).toObject().value(text("title")).toString();
    if (type == QLatin1String("ev") && title.toUtf8() == m_token) {
        m_seen = true;
        received();
    }
}

void SelfTest::postNotification()
{
    const QJsonObject body{
        {text("user_id"), text(user)},       {text("type"), text("self-test")},
        {text("title"), text(m_token)},      {text("message"), text("Self-test of the server")},
        {text("urgency"), text("very-low")}, {text("ttl"), 60}};
    request("POST", text("/api/v1/notifications"), compact(body), 201, [this](const QByteArray &answer) {
        m_id = parsed(answer).value(text("data")).toObject().value(text("id")).toString().toLatin1();
        step("receive it on the socket", [this] { received(); });
    });
}

void SelfTest::received()
{
    // Answer and frame may come in either order.
    if (m_seen && !m_id.isEmpty() && m_step != "read it back")
        step("read it back", [this] { readBack(); });
}

void SelfTest::readBack()
{
    request("GET", text("/api/v1/users/") + text(user) + text("/inbox/") + text(m_id), {}, 200,
            [this](const QByteArray &answer) {
                const auto item = parsed(answer).value(text("data")).toObject();
                if (item.value(text("title")).toString().toUtf8() != m_token)
                    return finish("another notification came back: " + answer.left(500));
                step("take it away", [this] { takeAway(); });
            });
}

void SelfTest::takeAway()
{
    request("DELETE", text("/api/v1/notifications/") + text(m_id), {}, 200,
            [this](const QByteArray &) { finish({}); });
}
} // namespace belfry::app

#include "moc_self_test.cpp"
