#pragma once

#include "api/trusted_proxies.h"
#include "model/result.h"

#include <QByteArrayList>
#include <QHostAddress>
#include <QString>
#include <vector>

namespace belfry::app {
/// Who the clients of an address are (decisions H07): `Array` answers S2's list as a bare array.
enum class ListenDialect { Native, Array };

/// What an address speaks: HTTPS where a certificate is at hand, unless it says so itself.
enum class ListenTls { WhereSet, Off, On };

/// Two PEM files.
struct TlsFiles
{
    QString certificate;
    QString key;
    [[nodiscard]] bool isEmpty() const { return certificate.isEmpty() && key.isEmpty(); }
    friend bool operator==(const TlsFiles &, const TlsFiles &) = default;
};

struct Listen
{
    QHostAddress host;
    quint16 port = 0;
    ListenDialect dialect = ListenDialect::Native;
    ListenTls tls = ListenTls::WhereSet;
    TlsFiles tlsFiles{}; ///< its own; none: those of the configuration
    friend bool operator==(const Listen &, const Listen &) = default;
};

enum class LogFormat { Text, Json };
enum class LogLevel { Debug, Info, Warning, Error };

/// Everything that can be set. One row of the settings table (settings.h) for each member.
struct Config
{
    std::vector<Listen> listen;
    QString dataDir;
    QByteArray databaseUrl; ///< empty: sqlite in the data folder
    QByteArray bus = "memory";
    bool outbox = false; ///< each change is a row of the outbox too, for a relay that is not ours
    QByteArray adminKey;
    QByteArray jwtSecret;
    QByteArray jwtKeySet; ///< path or URL of the JSON Web Key Set; empty: none
    QString tlsCertificate;
    QString tlsKey;
    int hstsMaxAge = 31'536'000; ///< seconds; 0: not sent
    QString readyFile;
    int loops = 0;
    int readers = 2;
    int writeQueue = 8192;
    LogLevel logLevel = LogLevel::Info;
    LogFormat logFormat = LogFormat::Text;
    bool usersOnFirstUse = true;
    bool legacyOpen = true;
    QByteArrayList corsOrigins; ///< such as "https://app.example" (decisions H64)
    api::TrustedProxies trustedProxies;
    int retainNotifications = 90; ///< days, 0: for ever; so are all of these
    int retainDeleted = 30;
    int retainLog = 30;
    int retainDeliveries = 30;
    int retainDeadLetters = 90;
    int retainAudit = 365;
    int retainOutbox = 7;
    QByteArrayList webhookAllow; ///< CIDR that the SSRF guard lets through (decisions H47)
    double keyRate = 100;
    double keyBurst = 200;
    double batchRate = 10'000;
    int connectionsPerNode = 50'000;
    int openPerAddress = 1'000;
    int connectionsPerUser = 20;
    int connectionsPerAddress = 100;
    QString testClock; ///< file with an offset in seconds; only with --allow-test-clock
    bool allowTestClock = false;

    /// The pair that this address is served with; empty: plain HTTP.
    [[nodiscard]] TlsFiles tlsOf(const Listen &address) const;
    /// The URL that is really opened.
    [[nodiscard]] QByteArray effectiveDatabaseUrl() const;
};
} // namespace belfry::app
