#pragma once

#include "store_driver.h"

namespace belfry::store {
/// A database as the first release left it: what every later migration has to carry over.
class FirstSchema
{
public:
    /// When its server was stopped.
    static constexpr model::Instant stoppedAt{1'700'000'000'000'000};

    /// Its tables, the record of its one migration, and rows in each; `dialect` as for migrationsOf().
    [[nodiscard]] static QByteArray sql(const QByteArray &dialect);
    /// Everything is there, read through the ports, and can be worked with. Fails the test otherwise.
    static void check(StoreDriver &driver);

private:
    static void checkInbox(StoreDriver &driver);
    static void checkDirectory(StoreDriver &driver);
    static void checkWork(StoreDriver &driver);
};
} // namespace belfry::store
