#include "account/exchange.h"

#include <QNetworkReply>
#include <QNetworkRequest>
#include <memory>

namespace belfry::account {
namespace {
constexpr qint64 mostBody = 1024 * 1024;

QUrl addressOf(const Exchange::Question &question)
{
    QByteArray base = question.server.path(QUrl::FullyEncoded).toLatin1();
    while (base.endsWith('/'))
        base.chop(1);
    QUrl url = question.server;
    const qsizetype mark = question.path.indexOf('?');
    const QByteArray path = mark < 0 ? question.path : question.path.left(mark);
    url.setPath(QString::fromLatin1(base + path), QUrl::TolerantMode);
    if (mark >= 0)
        url.setQuery(QString::fromLatin1(question.path.mid(mark + 1)), QUrl::TolerantMode);
    return url;
}

Outcome::End endOf(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::HostNotFoundError:
        return Outcome::End::NoSuchHost;
    case QNetworkReply::ConnectionRefusedError:
        return Outcome::End::Refused;
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError: // the transfer's time-out; cancel() is not heard
        return Outcome::End::Timeout;
    case QNetworkReply::SslHandshakeFailedError:
        return Outcome::End::Unsafe;
    default:
        return Outcome::End::Broken;
    }
}

Outcome outcomeOf(QNetworkReply &reply)
{
    Outcome outcome;
    outcome.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const bool isWhole = reply.error() == QNetworkReply::NoError || outcome.status >= 400;
    if (outcome.status == 0 || !isWhole) {
        outcome.end = endOf(reply.error());
        outcome.detail = reply.errorString().toUtf8();
        return outcome;
    }
    outcome.end = Outcome::End::Answered;
    outcome.body = reply.readAll();
    outcome.requestId = reply.rawHeader("X-Request-Id");
    const QUrl target = reply.attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl();
    if (!target.isEmpty())
        outcome.leadsTo = reply.url().resolved(target);
    if (outcome.status >= 400) {
        if (auto problem = protocol::parseProblem(outcome.body))
            outcome.problem = *std::move(problem);
    }
    return outcome;
}
} // namespace

void Exchange::ask(const Question &question, Done done)
{
    // A connection that is kept would go on to believe whom it believed (Qt 6.4).
    if (std::exchange(m_authorities, question.trust.authorities) != question.trust.authorities)
        m_network.clearConnectionCache();
    QNetworkRequest request(addressOf(question));
    request.setSslConfiguration(client::sslConfiguration(question.trust));
    request.setTransferTimeout(int(patience.count()));
    // A password or a token goes to whom the person named, and nowhere else.
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    if (!question.token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + question.token);
    if (!question.body.isEmpty())
        request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    QNetworkReply *reply = m_network.sendCustomRequest(request, question.method, question.body);
    m_open.append(reply);
    auto tls = std::make_shared<QList<QSslError>>();
    connect(reply, &QNetworkReply::sslErrors, this, [tls](const QList<QSslError> &errors) { *tls = errors; });
    connect(reply, &QNetworkReply::downloadProgress, this, [reply](qint64 received, qint64) {
        if (received > mostBody)
            reply->abort();
    });
    connect(reply, &QNetworkReply::finished, this, [this, reply, tls, done = std::move(done)] {
        m_open.removeOne(reply);
        reply->deleteLater();
        Outcome outcome = outcomeOf(*reply);
        if (outcome.end == Outcome::End::Unsafe)
            outcome.tls = *tls;
        done(outcome);
    });
}

void Exchange::cancel()
{
    for (QNetworkReply *reply : std::exchange(m_open, {})) {
        reply->disconnect(this);
        reply->abort();
        reply->deleteLater();
    }
}
} // namespace belfry::account

#include "moc_exchange.cpp"
