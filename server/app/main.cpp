#include "app/commands.h"
#include "app/logging.h"
#include "app/output.h"

#include <QCoreApplication>
#include <sys/stat.h>

using namespace belfry::app;

int main(int argc, char **argv)
{
    // Whatever the folder allows: the database and what stands beside it are the owner's only.
    ::umask(0077);
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("belfryd"));
    QCoreApplication::setApplicationVersion(QStringLiteral(BELFRY_VERSION));
    const auto line = parseCommandLine(QCoreApplication::arguments());
    if (!line) {
        startLogging(LogLevel::Info, askedLogFormat({}, belfryEnvironment()));
        complainLine(line.error().detail);
        return ExitUsage;
    }
    return runCommand(*line);
}
