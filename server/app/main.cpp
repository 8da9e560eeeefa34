#include "app/commands.h"
#include "app/output.h"

#include <QCoreApplication>

int main(int argc, char **argv)
{
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
