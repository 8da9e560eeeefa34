#pragma once

#include "client/server_trust.h"
#include "protocol/problem.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QSslError>
#include <QUrl>
#include <functional>

class QNetworkReply;

namespace belfry::account {
/// How one question to a server ended, with all that a person may have to be told about it. (RestClient tells
/// less: it is for those who are signed in.)
struct Outcome
{
    enum class End {
        Answered, ///< with any status
        NoSuchHost,
        Refused,
        Timeout,
        Unsafe, ///< TLS; `tls` says why where it is the certificate
        Broken, ///< anything else: `detail`
    };

    End end = End::Broken;
    int status = 0;
    QByteArray body;
    model::Text requestId;
    std::optional<protocol::Problem> problem; ///< the server's own; nothing: a proxy's, or no problem
    QUrl leadsTo;                             ///< of a redirect, which is never followed
    QList<QSslError> tls;
    model::Text detail;

    [[nodiscard]] bool isGood() const { return end == End::Answered && status >= 200 && status < 300; }
};

/// Asks servers, without a session: checks, sign-ins, renewals. Answers come once each through the event
/// loop; none after cancel() or the end of this object. One thread.
class Exchange : public QObject
{
    Q_OBJECT
public:
    struct Question
    {
        QByteArray method;
        QUrl server;
        QByteArray path; ///< below the server's, encoded
        QByteArray body;
        model::Text token;
        client::ServerTrust trust;
    };
    using Done = std::function<void(const Outcome &)>;
    static constexpr std::chrono::milliseconds patience{15'000};

    using QObject::QObject;
    ~Exchange() override { cancel(); }

    void ask(const Question &question, Done done);
    void cancel();

private:
    QNetworkAccessManager m_network;
    QList<QSslCertificate> m_authorities; ///< of the connections that are kept
    QList<QNetworkReply *> m_open;
};
} // namespace belfry::account
