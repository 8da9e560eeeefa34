#include "api_bed.h"

#include "auth/key.h"
#include "support/wait_until.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace belfry::test {
namespace {
/// Takes everything and says nothing; gone as soon as it was handed over.
class SilentConnection final : public net::Connection
{
public:
    explicit SilentConnection(Kind kind)
        : m_kind(kind)
    {
    }
    ~SilentConnection() override
    {
        if (m_events)
            m_events->onClosed();
    }
    [[nodiscard]] net::ConnectionId id() const override { return 1; }
    [[nodiscard]] Kind kind() const override { return m_kind; }
    void setEvents(net::ConnectionEvents *events) override { m_events = events; }
    void send(const QByteArray &) override {}
    void sendPatiently(const QByteArray &) override {}
    void ping(QByteArrayView) override {}
    void close(quint16, const QByteArray &) override {}
    [[nodiscard]] qint64 waitingBytes() const override { return 0; }

private:
    net::ConnectionEvents *m_events = nullptr;
    Kind m_kind;
};

store::StoreOptions inMemory()
{
    store::StoreOptions options;
    options.url = "memory:";
    return options;
}
} // namespace

class ApiBed::Target final : public net::Responder::Target
{
public:
    void respond(net::ConnectionId connection, net::HttpResponse response) override
    {
        const int status = response.status;
        add(connection, {status, std::move(response), false, false, {}});
    }
    void upgrade(net::ConnectionId connection, QByteArray subprotocol,
                 std::function<void(net::Connection &)> opened) override
    {
        SilentConnection socket(net::Connection::Kind::WebSocket);
        opened(socket);
        add(connection, {101, {}, true, false, std::move(subprotocol)});
    }
    void stream(net::ConnectionId connection, net::HttpResponse head,
                std::function<void(net::Connection &)> opened) override
    {
        SilentConnection stream(net::Connection::Kind::EventStream);
        opened(stream);
        const int status = head.status;
        add(connection, {status, std::move(head), false, true, {}});
    }

    QHash<net::ConnectionId, Answer> answers;

private:
    void add(net::ConnectionId connection, Answer answer)
    {
        if (answers.contains(connection))
            qFatal("a request was answered twice");
        answers.insert(connection, std::move(answer));
    }
};

Request::Request(net::Method method, const QByteArray &target)
{
    const qsizetype mark = target.indexOf('?');
    http.method = method;
    http.methodText = api::methodName(method).toByteArray();
    http.path = mark < 0 ? target : target.first(mark);
    http.query = mark < 0 ? QByteArray() : target.sliced(mark + 1);
    http.peer.address = QHostAddress(QStringLiteral("192.0.2.7"));
    header("host", "belfry.example");
}

Request &Request::header(const QByteArray &name, const QByteArray &value)
{
    for (net::Header &there : http.headers) {
        if (there.name == name) {
            there.value = value;
            return *this;
        }
    }
    http.headers.push_back({name, value});
    return *this;
}

Request &Request::json(const QByteArray &body)
{
    http.body = body;
    return header("content-type", "application/json");
}

Request &Request::form(const QByteArray &body)
{
    http.body = body;
    return header("content-type", "application/x-www-form-urlencoded");
}

Request &Request::local()
{
    http.peer.address = QHostAddress(QHostAddress::LocalHost);
    http.peer.loopback = true;
    return header("host", "127.0.0.1:8080");
}

Request &Request::upgrade(const QByteArray &subprotocols)
{
    isUpgrade = true;
    header("upgrade", "websocket").header("sec-websocket-version", "13");
    return subprotocols.isEmpty() ? *this : header("sec-websocket-protocol", subprotocols);
}

QByteArray Answer::header(const QByteArray &name) const
{
    for (const net::Header &header : response.headers) {
        if (header.name.compare(name, Qt::CaseInsensitive) == 0)
            return header.value;
    }
    return {};
}

bool Answer::has(const QByteArray &name) const
{
    return !header(name).isEmpty();
}

