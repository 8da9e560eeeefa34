#include "store_contract.h"

#include <QDir>

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    // In memory where that can be had: the contract is not about fsync, and has a database for each of its
    // tests.
    const QDir memory(QStringLiteral("/dev/shm"));
    const QTemporaryDir folder(
        (memory.exists() ? memory : QDir::temp()).filePath(QStringLiteral("belfry-store-XXXXXX")));
    int databases = 0;
    belfry::store::StoreContract contract([&] {
        belfry::store::StoreOptions options;
        options.dataDir = folder.filePath(QString::number(++databases));
        options.url = "sqlite://" + options.dataDir.toUtf8() + "/belfry.db";
        return options;
    });
    return QTest::qExec(&contract, argc, argv);
}
