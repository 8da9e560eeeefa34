#pragma once

#include "app/config.h"

#include <QByteArrayList>
#include <QMap>
#include <QStringList>

namespace belfry::app {
/// A command line, taken apart: what to do, on what, and the flags.
struct CommandLine
{
    QStringList words;                         ///< command and its operands, e.g. {"keys", "create"}
    QMap<QByteArray, QByteArrayList> settings; ///< by Setting::name
    QMap<QString, QString> options;            ///< flags of single commands: name, scopes, expires …
    QString configFile;
    bool help = false;
    bool version = false;
};

/// Invalid: an unknown flag, or one without its value.
[[nodiscard]] model::Result<CommandLine> parseCommandLine(const QStringList &arguments);

/// Flags over environment over file over default. Invalid: which setting, where it stands, what is wrong and
/// how to mend it; never a secret's value.
[[nodiscard]] model::Result<Config> loadConfig(const CommandLine &line,
                                               const QMap<QByteArray, QByteArray> &environment);

/// What log_format says, whatever else is wrong with the configuration: so that its complaint can be read by
/// what reads the log.
[[nodiscard]] LogFormat askedLogFormat(const CommandLine &line,
                                       const QMap<QByteArray, QByteArray> &environment);

/// The BELFRY_… variables of this process.
[[nodiscard]] QMap<QByteArray, QByteArray> belfryEnvironment();

[[nodiscard]] QByteArray usage();
} // namespace belfry::app
