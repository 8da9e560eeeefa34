#include "bench/options.h"

#include "bench/credential.h"

#include <QCommandLineParser>

namespace belfry::bench {
namespace {
using model::ErrorCode;
using model::Result;
using model::VoidResult;

const char *const commandHelp =
    "ingest       POST notifications from many connections (closed loop, or --rate)\n"
    "direct       POST -> frame at the right socket (--rate 2000, or --closed)\n"
    "fanout       broadcasts with ttl 0 to all sockets (--in-flight 8, or --rate 20)\n"
    "idle         memory of signed-in sockets at rest\n"
    "storm        all sockets are cut and come back at once, with resume\n"
    "reads        list, counts, snapshot and search of many users\n"
    "fill         stores --count notifications as fast as it goes\n"
    "watch        prints a user's notifications as they arrive\n"
    "null-server  the yardstick: one plain write a socket and message, nothing stored\n"
    "keep-awake   spins in the lowest class: a processor that is measured shall not sleep\n"
    "(none)       only --fdatasync-probe FOLDER";

const char *const commands[] = {"ingest", "direct", "fanout", "idle",        "storm",
                                "reads",  "fill",   "watch",  "null-server", "keep-awake"};

QCommandLineOption option(const char *name, const char *value, const char *text)
{
    return {QString::fromLatin1(name), QString::fromLatin1(text), QString::fromLatin1(value)};
}

QCommandLineOption flag(const char *name, const char *text)
{
    return {QString::fromLatin1(name), QString::fromLatin1(text)};
}

void declare(QCommandLineParser &parser)
{
    parser.setApplicationDescription(QString::fromLatin1(commandHelp));
    parser.addPositionalArgument(QStringLiteral("command"), QStringLiteral("what to do (see above)"));
    parser.addOptions({
        option("url", "URL", "the server (default http://127.0.0.1:8080)"),
        flag("tls", "HTTPS and WSS, also where --url does not say https"),
        option("ca-file", "FILE", "with TLS: certificates to trust, in PEM; else the system's"),
        flag("insecure", "with TLS: any certificate will do"),
        option("key", "KEY", "API key; else --key-file, BELFRY_ADMIN_KEY, or the server's own bootstrap key"),
        option("key-file", "FILE", "file with the API key"),
        option("server-pid", "PID", "measure CPU and memory of this process (repeatable)"),
        option("label", "NAME", "name of the server in the report"),
        option("fdatasync-probe", "FOLDER", "measure write + fdatasync there first"),
        option("connections", "N", "HTTP connections"),
        option("sockets", "N", "WebSockets"),
        option("in-flight", "N", "broadcasts (fanout) or connects (idle, storm) at the same time"),
        option("users", "N", "users to spread over"),
        option("rate", "N", "operations a second, scheduled in advance (open loop)"),
        option("duration", "S", "seconds to measure, at most 3600"),
        option("warmup", "S", "seconds before that"),
        option("count", "N", "at most this many operations"),
        option("listen", "ADDRESS", "null-server: where to listen (default 127.0.0.1:0)"),
        option("ready-file", "FILE", "null-server: written when it listens"),
        option("user", "ID", "watch: whose notifications"),
        option("rest", "S",
               "fanout, closed loop: rest between two looks at the sockets (default 2 us a socket)"),
        flag("gather", "null-server: what comes in one turn goes out in one write a socket"),
        flag("no-delay", "null-server: TCP_NODELAY on its sockets"),
        flag("closed", "direct: closed loop over --connections"),
        flag("acks", "direct: acknowledge what arrives, as a client does"),
        flag("quiet", "no progress on stderr"),
        flag("help", "this text"),
    });
}

void applyCommandDefaults(Options &options)
{
    if (options.command == "idle" || options.command == "storm") {
        options.sockets = 10'000;
        options.inFlight = 200;
    } else if (options.command == "direct") {
        options.rate = 2000;
    } else if (options.command == "reads") {
        options.connections = 4;
    } else if (options.command == "fill") {
        options.connections = 64;
        options.count = 1'000'000;
        options.duration = 3600;
        options.warmup = 0;
    }
}

/// Reads numbers out of the parser and keeps the first complaint.
class NumberReader
{
public:
    explicit NumberReader(const QCommandLineParser &parser)
        : m_parser(parser)
    {
    }

