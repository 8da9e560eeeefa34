#include "app/config_loader.h"

#include "app/config_file.h"
#include "app/settings.h"

#include <QCommandLineParser>
#include <QProcessEnvironment>
#include <QStandardPaths>
#include <algorithm>

namespace belfry::app {
namespace {
using model::ErrorCode;
using model::fail;
using model::Result;
using model::VoidResult;

/// Flags that belong to single commands.
const QStringList &commandOptions()
{
    static const QStringList names{
        QStringLiteral("name"),     QStringLiteral("scopes"),  QStringLiteral("expires"),
        QStringLiteral("overlap"),  QStringLiteral("user"),    QStringLiteral("url"),
        QStringLiteral("key-file"), QStringLiteral("ca-file"), QStringLiteral("host"),
        QStringLiteral("email"),    QStringLiteral("role"),    QStringLiteral("query")};
    return names;
}

void addOptions(QCommandLineParser &parser)
{
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
    parser.addOption({{QStringLiteral("h"), QStringLiteral("help")}, {}});
    parser.addOption({QStringLiteral("version"), {}});
    parser.addOption({QStringLiteral("config"), {}, QStringLiteral("FILE")});
    for (const char *name : {"new-epoch", "markdown", "no-password"})
        parser.addOption({QString::fromLatin1(name), {}});
    for (const QString &name : commandOptions())
        parser.addOption({name, {}, QStringLiteral("TEXT")});
    for (const Setting &setting : settings()) {
        if (setting.flag)
            parser.addOption(
                {QString::fromLatin1(setting.flagName()), {}, QString::fromLatin1(setting.valueName)});
    }
}

void takeOptions(const QCommandLineParser &parser, CommandLine &line)
{
    for (const QString &name : commandOptions()) {
        if (parser.isSet(name))
            line.options.insert(name, parser.value(name));
    }
    for (const QString &name :
         {QStringLiteral("new-epoch"), QStringLiteral("markdown"), QStringLiteral("no-password")}) {
        if (parser.isSet(name))
            line.options.insert(name, {});
    }
    for (const Setting &setting : settings()) {
        const QString flag = QString::fromLatin1(setting.flagName());
        if (!setting.flag || !parser.isSet(flag))
            continue;
        QByteArrayList values;
        for (const QString &value : parser.values(flag))
            values.append(value.toLocal8Bit());
        line.settings.insert(setting.name, values);
    }
}

struct Found
{
    QByteArrayList values;
    QByteArray where;
};

std::optional<Found> find(const Setting &setting, const CommandLine &line,
                          const QMap<QByteArray, QByteArray> &environment,
                          const QMap<QByteArray, QByteArrayList> &file)
{
    if (line.settings.contains(setting.name))
        return Found{line.settings.value(setting.name), "--" + setting.flagName()};
    if (!setting.environment.isEmpty() && environment.contains(setting.environment))
        return Found{{environment.value(setting.environment)}, setting.environment};
    if (file.contains(setting.name))
        return Found{file.value(setting.name), line.configFile.toLocal8Bit() + ": " + setting.name};
    return std::nullopt;
}

QString defaultDataDir()
{
    // Qt 6.4 has no StateLocation (XDG_STATE_HOME).
    const QString state = qEnvironmentVariable("XDG_STATE_HOME");
    const QString base = state.startsWith(QLatin1Char('/'))
                             ? state
                             : QStandardPaths::writableLocation(QStandardPaths::HomeLocation) +
                                   QStringLiteral("/.local/state");
    return base + QStringLiteral("/belfry");
}

Result<QMap<QByteArray, QByteArrayList>> readFile(const CommandLine &line)
{
    if (line.configFile.isEmpty())
        return QMap<QByteArray, QByteArrayList>();
    return readConfigFile(line.configFile);
}

/// Port 0 is another port each time.
VoidResult checkListen(const std::vector<Listen> &listen)
{
    for (auto it = listen.begin(); it != listen.end(); ++it) {
        const bool again = std::any_of(listen.begin(), it, [&](const Listen &before) {
            return it->port != 0 && before.port == it->port && before.host == it->host;
        });
        if (again)
            return fail(ErrorCode::Invalid, "listen: " + it->host.toString().toLatin1() + ':' +
                                                QByteArray::number(it->port) +
                                                " is named twice: leave one out");
    }
    return {};
}

/// Files are looked at later, by those commands that need them (tls_files.h).
VoidResult checkTls(const Config &config)
{
    const auto isHalf = [](const TlsFiles &files) {
        return files.certificate.isEmpty() != files.key.isEmpty();
    };
    if (isHalf({config.tlsCertificate, config.tlsKey}))
        return fail(ErrorCode::Invalid, "tls_certificate and tls_key go together: name both files, or "
                                        "neither for plain HTTP");
    for (const Listen &listen : config.listen) {
        const QByteArray where =
            "listen: " + listen.host.toString().toLatin1() + ':' + QByteArray::number(listen.port) + ": ";
        if (isHalf(listen.tlsFiles))
            return fail(ErrorCode::Invalid,
                        where + "tls_certificate and tls_key go together: name both files, or neither");
        if (listen.tls == ListenTls::Off && !listen.tlsFiles.isEmpty())
            return fail(ErrorCode::Invalid,
                        where + "has a certificate and says that it speaks plain HTTP: leave one out");
        if (listen.tls == ListenTls::On && config.tlsOf(listen).isEmpty())
            return fail(ErrorCode::Invalid,
                        where + "is to speak TLS without a certificate: set tls_certificate and tls_key "
                                "(`belfryd tls self-signed` makes a pair to try out)");
    }
    return {};
}

VoidResult checkTogether(const Config &config)
{
    if (!config.testClock.isEmpty() && !config.allowTestClock)
        return fail(ErrorCode::Invalid,
                    "BELFRY_TEST_CLOCK: moves time and is for tests only: unset it, or add "
                    "--allow-test-clock");
    if (auto tls = checkTls(config); !tls)
        return tls;
    return checkListen(config.listen);
}

VoidResult checkUnknown(const QMap<QByteArray, QByteArray> &environment)
{
    // A Redis or a broker that is asked for and silently not used would be worse than a refusal.
    for (const char *name :
         {"BELFRY_REDIS_URL", "BELFRY_KAFKA_BROKERS", "BELFRY_NATS_URL", "BELFRY_RABBITMQ_URL"}) {
        if (environment.contains(name))
            return fail(ErrorCode::Invalid,
                        QByteArray(name) + ": this version has no adapter for it; unset it");
    }
    return {};
}
} // namespace

TlsFiles Config::tlsOf(const Listen &address) const
{
    if (address.tls == ListenTls::Off || !address.tlsFiles.isEmpty())
        return address.tlsFiles;
    return {tlsCertificate, tlsKey};
}

QByteArray Config::effectiveDatabaseUrl() const
{
    return databaseUrl.isEmpty() ? "sqlite://" + dataDir.toLocal8Bit() + "/belfry.db" : databaseUrl;
}

QMap<QByteArray, QByteArray> belfryEnvironment()
{
    QMap<QByteArray, QByteArray> found;
    const auto environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys()) {
        if (name.startsWith(QLatin1String("BELFRY_")))
            found.insert(name.toLocal8Bit(), environment.value(name).toLocal8Bit());
    }
    return found;
}

