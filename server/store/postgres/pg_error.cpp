#include "store/postgres/pg_error.h"

namespace belfry::store {
using model::ErrorCode;
using model::Text;

namespace {
struct Advice
{
    const char *state; ///< the SQLSTATE or its beginning
    const char *advice;
};

constexpr Advice advices[] = {
    {"25P03", "a transaction stood still for too long: try again"},
    {"40001", "another server wrote the same rows: try again"},
    {"40P01", "another server wrote the same rows: try again"},
    {"55P03", "another server holds the rows: try again; if it stays so, see pg_stat_activity"},
    {"25006", "it takes no writes, as a standby does: name the primary in --database-url"},
    {"28", "it refused the user or the password: check --database-url and pg_hba.conf"},
    {"3D000", "there is no such database: create it with `createdb`, or check --database-url"},
    {"3F000", "there is no schema to use: check the user's search_path"},
    {"42501", "the user may not do this: make it the owner of the database"},
    {"53100", "its disk is full: free some space; writing goes on by itself then"},
    {"53200", "it is out of memory: see its log"},
    {"53300", "it has too many connections: raise max_connections or end some"},
    {"57P", "it is stopping or starting: Belfry connects again by itself"},
    {"58", "reading or writing its files failed: check its disk and its log"},
    {"XX001",
     "its data are damaged: see its log, restore the last backup, then run `belfryd migrate --new-epoch`"},
    {"XX002", "an index of it is damaged: see its log and run REINDEX"},
    {"08", "the connection was lost: Belfry connects again by itself"},
};

Text adviceFor(const Text &state)
{
    for (const Advice &known : advices) {
        if (state.startsWith(known.state))
            return known.advice;
    }
    return {};
}

/// The server's words begin with a line for people; further lines quote rows and statements.
Text firstLine(const Text &said)
{
    const Text line = said.left(said.indexOf('\n')).trimmed();
    return line.isEmpty() ? Text("no answer") : line.left(300);
}
} // namespace

model::Error pgError(const PgTarget &target, bool connected, const Text &state, const Text &said)
{
    Text advice = adviceFor(state);
    if (advice.isEmpty() && !connected)
        advice =
            "it can't be reached: check that it runs and that --database-url names it; Belfry connects again "
            "by itself";
    if (advice.isEmpty())
        return {ErrorCode::Internal, "PostgreSQL refused: " + firstLine(said), {}, {}};
    return {ErrorCode::Unavailable,
            target.shown() + ": " + advice + " (PostgreSQL: " + firstLine(said) + ')',
            {},
            std::chrono::seconds(1)};
}

bool isLostRace(const Text &state)
{
    return state == "40001" || state == "40P01";
}
} // namespace belfry::store
