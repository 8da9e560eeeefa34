#include "store_contract.h"

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    belfry::store::StoreContract contract([] {
        belfry::store::StoreOptions options;
        options.url = "memory:";
        return options;
    });
    return QTest::qExec(&contract, argc, argv);
}
