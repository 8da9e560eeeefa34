#pragma once

#include "account/exchange.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimer>

namespace belfry::account {
/// What is at an address, as the first screen tells it (desktop.md 5, C1).
struct ServerFinding
{
    Q_DECLARE_TR_FUNCTIONS(ServerFinding)

public:
    enum class What {
        Nothing,    ///< nothing was asked yet
        Checking,   ///< asked, and no answer yet
        Belfry,     ///< one that this program can talk with
        BadAddress, ///< `detail`
        NoSuchHost,
        Refused,
        Timeout,
        Unreachable,  ///< the network: `detail`
        OwnAuthority, ///< a certificate that nobody vouches for: self-signed, `certificate`; may be trusted
        NoAuthority,  ///< of an authority that this computer doesn't know
        Expired,      ///< the certificate ended, or begins later
        OtherName,    ///< the certificate is another server's
        Unsafe,       ///< TLS failed otherwise: `detail`
        NeedsTls,     ///< speaks https at this address: `leadsTo`
        Elsewhere,    ///< a redirect to another address: `leadsTo`
        NotBelfry,
        TooOld, ///< the server, for this program
        TooNew,
        NotReady, ///< it starts, stops or has no database
        Busy,     ///< too many requests from here
    };

    What what = What::Nothing;
    QUrl server; ///< the address that was asked; valid unless BadAddress
    model::Text version;
    QSslCertificate certificate; ///< of OwnAuthority
    QUrl leadsTo;
    model::Text detail;

    [[nodiscard]] bool isGood() const { return what == What::Belfry; }
    /// Passwords would travel readable for everybody on the way.
    [[nodiscard]] bool isPlain() const;
    /// SHA-256 as people compare it: "AB:CD:…". Empty without a certificate.
    [[nodiscard]] QString fingerprint() const;
    /// In words that a person can act on, in the program's language.
    [[nodiscard]] QString words() const;
    friend bool operator==(const ServerFinding &, const ServerFinding &) = default;
};

/// Looks what is at an address while it is typed: its health, then what it says of itself (H84). Each check
/// takes the place of the one before. One thread; nothing waits.
class ServerCheck : public QObject
{
    Q_OBJECT
public:
    explicit ServerCheck(std::chrono::milliseconds pause = std::chrono::milliseconds(400),
                         QObject *parent = nullptr);

    /// After a pause in typing.
    void check(const QString &typed);
    /// At once.
    void checkNow(const QString &typed);
    /// The person compared the fingerprint of the finding and believes it: believed from now on at this
    /// address, and asked again. Nothing happens when there is none.
    void trust();
    /// What was trusted in an earlier run.
    void setTrust(const client::ServerTrust &trust) { m_trust = trust; }

    [[nodiscard]] const ServerFinding &finding() const { return m_finding; }
    /// For what comes next: sign-in, session.
    [[nodiscard]] const client::ServerTrust &serverTrust() const { return m_trust; }

Q_SIGNALS:
    void changed();

private:
    void begin();
    void askHealth(const QUrl &server);
    void askKind(const QUrl &server, bool isReady);
    void tell(ServerFinding finding);

    QTimer m_pause;
    QString m_typed;
    Exchange m_exchange;
    client::ServerTrust m_trust;
    ServerFinding m_finding;
};
} // namespace belfry::account
