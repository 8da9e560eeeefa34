#pragma once

#include "bench/endpoint.h"
#include "bench/tls_trust.h"

#include "model/result.h"

#include <QStringList>
#include <cstdint>
#include <memory>
#include <string>
#include <sys/types.h>
#include <vector>

namespace belfry::bench {
/// Everything that the command line says, with the defaults of the command filled in. Every run is bounded in
/// time
/// (`duration`) and in operations (`count`).
struct Options
{
    std::string command; ///< empty: only the fdatasync probe
    std::string url = "http://127.0.0.1:8080";
    Endpoint target;                 ///< the same; not read for `watch`, whose server may have a name
    std::shared_ptr<TlsTrust> trust; ///< of `target`, with TLS
    std::string caFile;
    bool insecure = false;
    std::string key;
    std::vector<pid_t> serverPids;
    std::string label;       ///< goes into the report as "server"
    std::string probeFolder; ///< measure write + fdatasync here before the run

    std::size_t connections = 32;
    std::size_t sockets = 1000;
    std::size_t inFlight = 8;
    std::uint64_t users = 10'000;
    double rate = 0; ///< operations a second; 0 = closed loop
    double duration = 10;
    double warmup = 2;
    double drain = 10; ///< how long to wait for what is still under way at the end, in seconds
    std::uint64_t count = 100'000'000;
    /// Closed loop of fanout: rest between two looks at the sockets, in seconds. A generator that reads at
    /// once is woken for every single frame: it would cost as much as the server, and lend it its
    /// acknowledgements' timing.
    double rest = 0;
    bool acks = false;
    bool quiet = false;

    Endpoint listen{0x7f000001, 0}; ///< null-server
    std::string readyFile;          ///< null-server
    bool gather = false;            ///< null-server
    bool noDelay = false;           ///< null-server
    std::string user;               ///< watch
};

/// Malformed: which option, and how it should look. Conflict with detail = the help text when help was asked
/// for.
[[nodiscard]] model::Result<Options> parseOptions(const QStringList &arguments);
/// The whole help text.
[[nodiscard]] model::Text helpText();
} // namespace belfry::bench
