#include "app/commands.h"
#include "app/output.h"

#include <QCoreApplication>
#include <sys/stat.h>

int main(int argc, char **argv)
{
    // Whatever the folder allows: the database and what stands beside it are the owner's only.
    ::umask(0077);
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("belfryd"));
    QCoreApplication::setApplicationVersion(QStringLiteral(BELFRY_VERSION));
    const auto line = belfry::app::parseCommandLine(QCoreApplication::arguments());
    if (!line) {
        belfry::app::complainLine(line.error().detail);
        return belfry::app::ExitUsage;
    }
    return belfry::app::runCommand(*line);
}
