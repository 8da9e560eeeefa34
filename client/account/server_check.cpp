#include "account/server_check.h"

#include "account/server_address.h"
#include "client/compatibility.h"
#include "protocol/answers.h"

#include <algorithm>

namespace belfry::account {
namespace {
using What = ServerFinding::What;

bool names(const QList<QSslError> &errors, std::initializer_list<QSslError::SslError> wanted)
{
    return std::any_of(errors.begin(), errors.end(), [&](const QSslError &error) {
        return std::find(wanted.begin(), wanted.end(), error.error()) != wanted.end();
    });
}

QSslCertificate certificateOf(const QList<QSslError> &errors)
{
    const auto with = std::find_if(errors.begin(), errors.end(),
                                   [](const QSslError &error) { return !error.certificate().isNull(); });
    return with == errors.end() ? QSslCertificate() : with->certificate();
}

/// The worst first: what trust in the certificate would not mend.
What whatOf(const QList<QSslError> &errors)
{
    if (errors.isEmpty())
        return What::Unsafe;
    if (names(errors, {QSslError::HostNameMismatch}))
        return What::OtherName;
    if (names(errors, {QSslError::CertificateExpired, QSslError::CertificateNotYetValid}))
        return What::Expired;
    if (names(errors, {QSslError::SelfSignedCertificate}) && errors.size() == 1)
        return What::OwnAuthority;
    if (names(errors, {QSslError::SelfSignedCertificateInChain, QSslError::UnableToGetLocalIssuerCertificate,
                       QSslError::UnableToGetIssuerCertificate, QSslError::UnableToVerifyFirstCertificate,
                       QSslError::CertificateUntrusted}))
        return What::NoAuthority;
    return What::Unsafe;
}

ServerFinding findingOf(What what, const QUrl &server = {}, const QUrl &leadsTo = {},
                        const model::Text &detail = {})
{
    ServerFinding finding;
    finding.what = what;
    finding.server = server;
    finding.leadsTo = leadsTo;
    finding.detail = detail;
    return finding;
}

ServerFinding notReached(const QUrl &server, const Outcome &outcome)
{
    ServerFinding finding = findingOf(What::Unreachable, server, {}, outcome.detail);
    switch (outcome.end) {
    case Outcome::End::NoSuchHost:
        finding.what = What::NoSuchHost;
        break;
    case Outcome::End::Refused:
        finding.what = What::Refused;
        break;
    case Outcome::End::Timeout:
        finding.what = What::Timeout;
        break;
    case Outcome::End::Unsafe:
        finding.what = whatOf(outcome.tls);
        if (finding.what == What::OwnAuthority)
            finding.certificate = certificateOf(outcome.tls);
        break;
    case Outcome::End::Answered:
    case Outcome::End::Broken:
        break;
    }
    return finding;
}

/// belfryd says so to who speaks plain HTTP where it speaks TLS (H94).
bool asksForTls(const QUrl &server, const Outcome &outcome)
{
    return server.scheme() == u"http" && outcome.status == 400 && outcome.body.contains("https://");
}

QUrl secured(QUrl server)
{
    server.setScheme(QStringLiteral("https"));
    return server;
}

/// Where a redirect of /health leads to, as an address of a server.
QUrl serverBehind(const QUrl &target)
{
    const auto server = serverAddress(target.toString(QUrl::RemoveQuery | QUrl::RemoveFragment));
    return server ? *server : QUrl();
}

ServerFinding judged(const QUrl &server, const protocol::WellKnown &known, bool isReady)
{
    ServerFinding finding = findingOf(What::Belfry, server);
    finding.version = known.version;
    const client::Compatibility compatibility = client::compatibilityOf(known);
    if (compatibility == client::Compatibility::ServerTooOld)
        finding.what = What::TooOld;
    else if (compatibility == client::Compatibility::ServerTooNew)
        finding.what = What::TooNew;
    else if (!isReady)
        finding.what = What::NotReady;
    return finding;
}
} // namespace

ServerCheck::ServerCheck(std::chrono::milliseconds pause, QObject *parent)
    : QObject(parent)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(&m_pause, &QTimer::timeout, this, &ServerCheck::begin);
}

void ServerCheck::check(const QString &typed)
{
    m_exchange.cancel();
    m_typed = typed;
    if (typed.trimmed().isEmpty()) {
        m_pause.stop();
        return tell(ServerFinding());
    }
    m_pause.start();
    tell(findingOf(What::Checking));
}

void ServerCheck::checkNow(const QString &typed)
{
    m_typed = typed;
    begin();
}

void ServerCheck::begin()
{
    m_pause.stop();
    m_exchange.cancel();
    const auto server = serverAddress(m_typed);
    if (!server)
        return tell(findingOf(What::BadAddress, {}, {}, server.error().detail));
    tell(findingOf(What::Checking, *server));
    askHealth(*server);
}

void ServerCheck::askHealth(const QUrl &server)
{
    m_exchange.ask({"GET", server, "/health", {}, {}, m_trust}, [this, server](const Outcome &outcome) {
        if (outcome.end != Outcome::End::Answered)
            return tell(notReached(server, outcome));
        const QUrl leadsTo = outcome.leadsTo.isEmpty() ? QUrl() : serverBehind(outcome.leadsTo);
        if (asksForTls(server, outcome) || leadsTo == secured(server))
            return tell(findingOf(What::NeedsTls, server, secured(server)));
        if (!leadsTo.isEmpty() && leadsTo != server)
            return tell(findingOf(What::Elsewhere, server, leadsTo));
        askKind(server, outcome.status != 503);
    });
}

void ServerCheck::askKind(const QUrl &server, bool isReady)
{
    m_exchange.ask({"GET", server, "/.well-known/belfry", {}, {}, m_trust},
                   [this, server, isReady](const Outcome &outcome) {
                       if (outcome.end != Outcome::End::Answered)
                           return tell(notReached(server, outcome));
                       if (outcome.status == 429)
                           return tell(findingOf(What::Busy, server));
                       const auto known = protocol::parseWellKnown(outcome.body);
                       if (outcome.isGood() && known)
                           return tell(judged(server, *known, isReady));
                       const bool isOurs = outcome.problem && !isReady; // it stops, and says no to all
                       tell(findingOf(isOurs ? What::NotReady : What::NotBelfry, server));
                   });
}

void ServerCheck::trust()
{
    if (m_finding.certificate.isNull())
        return;
    m_trust.authorities.append(m_finding.certificate);
    begin();
}

void ServerCheck::tell(ServerFinding finding)
{
    if (finding == m_finding)
        return;
    m_finding = std::move(finding);
    Q_EMIT changed();
}
} // namespace belfry::account

#include "moc_server_check.cpp"
