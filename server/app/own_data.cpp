#include "app/own_data.h"

#include <QFileInfo>

namespace belfry::app {
namespace {
constexpr QByteArrayView sqlitePrefix = "sqlite://";
}

model::VoidResult checkDataIsThere(const Config &config)
{
    const QByteArray url = config.effectiveDatabaseUrl();
    if (!url.startsWith(sqlitePrefix))
        return {};
    const QByteArray path = url.sliced(sqlitePrefix.size());
    if (QFileInfo::exists(QString::fromLocal8Bit(path)))
        return {};
    return model::fail(model::ErrorCode::Invalid,
                       path +
                           ": there is no database here: name the server's data folder with --data-dir, or "
                           "make a new database with `belfryd migrate`");
}

store::StoreOptions dataAsItIs(const Config &config)
{
    store::StoreOptions options{config.effectiveDatabaseUrl(), config.dataDir};
    options.migrate = false;
    return options;
}
} // namespace belfry::app
