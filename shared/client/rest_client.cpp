#include "client/rest_client.h"

#include "protocol/ops_request.h"
#include "protocol/preferences_document.h"
#include "protocol/problem.h"

#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTimeZone>

namespace belfry::client {
using model::ErrorCode;
using model::Result;
using model::Text;

namespace {
constexpr qint64 largestAnswer = 64LL * 1024 * 1024;

QByteArray userPath(const model::UserId &user, const char *rest)
{
    return "/api/v1/users/" + QUrl::toPercentEncoding(QString::fromUtf8(user.text)) + rest;
}

QByteArray encoded(const Text &text)
{
    return QUrl::toPercentEncoding(QString::fromUtf8(text));
}

/// Why the server was not reached, for people.
model::Error unreached(const QNetworkReply &reply)
{
    const Text where = reply.url().authority().toUtf8();
    switch (reply.error()) {
    case QNetworkReply::ConnectionRefusedError:
        return {ErrorCode::Unavailable, "nothing answers at " + where, {}, {}};
    case QNetworkReply::HostNotFoundError:
        return {ErrorCode::Unavailable,
                "no host of the name " + reply.url().host().toUtf8() + " was found",
                {},
                {}};
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError:
        return {ErrorCode::Unavailable, where + " did not answer in time", {}, {}};
    case QNetworkReply::SslHandshakeFailedError:
        return {ErrorCode::Unavailable,
                "no safe connection to " + where + ": " + reply.errorString().toUtf8(),
                {},
                {}};
    default:
        return {ErrorCode::Unavailable, where + ": " + reply.errorString().toUtf8(), {}, {}};
    }
}

ErrorCode codeOf(int status)
{
    switch (status) {
    case 401:
        return ErrorCode::Unauthenticated;
    case 403:
        return ErrorCode::Forbidden;
    case 404:
        return ErrorCode::NotFound;
    case 429:
        return ErrorCode::RateLimited;
    default:
        // Not "Malformed": what stands between, a proxy or a sign-in page, says nothing about the server.
        return ErrorCode::Unavailable;
    }
}

Result<RestClient::Response> responseOf(QNetworkReply &reply)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    // Where the server itself said no, Qt calls that an error too; below, an answer was cut off.
    if (status == 0 || (reply.error() != QNetworkReply::NoError && status < 400))
        return tl::unexpected(unreached(reply));
    const QByteArray body = reply.readAll();
    if (status >= 200 && status < 300)
        return RestClient::Response{status, body, reply.rawHeader("ETag")};
    const Text requestId = reply.rawHeader("X-Request-Id");
    if (auto problem = protocol::parseProblem(body)) {
        problem->error.requestId = problem->instance.isEmpty() ? requestId : problem->instance;
        return tl::unexpected(std::move(problem->error));
    }
    return tl::unexpected(
        model::Error{codeOf(status),
                     "the server answered " + Text::number(status) + " without a problem document",
                     {},
                     {},
                     requestId});
}

/// Hands a body on to its parser.
template<typename T, typename Parse>
RestClient::Answer<RestClient::Response> parsed(RestClient::Answer<T> answer, Parse parse)
{
    return [answer = std::move(answer), parse](const Result<RestClient::Response> &response) {
        answer(response ? parse(*response) : Result<T>(tl::unexpected(response.error())));
    };
}

bool isZone(const Text &name)
{
    return QTimeZone::isTimeZoneIdAvailable(name);
}

/// `{"data": document}`.
Result<RestClient::PreferencesDocument> readPreferences(const RestClient::Response &response)
{
    auto document = protocol::parsePreferencesAnswer(response.body, isZone);
    if (!document)
        return tl::unexpected(document.error());
    return RestClient::PreferencesDocument{*std::move(document), response.etag};
}
} // namespace

RestClient::RestClient(RestSettings settings, QObject *parent)
    : QObject(parent)
    , m_settings(std::move(settings))
{
    m_network.setAutoDeleteReplies(true);
    m_network.setRedirectPolicy(
        QNetworkRequest::ManualRedirectPolicy); // a token must not travel to another server
    m_network.setTransferTimeout(static_cast<int>(m_settings.timeout.count()));
}

QUrl RestClient::address(const QByteArray &path) const
{
    QUrl url = m_settings.server;
    QString base = url.path();
    while (base.endsWith(u'/'))
        base.chop(1);
    const QUrl relative = QUrl::fromEncoded(path);
    url.setPath(base + relative.path(QUrl::FullyEncoded), QUrl::TolerantMode);
    url.setQuery(relative.query(QUrl::FullyEncoded));
    return url;
}

