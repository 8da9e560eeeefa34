#include "store/sql_files.h"

#include <QDir>
#include <QFile>

static void initResources()
{
    Q_INIT_RESOURCE(store_sql); // a static library's resources are not registered by themselves
}

namespace belfry::store {
namespace {
QByteArray readAll(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("missing in this program: %s", qPrintable(path));
    return file.readAll();
}

QString root(const model::Text &folder)
{
    initResources();
    return QStringLiteral(":/belfry/store/") + QString::fromUtf8(folder);
}
} // namespace

std::vector<SqlFile> sqlFiles(const model::Text &folder)
{
    const QDir dir(root(folder));
    std::vector<SqlFile> files;
    for (const QString &name : dir.entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name))
        files.push_back({name.toUtf8(), readAll(dir.filePath(name))});
    return files;
}

QByteArray sqlQuery(const model::Text &dialect, const model::Text &name)
{
    return readAll(root("sql/" + dialect + '/' + name + ".sql"));
}
} // namespace belfry::store
