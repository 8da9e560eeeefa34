#include "program/places.h"

#include <QDir>
#include <QStandardPaths>

namespace belfry::program {
namespace {
Places below(const QString &config, const QString &data, const QString &runtime)
{
    return {config + QStringLiteral("/belfry.conf"), data + QStringLiteral("/secrets"),
            data + QStringLiteral("/accounts"), runtime};
}
} // namespace

Places Places::ofThisUser()
{
    const QString home = qEnvironmentVariable("BELFRY_HOME");
    if (!home.isEmpty())
        return below(home, home, home);
    const QString name = QStringLiteral("/belfry");
    const QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    return below(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + name,
                 QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + name,
                 runtime.isEmpty() ? QDir::tempPath() : runtime);
}
} // namespace belfry::program