Result<CommandLine> parseCommandLine(const QStringList &arguments)
{
    QCommandLineParser parser;
    addOptions(parser);
    if (!parser.parse(arguments))
        return fail(ErrorCode::Invalid, parser.errorText().toUtf8() + " See `belfryd --help`.");
    CommandLine line;
    line.words = parser.positionalArguments();
    line.help = parser.isSet(QStringLiteral("help"));
    line.version = parser.isSet(QStringLiteral("version"));
    line.configFile = parser.value(QStringLiteral("config"));
    takeOptions(parser, line);
    return line;
}

Result<Config> loadConfig(const CommandLine &line, const QMap<QByteArray, QByteArray> &environment)
{
    const auto file = readFile(line);
    if (!file)
        return tl::unexpected(file.error());
    if (const auto known = checkUnknown(environment); !known)
        return tl::unexpected(known.error());
    Config config;
    for (const Setting &setting : settings()) {
        const auto found = find(setting, line, environment, *file);
        if (!found)
            continue;
        if (const auto applied = setting.apply(config, found->values); !applied)
            return fail(ErrorCode::Invalid, found->where + ": " + applied.error().detail);
    }
    if (config.listen.empty())
        config.listen.push_back({QHostAddress(QHostAddress::LocalHost), 8080});
    if (config.dataDir.isEmpty())
        config.dataDir = defaultDataDir();
    return checkTogether(config).map([&] { return config; });
}

LogFormat askedLogFormat(const CommandLine &line, const QMap<QByteArray, QByteArray> &environment)
{
    const auto file = readFile(line);
    Config config;
    for (const Setting &setting : settings()) {
        if (setting.name != "log_format")
            continue;
        if (const auto found =
                find(setting, line, environment, file.value_or(QMap<QByteArray, QByteArrayList>())))
            static_cast<void>(setting.apply(config, found->values));
    }
    return config.logFormat;
}

QByteArray usage()
{
    QByteArray out =
        "Usage: belfryd [COMMAND] [FLAGS]\n\n"
        "Commands\n"
        "  serve                 run the server (the default)\n"
        "  check-config          read the configuration, say what is wrong with it\n"
        "  migrate [--new-epoch] bring the database's schema up to date; after a restore: renew its epoch\n"
        "  keys create --name NAME --scopes a,b [--expires 90d]   make an API key, shown once\n"
        "  keys list | keys revoke ID | keys rotate-bootstrap\n"
        "  keys rotate ID [--overlap 24h]   make a key that replaces this one, which stays good that long\n"
        "  keys token --user ID  make a user token for an hour\n"
        "  users create --email MAIL [--name NAME] [--user ID] [--role ROLE]   make a user; the password is "
        "read "
        "from the standard input\n"
        "  users list [--query WORDS] | users role ID ROLE | users password ID   roles: user, auditor, "
        "operator, "
        "admin, owner\n"
        "  self-test [--url URL] [--ca-file FILE]   send a notification through a running server and take it "
        "away again\n"
        "  tls self-signed [--host a,b]   make a certificate and a key in the data folder, to try TLS out\n\n"
        "Flags (over environment, over file, over default)\n"
        "  --config FILE         TOML file with the settings below by their names\n";
    for (const Setting &setting : settings()) {
        if (!setting.flag)
            continue;
        const QByteArray name =
            "  --" + setting.flagName() + (setting.valueName.isEmpty() ? "" : " " + setting.valueName);
        out += name.leftJustified(24) + (name.size() >= 24 ? "\n" + QByteArray(24, ' ') : QByteArray()) +
               setting.help + (setting.fallback.isEmpty() ? QByteArray() : " [" + setting.fallback + "]") +
               "\n";
    }
    return out + "  --help, --version\n\nExit codes: 0 stopped well, 2 bad usage or configuration, 1 "
                 "anything else.\n";
}
} // namespace belfry::app
