#include "app/commands.h"

#include "app/command_end.h"
#include "app/key_admin.h"
#include "app/logging.h"
#include "app/output.h"
#include "app/own_data.h"
#include "app/self_test.h"
#include "app/serve.h"
#include "app/settings.h"
#include "app/tls_files.h"
#include "app/user_commands.h"
#include "auth/token.h"
#include "runtime/clock.h"
#include "service/keys.h"
#include "store/open_store.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QMap>

namespace belfry::app {
namespace {
using model::Result;

int checkConfig(const CommandLine &line, const Config &config)
{
    if (line.options.contains(QStringLiteral("markdown"))) {
        printLine(settingsAsMarkdown());
        return ExitWell;
    }
    if (const auto usable = checkTlsFiles(config, TellEnd::Yes); !usable)
        return complain(usable.error());
    QByteArrayList addresses;
    for (const Listen &listen : config.listen)
        addresses.append(listen.host.toString().toLatin1() + ':' + QByteArray::number(listen.port) +
                         (config.tlsOf(listen).isEmpty() ? "" : " (TLS)"));
    printLine("The configuration is fine: listens on " + addresses.join(", ") + ", data in " +
              config.dataDir.toLocal8Bit());
    return ExitWell;
}

int migrate(const CommandLine &line, const Config &config)
{
    if (const auto prepared = DataDir(config.dataDir).prepare(); !prepared)
        return complain(prepared.error());
    const store::StoreOptions options{config.effectiveDatabaseUrl(), config.dataDir};
    const auto report = store::migrate(options);
    if (!report)
        return complain(report.error());
    printLine(report->from == report->to
                  ? "The schema is up to date: version " + QByteArray::number(report->to)
                  : "The schema went from version " + QByteArray::number(report->from) + " to " +
                        QByteArray::number(report->to));
    if (!line.options.contains(QStringLiteral("new-epoch")))
        return ExitWell;
    const auto epoch = store::newEpoch(options);
    if (!epoch)
        return complain(epoch.error());
    printLine("New epoch " + epoch->text + ": every client loads its inbox afresh");
    return ExitWell;
}

Result<NewKey> newKey(const CommandLine &line)
{
    NewKey key;
    key.name = option(line, "name");
    if (key.name.isEmpty())
        return model::fail(model::ErrorCode::Invalid, "keys create: --name is missing: who uses the key?");
    for (const QByteArray &name : option(line, "scopes").split(',')) {
        const auto scopes = auth::scopesByName(name.trimmed());
        if (!scopes)
            return model::fail(model::ErrorCode::Invalid,
                               "keys create: --scopes: there is no scope `" + name + "`; there are " +
                                   auth::scopeNames(auth::allScopes).join(", ") + ", inbox:*, prefs:*, *");
        key.scopes |= *scopes;
    }
    const QByteArray expires = option(line, "expires");
    const auto life = parseLifetime(expires);
    if (!expires.isEmpty() && !life)
        return model::fail(model::ErrorCode::Invalid, "keys create: --expires: must be like 90d, 12h or 30m");
    if (life)
        key.expiresAt = runtime::SystemClock().now() + *life;
    return key;
}

/// How long an old key stays good beside the new one.
Result<std::chrono::seconds> overlapOf(const CommandLine &line)
{
    const QByteArray text = option(line, "overlap");
    const auto life =
        text.isEmpty() ? std::optional<model::Duration>(service::Keys::usualOverlap) : parseLifetime(text);
    if (!life || *life > service::Keys::longestOverlap)
        return model::fail(model::ErrorCode::Invalid,
                           "keys rotate: --overlap: must be like 7d, 12h or 30m, at most 7d");
    return std::chrono::duration_cast<std::chrono::seconds>(*life);
}

/// Of the data folder, made there if its server never ran; a folder that is not there has no server.
Result<QByteArray> ownSecret(const Config &config)
{
    if (const auto there = checkDataIsThere(config); !there)
        return tl::unexpected(there.error());
    if (!QFileInfo(config.dataDir).isDir())
        return model::fail(model::ErrorCode::Invalid,
                           config.dataDir.toLocal8Bit() +
                               ": there is no such folder: name the server's with --data-dir");
    return DataDir(config.dataDir).jwtSecret();
}

int makeToken(const CommandLine &line, const Config &config)
{
    const model::UserId user{option(line, "user")};
    if (user.isEmpty())
        return complain("keys token: --user is missing: whose token is it?", ExitUsage);
    const auto secret = config.jwtSecret.isEmpty() ? ownSecret(config) : Result<QByteArray>(config.jwtSecret);
    if (!secret)
        return complain(secret.error());
    const auto now = runtime::SystemClock().now();
    printLine(auth::writeToken({user, now, now + auth::longestToken, {}}, *secret));
    return ExitWell;
}

bool takesId(const QString &verb)
{
    return verb == QLatin1String("revoke") || verb == QLatin1String("rotate");
}

int keys(const CommandLine &line, const Config &config)
{
    const QString verb = line.words.value(1);
    if (verb == QLatin1String("token"))
        return makeToken(line, config);
    const auto key = verb == QLatin1String("create") ? newKey(line) : Result<NewKey>();
    if (!key)
        return complain(key.error());
    const QByteArray id = line.words.value(2).toUtf8();
    const QStringList verbs{QStringLiteral("create"), QStringLiteral("list"), QStringLiteral("revoke"),
                            QStringLiteral("rotate"), QStringLiteral("rotate-bootstrap")};
    if (!verbs.contains(verb) || (takesId(verb) && id.isEmpty()))
        return complain("usage: belfryd keys create|list|revoke ID|rotate ID|rotate-bootstrap|token",
                        ExitUsage);
    const auto overlap = overlapOf(line);
    if (!overlap)
        return complain(overlap.error());
    const auto admin = openKeyAdmin(config);
    if (!admin)
        return complain(admin.error());
    return waitFor([&](KeyAdmin::Printed printed) {
        if (verb == QLatin1String("create"))
            (*admin)->create(*key, std::move(printed));
        else if (verb == QLatin1String("list"))
            (*admin)->list(std::move(printed));
        else if (verb == QLatin1String("revoke"))
            (*admin)->revoke(id, std::move(printed));
        else if (verb == QLatin1String("rotate"))
            (*admin)->rotate(id, *overlap, std::move(printed));
        else
            (*admin)->rotateBootstrap(std::move(printed));
    });
}

int tls(const CommandLine &line, const Config &config)
{
    if (line.words.value(1) != QLatin1String("self-signed"))
        return complain("usage: belfryd tls self-signed [--host NAME,ADDRESS]", ExitUsage);
    QByteArrayList names;
    for (const QByteArray &name : option(line, "host").split(',')) {
        if (!name.trimmed().isEmpty())
            names.append(name.trimmed());
    }
    const auto written = writeSelfSigned(config.dataDir, names);
    if (!written)
        return complain(written.error());
    printLine(*written);
    return ExitWell;
}

int selfTest(const CommandLine &line, const Config &config)
{
    auto server = findRunningServer(config, {line.options.value(QStringLiteral("url")),
                                             line.options.value(QStringLiteral("key-file")),
                                             line.options.value(QStringLiteral("ca-file"))});
    if (!server)
        return complain(server.error());
    int code = ExitWell;
    QByteArray last;
    const auto stepped = [&last](const QByteArray &step) {
        last = step;
        printLine("self-test: " + step);
    };
    SelfTest test(std::move(*server), stepped, [&](const QByteArray &failure) {
        if (failure.isEmpty())
            printLine("self-test: everything works");
        else
            code = complain("self-test failed at: " + last + ": " + failure, ExitFailure);
        QCoreApplication::quit();
    });
    test.start();
    QCoreApplication::exec();
    return code;
}

using Command = int (*)(const CommandLine &, const Config &);

const QMap<QString, Command> &commands()
{
    static const QMap<QString, Command> table{
        {QStringLiteral("serve"), [](const CommandLine &, const Config &config) { return serve(config); }},
        {QStringLiteral("check-config"), checkConfig},
        {QStringLiteral("migrate"), migrate},
        {QStringLiteral("keys"), keys},
        {QStringLiteral("users"), users},
        {QStringLiteral("tls"), tls},
        {QStringLiteral("self-test"), selfTest},
    };
    return table;
}

/// A command, the verb of `keys`, `users` and `tls`, what it is about.
qsizetype mostWords(const CommandLine &line)
{
    if (line.words.value(0) == QLatin1String("tls"))
        return 2;
    if (line.words.value(0) == QLatin1String("users"))
        return mostUserWords(line);
    if (line.words.value(0) != QLatin1String("keys"))
        return 1;
    return takesId(line.words.value(1)) ? 3 : 2;
}
} // namespace

int runCommand(const CommandLine &line)
{
    if (line.help) {
        printLine(usage());
        return ExitWell;
    }
    if (line.version) {
        printLine("belfryd " BELFRY_VERSION);
        return ExitWell;
    }
    const auto environment = belfryEnvironment();
    startLogging(LogLevel::Info, askedLogFormat(line, environment));
    const QString word = line.words.isEmpty() ? QStringLiteral("serve") : line.words.first();
    const Command command = commands().value(word);
    if (!command)
        return complain("there is no command `" + word.toUtf8() + "`; see `belfryd --help`", ExitUsage);
    if (line.words.size() > mostWords(line))
        return complain("`" + line.words.last().toUtf8() + "` is one word too many; see `belfryd --help`",
                        ExitUsage);
    const auto config = loadConfig(line, environment);
    if (!config)
        return complain(config.error());
    startLogging(config->logLevel, config->logFormat);
    return command(line, *config);
}
} // namespace belfry::app