void RestClient::send(QObject *receiver, const QByteArray &method, const QByteArray &path,
                      const QByteArray &body, Answer<Response> answer,
                      const QList<std::pair<QByteArray, QByteArray>> &headers)
{
    QNetworkRequest request(address(path));
    request.setSslConfiguration(sslConfiguration(m_settings.trust));
    if (!m_settings.token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_settings.token);
    if (!body.isEmpty())
        request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    for (const auto &[name, value] : headers)
        request.setRawHeader(name, value);
    QNetworkReply *reply = m_network.sendCustomRequest(request, method, body);
    connect(reply, &QNetworkReply::downloadProgress, reply, [reply](qint64 received, qint64) {
        if (received > largestAnswer)
            reply->abort();
    });
    connect(reply, &QNetworkReply::finished, receiver,
            [reply, answer = std::move(answer)] { answer(responseOf(*reply)); });
}

void RestClient::get(QObject *receiver, const QByteArray &path, Answer<Response> answer)
{
    send(receiver, "GET", path, {}, std::move(answer));
}

void RestClient::wellKnown(QObject *receiver, Answer<protocol::WellKnown> answer)
{
    get(receiver, "/.well-known/belfry",
        parsed(std::move(answer), [](const Response &r) { return protocol::parseWellKnown(r.body); }));
}

void RestClient::snapshot(QObject *receiver, const model::UserId &user, const Text &cursor,
                          Answer<protocol::Snapshot> answer)
{
    const QByteArray query = cursor.isEmpty() ? QByteArray() : "?cursor=" + encoded(cursor);
    get(receiver, userPath(user, "/inbox/snapshot") + query,
        parsed(std::move(answer), [](const Response &r) { return protocol::parseSnapshot(r.body); }));
}

void RestClient::counts(QObject *receiver, const model::UserId &user, Answer<protocol::CountsAnswer> answer)
{
    get(receiver, userPath(user, "/inbox/counts"),
        parsed(std::move(answer), [](const Response &r) { return protocol::parseCounts(r.body); }));
}

void RestClient::log(QObject *receiver, const model::UserId &user, model::Seq since, int limit,
                     Answer<protocol::LogAnswer> answer)
{
    const QByteArray query = "?since=" + QByteArray::number(since) + "&limit=" + QByteArray::number(limit);
    get(receiver, userPath(user, "/log") + query,
        parsed(std::move(answer), [](const Response &r) { return protocol::parseLog(r.body); }));
}

void RestClient::timeline(QObject *receiver, const model::NotificationId &id,
                          Answer<protocol::TimelineAnswer> answer)
{
    get(receiver, "/api/v1/notifications/" + id.toText() + "/timeline",
        parsed(std::move(answer), [](const Response &r) { return protocol::parseTimeline(r.body); }));
}

void RestClient::list(QObject *receiver, const ListQuery &query, Answer<protocol::ListAnswer> answer)
{
    QByteArray path =
        "/api/v1/notifications/" + encoded(query.user.text) + "?limit=" + QByteArray::number(query.limit);
    const std::pair<const char *, Text> filters[] = {
        {"&state=", query.state}, {"&type=", query.type}, {"&q=", query.search}, {"&cursor=", query.cursor}};
    for (const auto &[name, value] : filters) {
        if (!value.isEmpty())
            path += name + encoded(value);
    }
    get(receiver, path,
        parsed(std::move(answer), [](const Response &r) { return protocol::parseList(r.body); }));
}

void RestClient::applyOps(QObject *receiver, const model::UserId &user, const std::vector<model::Op> &ops,
                          Answer<protocol::OpsAnswer> answer)
{
    send(receiver, "POST", userPath(user, "/inbox/ops"), protocol::encodeOps(ops),
         parsed(std::move(answer), [](const Response &r) { return protocol::parseOpsAnswer(r.body); }));
}

void RestClient::preferences(QObject *receiver, const model::UserId &user, Answer<PreferencesDocument> answer)
{
    get(receiver, "/api/v1/preferences/" + encoded(user.text), parsed(std::move(answer), readPreferences));
}

void RestClient::putPreferences(QObject *receiver, const model::UserId &user,
                                const model::Preferences &document, const Text &ifMatch,
                                Answer<PreferencesDocument> answer)
{
    QByteArray body;
    protocol::appendPreferences(body, document);
    QList<std::pair<QByteArray, QByteArray>> headers;
    if (!ifMatch.isEmpty())
        headers.emplaceBack("If-Match", ifMatch);
    send(receiver, "PUT", "/api/v1/preferences/" + encoded(user.text), body,
         parsed(std::move(answer),
                [document](const Response &r) -> Result<PreferencesDocument> {
                    return PreferencesDocument{document, r.etag};
                }),
         headers);
}

QUrl socketAddress(const QUrl &server)
{
    QUrl url = server;
    url.setScheme(server.scheme() == u"https" ? QStringLiteral("wss") : QStringLiteral("ws"));
    QString base = url.path();
    while (base.endsWith(u'/'))
        base.chop(1);
    url.setPath(base + QStringLiteral("/ws"));
    return url;
}
} // namespace belfry::client

#include "moc_rest_client.cpp"
