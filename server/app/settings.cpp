#include "app/settings.h"

#include "app/setting_values.h"

namespace belfry::app {
namespace {
Setting withFlag(const char *name, const char *environment, const char *value, const char *fallback,
                 const char *help, decltype(Setting::apply) apply)
{
    return {name, environment, true, true, false, value, fallback, help, std::move(apply)};
}

Setting secret(const char *name, const char *environment, const char *help, decltype(Setting::apply) apply)
{
    return {name, environment, false, true, false, "TEXT", "", help, std::move(apply)};
}

void addAddresses(std::vector<Setting> &table)
{
    table.push_back(
        {"listen", "BELFRY_LISTEN", true, true, true, "HOST:PORT", "127.0.0.1:8080",
         "Address for HTTP and WebSocket; may be given several times, in the environment with commas. "
         "Port 0 picks one. `HOST:PORT/array` answers the legacy list as a bare array, "
         "`HOST:PORT/plain` speaks HTTP although a certificate is set.",
         toListen(&Config::listen)});
    table.push_back(withFlag("tls_certificate", "BELFRY_TLS_CERTIFICATE", "FILE", "",
                             "Certificate in PEM, its chain behind it: all addresses but `/plain` ones then "
                             "speak HTTPS and WSS, TLS 1.2 and 1.3. Read again on SIGHUP and once a day.",
                             toPath(&Config::tlsCertificate)));
    table.push_back(withFlag("tls_key", "BELFRY_TLS_KEY", "FILE", "",
                             "The certificate's key in PEM, without a password.", toPath(&Config::tlsKey)));
    table.push_back(withFlag("hsts_max_age", "BELFRY_HSTS_MAX_AGE", "S", "31536000",
                             "Seconds for which browsers shall come back by HTTPS only, told on every answer "
                             "by TLS but to `localhost`; 0: not told.",
                             toInt(&Config::hstsMaxAge, 0, 2'000'000'000)));
    table.push_back(
        {"ready_file", "BELFRY_READY_FILE", true, false, false, "FILE", "",
         "Written with `pid`, `addresses` and `version` as JSON once requests are answered; removed at a "
         "clean stop.",
         toPath(&Config::readyFile)});
}

void addStorage(std::vector<Setting> &table)
{
    table.push_back(withFlag("data_dir", "BELFRY_DATA_DIR", "DIR", "the XDG state folder + /belfry",
                             "Folder for the database, the lock file and the bootstrap key.",
                             toPath(&Config::dataDir)));
    table.push_back(withFlag("database_url", "BELFRY_DATABASE_URL", "URL", "sqlite in the data folder",
                             "`sqlite:///abs/path` or `postgresql://user:password@host:port/name`; with a "
                             "password use the environment or the file.",
                             toDatabaseUrl(&Config::databaseUrl)));
    table.push_back(withFlag("bus", "BELFRY_BUS", "NAME", "memory",
                             "The internal stream. This version has `memory`.", toBus(&Config::bus)));
    table.push_back(withFlag("outbox", "BELFRY_OUTBOX", "off|external", "off",
                             "`external`: each change is also a row of the table `outbox`, in its own "
                             "transaction, for a relay of yours: a change-data-capture tool, or a program "
                             "that asks the database (docs/outbox.md).",
                             toOutbox(&Config::outbox)));
    table.push_back(withFlag("readers", "BELFRY_READERS", "N", "2",
                             "Threads that read from the database, 1–16.", toInt(&Config::readers, 1, 16)));
    table.push_back(withFlag("write_queue", "BELFRY_WRITE_QUEUE", "N", "8192",
                             "Writes that may wait for the writer; more are answered 503.",
                             toInt(&Config::writeQueue, 64, 1'000'000)));
}

void addRetention(std::vector<Setting> &table)
{
    table.push_back(
        withFlag("retain_notifications", "BELFRY_RETAIN_NOTIFICATIONS", "DAYS", "90",
                 "How long a notification is kept, at least 7, since senders may repeat themselves so long; "
                 "one that still stands stays. 0: for ever.",
                 toDays(&Config::retainNotifications, 7)));
    table.push_back(withFlag(
        "retain_deleted", "BELFRY_RETAIN_DELETED", "DAYS", "30",
        "How long what a user deleted is kept, at least 7; for up to 30 it can be undone. 0: as long "
        "as others.",
        toDays(&Config::retainDeleted, 7)));
    table.push_back(withFlag("retain_log", "BELFRY_RETAIN_LOG", "DAYS", "30",
                             "How long a client may be away and still catch up change by change; after that "
                             "it loads a snapshot. 0: for ever.",
                             toDays(&Config::retainLog, 1)));
    table.push_back(withFlag("retain_deliveries", "BELFRY_RETAIN_DELIVERIES", "DAYS", "30",
                             "How long finished deliveries to webhooks and their attempts are kept; "
                             "0: for ever.",
                             toDays(&Config::retainDeliveries, 1)));
    table.push_back(withFlag("retain_dead_letters", "BELFRY_RETAIN_DEAD_LETTERS", "DAYS", "90",
                             "How long dead letters wait to be driven again; 0: for ever.",
                             toDays(&Config::retainDeadLetters, 1)));
    table.push_back(withFlag("retain_audit", "BELFRY_RETAIN_AUDIT", "DAYS", "365",
                             "How long the audit log is kept, at least 365; 0: for ever.",
                             toDays(&Config::retainAudit, 365)));
    table.push_back(withFlag("retain_outbox", "BELFRY_RETAIN_OUTBOX", "DAYS", "7",
                             "How long rows of the outbox wait to be marked as published (then they go at "
                             "once); 0: for ever.",
                             toDays(&Config::retainOutbox, 1)));
}

void addAccess(std::vector<Setting> &table)
{
    table.push_back(secret("admin_key", "BELFRY_ADMIN_KEY",
                           "A key with all scopes, valid only while it is set; at least 16 characters.",
                           toSecret(&Config::adminKey, 16)));
    table.push_back(secret(
        "jwt_secret", "BELFRY_JWT_SECRET",
        "Secret of the HS256 user tokens, at least 32 characters. Absent: made once in the data folder.",
        toSecret(&Config::jwtSecret, 32)));
    table.push_back(
        withFlag("jwt_jwks", "BELFRY_JWT_JWKS", "FILE|URL", "",
                 "JSON Web Key Set with the Ed25519 keys of your issuer, whose EdDSA user tokens are "
                 "then believed too: a file, or an `https` URL (`http` on this machine). Read again "
                 "on SIGHUP, every 5 min, and when a token names a key that is not in it.",
                 toKeySet(&Config::jwtKeySet)));
    table.push_back(
        withFlag("users_on_first_use", "BELFRY_USERS_ON_FIRST_USE", "0|1", "1",
                 "Whether a notification to an unknown user makes that user; 0: it is answered 404.",
                 toBool(&Config::usersOnFirstUse)));
    table.push_back(withFlag("legacy_open", "BELFRY_LEGACY_OPEN", "loopback|never", "loopback",
                             "Whether the legacy routes are open without a key to programs on this machine.",
                             toLegacyOpen(&Config::legacyOpen)));
    table.push_back(
        {"cors_origins", "BELFRY_CORS_ORIGINS", true, true, true, "ORIGIN", "none",
         "Web pages of this origin (`https://app.example`) may use the API from a browser; may be "
         "given several times, in the environment with commas.",
         toOrigins(&Config::corsOrigins)});
}

void addProxies(std::vector<Setting> &table)
{
    table.push_back({"trusted_proxies", "BELFRY_TRUSTED_PROXIES", true, true, true, "CIDR", "loopback",
                     "Proxies before this server, such as `10.1.0.0/16`, that are believed what they say in "
                     "`X-Forwarded-For` or `Forwarded` of where a request comes from; may be given several "
                     "times, in the environment with commas. `loopback` are those on this machine, `none` is "
                     "nobody.",
                     toTrustedProxies(&Config::trustedProxies)});
}

void addChannels(std::vector<Setting> &table)
{
    table.push_back({"webhook_allow", "BELFRY_WEBHOOK_ALLOW", true, true, true, "CIDR", "none",
                     "Addresses that are not public and that webhooks may lead to all the same, such as "
                     "`10.1.0.0/16`; may be "
                     "given several times, in the environment with commas.",
                     toAddressRanges(&Config::webhookAllow)});
}

void addLimits(std::vector<Setting> &table)
{
    table.push_back(withFlag("limit_key_rate", "BELFRY_LIMIT_KEY_RATE", "N", "100",
                             "Requests a second per key, and per address for the anonymous; 0: no limit.",
                             toDouble(&Config::keyRate, 0, 1e9)));
    table.push_back(withFlag("limit_key_burst", "BELFRY_LIMIT_KEY_BURST", "N", "200",
                             "Requests that may come at once before the rate holds.",
                             toDouble(&Config::keyBurst, 1, 1e9)));
    table.push_back(withFlag("limit_batch_rate", "BELFRY_LIMIT_BATCH_RATE", "N", "10000",
                             "Recipients a second of batches and of `user_ids` per key; 0: no limit.",
                             toDouble(&Config::batchRate, 0, 1e9)));
    table.push_back(withFlag("max_connections", "BELFRY_MAX_CONNECTIONS", "N", "50000",
                             "Connections of this process.",
                             toInt(&Config::connectionsPerNode, 1, 10'000'000)));
    table.push_back(withFlag("max_open_per_address", "BELFRY_MAX_OPEN_PER_ADDRESS", "N", "1000",
                             "Connections of any kind from one address (of IPv6 a /64) that is not in "
                             "`trusted_proxies`; more are closed at once. 0: no limit.",
                             toInt(&Config::openPerAddress, 0, 10'000'000)));
    table.push_back(withFlag("max_connections_per_user", "BELFRY_MAX_CONNECTIONS_PER_USER", "N", "20",
                             "Live connections of one user; more are closed with 4009.",
                             toInt(&Config::connectionsPerUser, 1, 1'000'000)));
    table.push_back(withFlag("max_connections_per_address", "BELFRY_MAX_CONNECTIONS_PER_ADDRESS", "N", "100",
                             "Live connections without a key from one address; more are closed with 4009.",
                             toInt(&Config::connectionsPerAddress, 1, 1'000'000)));
}

void addRunning(std::vector<Setting> &table)
{
    table.push_back(withFlag("loops", "BELFRY_LOOPS", "N", "one per core",
                             "Gateway loops (threads that serve connections).",
                             toInt(&Config::loops, 0, 256)));
    table.push_back(withFlag("log_level", "BELFRY_LOG_LEVEL", "LEVEL", "info",
                             "debug, info, warning or error.", toLogLevel(&Config::logLevel)));
    table.push_back(withFlag("log_format", "BELFRY_LOG_FORMAT", "FORMAT", "text",
                             "text, or json: one object a line, also for why a start failed.",
                             toLogFormat(&Config::logFormat)));
    table.push_back(
        {"test_clock", "BELFRY_TEST_CLOCK", false, false, false, "FILE", "",
         "Tests only: a file with an offset in seconds for the scheduler's clock, read each second. Needs "
         "--allow-test-clock.",
         toPath(&Config::testClock)});
    table.push_back({"allow_test_clock", "", true, false, false, "", "",
                     "Tests only: lets BELFRY_TEST_CLOCK move time.", toSwitch(&Config::allowTestClock)});
}
} // namespace

QByteArray Setting::flagName() const
{
    return QByteArray(name).replace('_', '-');
}

const std::vector<Setting> &settings()
{
    static const std::vector<Setting> table = [] {
        std::vector<Setting> rows;
        addAddresses(rows);
        addStorage(rows);
        addRetention(rows);
        addAccess(rows);
        addProxies(rows);
        addChannels(rows);
        addLimits(rows);
        addRunning(rows);
        return rows;
    }();
    return table;
}

QByteArray settingsAsMarkdown()
{
    QByteArray out = "| flag | environment | file | default | what |\n|---|---|---|---|---|\n";
    for (const Setting &setting : settings()) {
        const QByteArray value = setting.valueName.isEmpty() ? QByteArray() : " " + setting.valueName;
        const auto code = [](const QByteArray &text) {
            return text.isEmpty() ? QByteArray("–") : '`' + text + '`';
        };
        QByteArray flag = code(setting.flag ? "--" + setting.flagName() + value : QByteArray());
        flag.replace('|', "\\|");
        out += "| " + flag + " | " + code(setting.environment) + " | " +
               code(setting.inFile ? setting.name : QByteArray()) + " | " +
               (setting.fallback.isEmpty() ? QByteArray("–") : setting.fallback) + " | " + setting.help +
               " |\n";
    }
    return out;
}
} // namespace belfry::app
