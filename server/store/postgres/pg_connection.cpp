#include "store/postgres/pg_connection.h"

#include "runtime/log.h"
#include "store/postgres/pg_error.h"

#include <algorithm>
#include <libpq-fe.h>

namespace belfry::store {
using model::ErrorCode;
using model::Result;
using model::Text;
using model::VoidResult;
using Clock = std::chrono::steady_clock;

namespace {
constexpr std::chrono::milliseconds firstPause(100);
constexpr std::chrono::milliseconds longestPause(2000);

/// A server that vanished without a word is noticed after ten seconds.
constexpr std::pair<const char *, const char *> options[] = {
    {"connect_timeout", "5"},        {"tcp_user_timeout", "10000"}, {"keepalives", "1"},
    {"keepalives_idle", "10"},       {"keepalives_interval", "3"},  {"keepalives_count", "3"},
    {"application_name", "belfryd"}, {"client_encoding", "UTF8"},
};

/// All statements find their few rows by an index, whatever their parameters; a plan that was made while the
/// tables were small must not read them whole later on. A writer that hangs must not hold the users' rows of
/// the others forever.
constexpr char sessionSettings[] =
    "SET jit = off; SET enable_seqscan = off; SET enable_hashjoin = off; "
    "SET enable_mergejoin = off; SET plan_cache_mode = force_generic_plan; SET default_transaction_isolation "
    "= 'read committed'; "
    "SET idle_in_transaction_session_timeout = '30s'; SET lock_timeout = '10s'; "
    "SET client_min_messages = warning; SET bytea_output = hex";

void logRemark(void *, const char *text)
{
    qCWarning(lcStore, "PostgreSQL remarks: %s", QByteArray(text).trimmed().constData());
}

bool isDone(const PgResult &result)
{
    const ExecStatusType status = PQresultStatus(result.get());
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

pg_conn *connectTo(const PgTarget &target)
{
    const Text port = Text::number(target.port);
    std::vector<const char *> names{"host", "port", "user", "password", "dbname"};
    std::vector<const char *> values{target.host.constData(), port.constData(), target.user.constData(),
                                     target.password.constData(), target.database.constData()};
    for (const auto &[name, value] : target.tls) {
        names.push_back(name.constData());
        values.push_back(value.constData());
    }
    for (const auto &[name, value] : options) {
        names.push_back(name);
        values.push_back(value);
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    return PQconnectdbParams(names.data(), values.data(), 0);
}
} // namespace

void PgResultDeleter::operator()(pg_result *result) const
{
    PQclear(result);
}

void PgConnection::ConnectionDeleter::operator()(pg_conn *connection) const
{
    PQfinish(connection);
}

// ---- Pipeline

/// Statements that go out together. After one that failed the server leaves out the rest.
class PgConnection::Pipeline
{
public:
    explicit Pipeline(PgConnection &connection)
        : m_connection(connection)
        , m_db(connection.m_db.get())
        , m_isSent(PQenterPipelineMode(m_db) == 1)
    {
    }
    ~Pipeline()
    {
        if (PQexitPipelineMode(m_db) != 1)
            m_connection.close();
    }
    Pipeline(const Pipeline &) = delete;
    Pipeline &operator=(const Pipeline &) = delete;

    void send(const Work &work)
    {
        PgStatement *statement = work.statement;
        if (!statement) {
            note(work, false, PQsendQueryParams(m_db, work.sql, 0, nullptr, nullptr, nullptr, nullptr, 0));
            return;
        }
        if (!std::exchange(statement->m_isPrepared, true))
            note(work, true,
                 PQsendPrepare(m_db, statement->m_key.c_str(), statement->m_sql.constData(), 0, nullptr));
        note(work, false, sendPrepared(*statement, work.parameters));
    }

    /// The result of the last, if all were done.
    [[nodiscard]] Result<PgResult> receive()
    {
        m_isSent = m_isSent && PQpipelineSync(m_db) == 1;
        PgResult last;
        std::optional<model::Error> failure;
        for (const Sent &sent : m_sent) {
            PgResult result = m_isSent ? take() : nullptr;
            if (isDone(result)) {
                last = std::move(result);
                continue;
            }
            if (sent.isPreparing)
                sent.work->statement->m_isPrepared = false;
            if (!failure)
                failure = fault(*sent.work, result.get());
        }
        if (m_isSent)
            PQclear(PQgetResult(m_db)); // of the sync
        if (failure)
            return tl::unexpected(std::move(*failure));
        return last;
    }

private:
    struct Sent
    {
        const Work *work;
        bool isPreparing;
    };

    void note(const Work &work, bool isPreparing, int isSent)
    {
        m_sent.push_back({&work, isPreparing});
        m_isSent = m_isSent && isSent == 1;
    }

    int sendPrepared(const PgStatement &statement, const PgParameters &parameters)
    {
        const auto &from = parameters.m_values;
        std::vector<const char *> values;
        std::vector<int> lengths;
        std::vector<int> formats;
        for (const auto &[bytes, isBinary] : from) {
            values.push_back(bytes.isNull() ? nullptr : bytes.constData());
            lengths.push_back(static_cast<int>(bytes.size()));
            formats.push_back(isBinary ? 1 : 0);
        }
        return PQsendQueryPrepared(m_db, statement.m_key.c_str(), static_cast<int>(from.size()),
                                   values.data(), lengths.data(), formats.data(), 0);
    }

    [[nodiscard]] PgResult take()
    {
        PgResult result(PQgetResult(m_db));
        while (pg_result *more = result ? PQgetResult(m_db) : nullptr) // null: the end of this one
            PQclear(more);
        return result;
    }

    [[nodiscard]] model::Error fault(const Work &work, const pg_result *result)
    {
        model::Error fault = m_connection.error(result);
        if (work.statement)
            fault.detail += Text(" in ") + work.statement->m_name;
        return fault;
    }

    PgConnection &m_connection;
    pg_conn *m_db;
    bool m_isSent;
    std::vector<Sent> m_sent;
};

// ---- PgConnection

PgConnection::PgConnection(PgTarget target)
    : m_target(std::move(target))
{
}

PgConnection::~PgConnection() = default;

VoidResult PgConnection::open()
{
    close();
    m_db.reset(connectTo(m_target));
    VoidResult done;
    if (isOpen()) {
        PQsetNoticeProcessor(m_db.get(), logRemark, nullptr);
        done = exec(sessionSettings);
    } else {
        done = tl::unexpected(error(nullptr));
    }
    if (!done)
        close();
    return done;
}

void PgConnection::close()
{
    m_kept.clear();
    m_isUnsent = false;
    m_db.reset();
    for (PgStatement *statement : m_statements)
        statement->m_isPrepared = false;
}

bool PgConnection::isOpen() const
{
    return m_db && PQstatus(m_db.get()) == CONNECTION_OK;
}

VoidResult PgConnection::begin(const char *sql)
{
    VoidResult begun = beginSingle();
    if (begun)
        m_kept.push_back({nullptr, sql});
    return begun;
}

VoidResult PgConnection::beginSingle()
{
    m_lostRace = m_isInDoubt = false;
    m_kept.clear();
    if (!isOpen()) {
        if (auto opened = reopen(); !opened)
            return opened;
    }
    m_isUnsent = true;
    return {};
}

VoidResult PgConnection::commit()
{
    const auto result = send({nullptr, "COMMIT"}, true);
    m_isInDoubt = !result && !isOpen();
    if (!result)
        return tl::unexpected(result.error());
    if (QByteArrayView(PQcmdStatus(result->get())) != "COMMIT") // a statement of it had failed
        return model::fail(ErrorCode::Internal, "PostgreSQL rolled the transaction back");
    return {};
}

void PgConnection::rollback()
{
    m_kept.clear();
    m_isUnsent = false;
    if (isOpen() && PQtransactionStatus(m_db.get()) != PQTRANS_IDLE)
        static_cast<void>(exec("ROLLBACK")); // fails only with its connection, which takes it along
}

VoidResult PgConnection::reopen()
{
    if (Clock::now() < m_nextTry)
        return tl::unexpected(m_lastFailure);
    VoidResult opened = open();
    if (opened) {
        m_pause = {};
        return opened;
    }
    m_lastFailure = opened.error();
    m_pause = std::clamp(m_pause * 2, firstPause, longestPause);
    m_nextTry = Clock::now() + m_pause;
    return opened;
}

VoidResult PgConnection::exec(const QByteArray &sql)
{
    if (!m_kept.empty()) {
        if (auto sent = sendKept(false); !sent)
            return tl::unexpected(std::move(sent.error()));
    }
    if (!m_db)
        return tl::unexpected(error(nullptr));
    const PgResult result(PQexec(m_db.get(), sql.constData()));
    return isDone(result) ? VoidResult() : tl::unexpected(error(result.get()));
}

Result<PgResult> PgConnection::send(Work work, bool isEnd)
{
    m_kept.push_back(std::move(work));
    return sendKept(isEnd);
}

Result<PgResult> PgConnection::sendKept(bool isEnd)
{
    const std::vector<Work> works = std::exchange(m_kept, {});
    const bool isWhole = std::exchange(m_isUnsent, false);
    auto result = sendAll(works);
    if (result || isOpen() || !isWhole || isEnd)
        return result;
    // A connection that was lost before the transaction began, which has left nothing.
    if (auto opened = reopen(); !opened)
        return tl::unexpected(std::move(opened.error()));
    return sendAll(works);
}

Result<PgResult> PgConnection::sendAll(const std::vector<Work> &works)
{
    if (!m_db)
        return tl::unexpected(error(nullptr));
    Pipeline pipeline(*this);
    for (const Work &work : works)
        pipeline.send(work);
    return pipeline.receive();
}

model::Error PgConnection::error(const pg_result *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *said = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    if (!said && m_db)
        said = PQerrorMessage(m_db.get());
    m_lostRace = m_lostRace || isLostRace(state); // what follows in the transaction only says that it failed
    return pgError(m_target, isOpen(), state, said);
}
} // namespace belfry::store