QByteArray Answer::body() const
{
    static const QRegularExpression uuid(
        QStringLiteral("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"));
    QString text = QString::fromUtf8(response.body);
    text.replace(uuid, QStringLiteral("<id>"));
    return text.toUtf8().replace(header("X-Request-Id"), "<request>");
}

QJsonValue Answer::at(const char *path) const
{
    const QJsonDocument document = QJsonDocument::fromJson(response.body);
    QJsonValue value = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    for (const QByteArray &step : QByteArray(path).split('.')) {
        bool isIndex = false;
        const int index = step.toInt(&isIndex);
        value = isIndex && value.isArray() ? value.toArray().at(index)
                                           : value.toObject().value(QString::fromUtf8(step));
    }
    return value;
}

service::Settings ApiBed::unlimited()
{
    service::Settings settings;
    settings.limits = {0, 0, 0, 0};
    return settings;
}

ApiBed::ApiBed(service::Settings serviceSettings)
    : store(store::openStore(inMemory(), clock))
    , services(std::make_unique<service::Services>(*store, cache, fanout, authenticator, clock,
                                                   std::move(serviceSettings)))
    , m_target(std::make_unique<Target>())
{
    store->setCommitListener(&services->changes);
    if (const auto started = store->start(); !started)
        qFatal("the store did not start: %s", started.error().detail.constData());
    health.checks = {{"database", true, true, {}}, {"bus", true, false, {}}, {"cache", true, false, {}}};
    handler = std::make_unique<api::ApiHandler>(contextFor(loop, live));
}

api::ApiContext ApiBed::contextFor(runtime::Loop &home, api::LiveSessions &sessions)
{
    return {home,
            clock,
            authenticator,
            *services,
            sessions,
            settings,
            [this] { return health; },
            [] { return QByteArray("belfry_up 1\n"); },
            tails,
            [this](runtime::Loop &at, auto reply) {
                at.post([report = selfTest, reply = std::move(reply)]() mutable { reply(report); });
            }};
}

ApiBed::~ApiBed()
{
    store->stop();
}

net::ConnectionId ApiBed::start(const Request &request)
{
    const net::ConnectionId connection = m_next++;
    handler->handle(request.http, request.isUpgrade, net::Responder(m_target.get(), connection));
    return connection;
}

Answer ApiBed::wait(net::ConnectionId connection)
{
    const bool answered = waitUntil([&] { return m_target->answers.contains(connection); });
    return answered ? m_target->answers.take(connection) : Answer();
}

QByteArray ApiBed::addKey(auth::Scopes scopes)
{
    const QByteArray secret = auth::makeKey();
    ports::ApiKey key;
    key.id = "key-" + QByteArray::number(m_keys.size() + 1);
    key.name = "ci";
    key.hash = auth::hashKey(secret);
    key.scopes = static_cast<quint32>(scopes.toInt());
    m_keys.push_back(key);
    authenticator.setKeys(m_keys);
    return secret;
}

QByteArray ApiBed::token(const model::UserId &user) const
{
    const model::Instant now = clock.now();
    return auth::writeToken({user, now, now + std::chrono::minutes(10), {}}, jwtSecret);
}

QByteArray ApiBed::send(const QByteArray &user, const QByteArray &title)
{
    const Answer answer = admin(Request::post("/api/v1/notifications")
                                    .json(R"({"user_id":")" + user + R"(","title":")" + title + R"("})"));
    return answer.at("data.id").toString().toUtf8();
}

void ApiBed::expire(const model::UserId &user, const QByteArrayList &ids)
{
    std::vector<ports::Settle> ends;
    for (const QByteArray &id : ids)
        ends.push_back({ports::DueKind::Expire, model::Uuid::parse(id).value_or(model::Uuid()), user, {}});
    bool settled = false;
    store->inbox().settle(loop, std::move(ends), clock.now(),
                          [&settled](const model::Result<int> &) { settled = true; });
    if (!waitUntil([&settled] { return settled; }))
        qFatal("the store did not settle");
}
} // namespace belfry::test
