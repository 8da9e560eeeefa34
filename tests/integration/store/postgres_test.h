#pragma once

#include "running_store.h"
#include "support/pg_server.h"

namespace belfry::store {
/// A test with an empty database of its own for each function.
class PostgresTest : public QObject
{
    Q_OBJECT

protected:
    std::unique_ptr<test::PgDatabase> m_database;
    runtime::FakeClock m_clock;

private Q_SLOTS:
    void init();
};
} // namespace belfry::store