    template<typename Number>
    void read(const char *name, Number &target, double least, double most)
    {
        const QString key = QString::fromLatin1(name);
        if (!m_parser.isSet(key) || !m_done)
            return;
        bool isNumber = false;
        const double value = m_parser.value(key).toDouble(&isNumber);
        if (isNumber && value >= least && value <= most)
            target = static_cast<Number>(value);
        else
            m_done = model::fail(ErrorCode::Malformed, QByteArray("--") + name + " must be a number from " +
                                                           QByteArray::number(least) + " to " +
                                                           QByteArray::number(most));
    }
    [[nodiscard]] const VoidResult &done() const { return m_done; }

private:
    const QCommandLineParser &m_parser;
    VoidResult m_done;
};

VoidResult readNumbers(const QCommandLineParser &parser, Options &options)
{
    NumberReader numbers(parser);
    numbers.read("connections", options.connections, 1, 10'000);
    numbers.read("sockets", options.sockets, 1, 1'000'000);
    numbers.read("in-flight", options.inFlight, 1, 1000);
    numbers.read("users", options.users, 1, 9'999'999);
    options.rest = static_cast<double>(options.sockets) * 2e-6;
    numbers.read("rest", options.rest, 0, 1);
    numbers.read("rate", options.rate, 0.001, 10'000'000);
    numbers.read("duration", options.duration, 0.01, 3600);
    numbers.read("warmup", options.warmup, 0, 3600);
    numbers.read("count", options.count, 1, 1e11);
    return numbers.done();
}

VoidResult readTrust(const QCommandLineParser &parser, Options &options)
{
    options.caFile = parser.value(QStringLiteral("ca-file")).toStdString();
    options.insecure = parser.isSet(QStringLiteral("insecure"));
    options.target.secure |= parser.isSet(QStringLiteral("tls"));
    if (!options.target.secure)
        return {};
    return TlsTrust::make(options.caFile, options.insecure).map([&](std::shared_ptr<TlsTrust> &&trust) {
        options.trust = std::move(trust);
        options.target.trust = options.trust.get();
    });
}

VoidResult readAddresses(const QCommandLineParser &parser, Options &options)
{
    const QString url = QStringLiteral("url");
    const QString listen = QStringLiteral("listen");
    if (parser.isSet(url))
        options.url = parser.value(url).toStdString();
    const auto target = parseEndpoint(options.url);
    if (!target && options.command != "watch")
        return tl::unexpected(target.error());
    options.target = target.value_or(Endpoint());
    if (auto trusted = readTrust(parser, options); !trusted)
        return trusted;
    if (!parser.isSet(listen))
        return {};
    return parseEndpoint(parser.value(listen).toStdString()).map([&](const Endpoint &value) {
        options.listen = value;
    });
}

VoidResult readPids(const QCommandLineParser &parser, std::vector<pid_t> &pids)
{
    const QStringList values = parser.values(QStringLiteral("server-pid"));
    for (const QString &value : values) {
        bool isNumber = false;
        pids.push_back(value.toInt(&isNumber));
        if (!isNumber || pids.back() <= 0)
            return model::fail(ErrorCode::Malformed, "--server-pid must be the number of a process");
    }
    return {};
}

VoidResult readCommand(const QCommandLineParser &parser, Options &options)
{
    const QStringList positional = parser.positionalArguments();
    if (positional.size() > 1)
        return model::fail(ErrorCode::Malformed, "one command only; see --help");
    if (positional.isEmpty() && !options.probeFolder.empty())
        return {};
    options.command = positional.isEmpty() ? std::string() : positional.first().toStdString();
    if (std::find(std::begin(commands), std::end(commands), options.command) == std::end(commands))
        return model::fail(ErrorCode::Malformed, "no such command; see --help");
    applyCommandDefaults(options);
    return {};
}

VoidResult readAll(const QCommandLineParser &parser, Options &options)
{
    const auto text = [&parser](const char *name) {
        return parser.value(QString::fromLatin1(name)).toStdString();
    };
    const auto isSet = [&parser](const char *name) { return parser.isSet(QString::fromLatin1(name)); };
    options.probeFolder = text("fdatasync-probe");
    if (auto done = readCommand(parser, options); !done)
        return done;
    options.label = text("label");
    options.readyFile = text("ready-file");
    options.user = text("user");
    options.acks = isSet("acks");
    options.quiet = isSet("quiet");
    options.gather = isSet("gather");
    options.noDelay = isSet("no-delay");
    if (isSet("closed"))
        options.rate = 0;
    if (auto done = readNumbers(parser, options); !done)
        return done;
    if (auto done = readPids(parser, options.serverPids); !done)
        return done;
    if (auto done = readAddresses(parser, options); !done)
        return done;
    return findKey(text("key"), text("key-file")).map([&](std::string &&key) {
        options.key = std::move(key);
    });
}
} // namespace

Result<Options> parseOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    declare(parser);
    if (!parser.parse(arguments))
        return model::fail(ErrorCode::Malformed, parser.errorText().toUtf8());
    if (parser.isSet(QStringLiteral("help")))
        return model::fail(ErrorCode::Conflict, helpText());
    Options options;
    if (auto done = readAll(parser, options); !done)
        return tl::unexpected(done.error());
    return options;
}

model::Text helpText()
{
    QCommandLineParser parser;
    declare(parser);
    // Qt would name the program of its application object, and there is none.
    const QByteArray text = parser.helpText().toUtf8();
    return "Usage: belfry-bench [options] command" + text.mid(text.indexOf('\n'));
}
} // namespace belfry::bench
