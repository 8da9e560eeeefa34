#include "postgres_test.h"

namespace belfry::store {
void PostgresTest::init()
{
    m_clock.set({1'700'000'000'000'000});
    m_database = std::make_unique<test::PgDatabase>();
    QVERIFY2(m_database->isValid(), qPrintable(m_database->error()));
}
} // namespace belfry::store
