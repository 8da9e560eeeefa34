// What every store promises, on PostgreSQL; what that alone has is in tst_postgres_<what>.
#include "store_contract.h"
#include "support/pg_server.h"

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    belfry::test::PgDatabase database;
    belfry::store::StoreOptions options;
    options.url = database.url();
    // Migrated once, emptied for each test.
    const auto migrated = belfry::store::migrate(options);
    if (!database.isValid() || !migrated)
        qFatal("%s", database.isValid() ? migrated.error().detail.constData() : qPrintable(database.error()));
    belfry::store::StoreContract contract([&] {
        if (!database.clear())
            qFatal("the database was not emptied");
        return options;
    });
    return QTest::qExec(&contract, argc, argv);
}
