#include "app/setting_values.h"

#include "app/key_set_source.h"
#include "channels/address_guard.h"
#include "store/postgres/pg_url.h"

#include <QDir>
#include <QUrl>
#include <algorithm>
#include <cmath>

namespace belfry::app {
namespace {
using model::ErrorCode;
using model::fail;
using model::Result;
using model::VoidResult;

auto invalid(const QByteArray &value, const QByteArray &allowed)
{
    return fail(ErrorCode::Invalid, "`" + value + "` is not usable: " + allowed);
}

/// A setting with one value out of a few words.
template<typename T>
Apply toWord(T Config::*member, std::vector<std::pair<QByteArray, T>> words)
{
    return [member, words = std::move(words)](Config &config, const QByteArrayList &values) -> VoidResult {
        QByteArrayList names;
        for (const auto &[word, value] : words) {
            if (values.last() == word) {
                config.*member = value;
                return {};
            }
            names.append(word);
        }
        return invalid(values.last(), "must be one of " + names.join(", "));
    };
}

struct HostPort
{
    QByteArray host;
    quint16 port = 0;
};

std::optional<HostPort> splitHostPort(const QByteArray &text)
{
    const qsizetype colon = text.lastIndexOf(':');
    if (colon <= 0)
        return std::nullopt;
    bool ok = false;
    const quint16 port = text.sliced(colon + 1).toUShort(&ok);
    QByteArray host = text.first(colon);
    if (host.startsWith('[') && host.endsWith(']'))
        host = host.sliced(1, host.size() - 2);
    else if (host.contains(':'))
        return std::nullopt;
    return ok ? std::optional(HostPort{host, port}) : std::nullopt;
}

QString absolutePath(const QByteArray &encoded)
{
    return QDir::current().absoluteFilePath(QString::fromLocal8Bit(QByteArray::fromPercentEncoding(encoded)));
}

/// What may follow an address, each behind a slash. The paths are what the file's `[[listen]]` becomes.
bool applyWord(Listen &listen, const QByteArray &word)
{
    const auto valueOf = [&](const char *name) {
        return word.startsWith(name) ? word.sliced(qstrlen(name)) : QByteArray();
    };
    if (word == "array")
        listen.dialect = ListenDialect::Array;
    else if (word == "plain")
        listen.tls = ListenTls::Off;
    else if (word == "tls")
        listen.tls = ListenTls::On;
    else if (const QByteArray path = valueOf("certificate="); !path.isEmpty())
        listen.tlsFiles.certificate = absolutePath(path);
    else if (const QByteArray keyPath = valueOf("key="); !keyPath.isEmpty())
        listen.tlsFiles.key = absolutePath(keyPath);
    else
        return false;
    return true;
}

Result<Listen> parseListen(const QByteArray &text)
{
    Listen listen;
    QByteArrayList words = text.split('/');
    const auto parts = splitHostPort(words.takeFirst());
    const bool known = std::ranges::all_of(words, [&](const QByteArray &w) { return applyWord(listen, w); });
    const QByteArray host =
        !parts || parts->host != "localhost" ? (parts ? parts->host : QByteArray()) : "127.0.0.1";
    if (!parts || !known || !listen.host.setAddress(QString::fromLatin1(host)))
        return invalid(text, "must be ADDRESS:PORT with a numeric address, such as 127.0.0.1:8080 or "
                             "[::1]:8080, and /array, /plain or /tls behind it where wanted");
    listen.port = parts->port;
    return listen;
}

/// As a browser sends it (RFC 6454, section 6.2): scheme, host and a port that is not the scheme's own.
bool isOrigin(const QByteArray &text)
{
    const QUrl url(QString::fromLatin1(text), QUrl::StrictMode);
    const bool isWeb = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    const int ownPort = url.scheme() == QLatin1String("http") ? 80 : 443;
    if (!url.isValid() || !isWeb || url.host().isEmpty() || url.port() == ownPort)
        return false;
    const QByteArray port = url.port() < 0 ? QByteArray() : ':' + QByteArray::number(url.port());
    return text == url.scheme().toLatin1() + "://" + url.host(QUrl::FullyEncoded).toLatin1() + port;
}
} // namespace

Apply toInt(int Config::*member, int least, int most)
{
    return [=](Config &config, const QByteArrayList &values) -> VoidResult {
        bool ok = false;
        const int number = values.last().toInt(&ok);
        if (!ok || number < least || number > most)
            return invalid(values.last(), "must be a whole number from " + QByteArray::number(least) +
                                              " to " + QByteArray::number(most));
        config.*member = number;
        return {};
    };
}

Apply toDays(int Config::*member, int least)
{
    return [=](Config &config, const QByteArrayList &values) -> VoidResult {
        constexpr int most = 36'500;
        bool ok = false;
        const int number = values.last().toInt(&ok);
        if (!ok || (number != 0 && (number < least || number > most)))
            return invalid(values.last(), "must be 0 (for ever), or whole days from " +
                                              QByteArray::number(least) + " to " + QByteArray::number(most));
        config.*member = number;
        return {};
    };
}

Apply toDouble(double Config::*member, double least, double most)
{
    return [=](Config &config, const QByteArrayList &values) -> VoidResult {
        bool ok = false;
        const double number = values.last().toDouble(&ok);
        if (!ok || !std::isfinite(number) || number < least || number > most)
            return invalid(values.last(), "must be a number from " + QByteArray::number(least) + " to " +
                                              QByteArray::number(most, 'f', 0));
        config.*member = number;
        return {};
    };
}

Apply toBool(bool Config::*member)
{
    return toWord<bool>(
        member, {{"1", true}, {"0", false}, {"true", true}, {"false", false}, {"yes", true}, {"no", false}});
}

Apply toSwitch(bool Config::*member)
{
    return [member](Config &config, const QByteArrayList &) -> VoidResult {
        config.*member = true;
        return {};
    };
}

Apply toPath(QString Config::*member)
{
    return [member](Config &config, const QByteArrayList &values) -> VoidResult {
        if (values.last().isEmpty())
            return invalid(values.last(), "must name a path");
        config.*member = QDir::current().absoluteFilePath(QString::fromLocal8Bit(values.last()));
        return {};
    };
}

Apply toSecret(QByteArray Config::*member, int leastCharacters)
{
    return [=](Config &config, const QByteArrayList &values) -> VoidResult {
        if (values.last().size() < leastCharacters)
            // The value itself is never shown.
            return fail(ErrorCode::Invalid,
                        "is too short: use at least " + QByteArray::number(leastCharacters) + " characters");
        config.*member = values.last();
        return {};
    };
}

Apply toListen(std::vector<Listen> Config::*member)
{
    return [member](Config &config, const QByteArrayList &values) -> VoidResult {
        std::vector<Listen> parsed;
        for (const QByteArray &value : values) {
            for (const QByteArray &one : value.split(',')) {
                const auto listen = parseListen(one.trimmed());
                if (!listen)
                    return tl::unexpected(listen.error());
                parsed.push_back(*listen);
            }
        }
        config.*member = std::move(parsed);
        return {};
    };
}

Apply toKeySet(QByteArray Config::*member)
{
    return [member](Config &config, const QByteArrayList &values) -> VoidResult {
        if (auto usable = KeySetSource::check(values.last()); !usable)
            return invalid(values.last(), usable.error().detail);
        config.*member = values.last();
        return {};
    };
}

Apply toOrigins(QByteArrayList Config::*member)
{
    return [member](Config &config, const QByteArrayList &values) -> VoidResult {
        QByteArrayList origins;
        for (const QByteArray &one : values.join(',').split(',')) {
            const QByteArray origin = one.trimmed().toLower();
            if (!isOrigin(origin))
                return invalid(one, "must be an origin such as https://app.example or "
                                    "http://localhost:5173, without a path");
            origins.append(origin);
        }
        config.*member = origins;
        return {};
    };
}

Apply toAddressRanges(QByteArrayList Config::*member)
{
    return [member](Config &config, const QByteArrayList &values) -> VoidResult {
        QByteArrayList ranges;
        for (const QByteArray &one : values.join(',').split(',')) {
            if (!one.trimmed().isEmpty())
                ranges.append(one.trimmed());
        }
        if (const auto guard = channels::AddressGuard::make(ranges); !guard)
            return tl::unexpected(guard.error());
        config.*member = ranges;
        return {};
    };
}

Apply toTrustedProxies(api::TrustedProxies Config::*member)
{
    return [member](Config &config, const QByteArrayList &values) -> VoidResult {
        QByteArrayList ranges;
        for (const QByteArray &one : values.join(',').split(',')) {
            if (!one.trimmed().isEmpty())
                ranges.append(one.trimmed());
        }
        return api::TrustedProxies::make(ranges).map(
            [&](const api::TrustedProxies &proxies) { config.*member = proxies; });
    };
}

Apply toDatabaseUrl(QByteArray Config::*member)
{
    return [member](Config &config, const QByteArrayList &values) -> VoidResult {
        const QByteArray &url = values.last();
        if (!url.startsWith("sqlite:///") && !url.startsWith("postgresql://") &&
            !url.startsWith("postgres://"))
            // A password may stand in it, so the value is not repeated.
            return fail(ErrorCode::Invalid,
                        "must be sqlite:///absolute/path or postgresql://user:password@host:port/name");
        if (url.startsWith("sqlite:///") && url.endsWith('/'))
            return fail(ErrorCode::Invalid, "must name a file: sqlite:///absolute/path");
        if (url.startsWith("postgres")) {
            if (const auto target = store::parsePgUrl(url); !target)
                return fail(ErrorCode::Invalid, target.error().detail);
        }
        config.*member = url;
        return {};
    };
}

Apply toBus(QByteArray Config::*member)
{
    return [member](Config &config, const QByteArrayList &values) -> VoidResult {
        if (values.last() != "memory")
            return invalid(values.last(), "this version has the in-process bus only: use `memory`");
        config.*member = values.last();
        return {};
    };
}

Apply toOutbox(bool Config::*member)
{
    return toWord<bool>(member, {{"off", false}, {"external", true}});
}

Apply toLegacyOpen(bool Config::*member)
{
    return toWord<bool>(member, {{"loopback", true}, {"never", false}});
}

Apply toLogLevel(LogLevel Config::*member)
{
    return toWord<LogLevel>(member, {{"debug", LogLevel::Debug},
                                     {"info", LogLevel::Info},
                                     {"warning", LogLevel::Warning},
                                     {"error", LogLevel::Error}});
}

Apply toLogFormat(LogFormat Config::*member)
{
    return toWord<LogFormat>(member, {{"text", LogFormat::Text}, {"json", LogFormat::Json}});
}
} // namespace belfry::app
