#include "store/sqlite/search_index.h"

#include "runtime/log.h"
#include "store/folding.h"
#include "store/sqlite/wal_gatherer.h"

#include <QFile>
#include <limits>
#include <thread>

namespace belfry::store {
using model::Text;

namespace {
/// Raised when what the index contains is to be made again.
constexpr char schema[] = R"(
CREATE TABLE IF NOT EXISTS mark (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER, epoch TEXT,
                                 row INTEGER NOT NULL, change INTEGER NOT NULL);
CREATE VIRTUAL TABLE IF NOT EXISTS docs USING fts5(terms, detail = none, columnsize = 0, tokenize = 'ascii');
)";
constexpr int indexVersion = 1;
constexpr char markSql[] = "SELECT row, change, version, epoch FROM mark WHERE id = 1";
} // namespace

// ---- terms

Text SearchIndex::pathBeside(const Text &database)
{
    return database + ".search";
}

Text SearchIndex::termsOf(UserKey user, const Text &title, const Text &message)
{
    const Text prefix = QByteArray::number(user) + 'z';
    Text terms;
    for (const Text &text : {title, message}) {
        for (const Text &word : foldedWords(text))
            terms.append(prefix).append(word).append(' ');
    }
    return terms;
}

Text SearchIndex::matchFor(UserKey user, const std::vector<Text> &words)
{
    Text match;
    for (const Text &word : words)
        match.append('"').append(QByteArray::number(user)).append('z').append(word).append("\"* ");
    return match;
}

// ---- filling

SqliteIndexer::SqliteIndexer(Text database, model::Epoch epoch)
    : m_epoch(std::move(epoch))
    , m_source(database)
    , m_index(SearchIndex::pathBeside(database), walGatherer(nullptr))
    , m_mark(m_index, "mark", markSql)
    , m_saveMark(m_index, "save_mark",
                 "INSERT INTO mark (id, version, epoch, row, change) VALUES (1, ?1, ?2, ?3, ?4) ON CONFLICT "
                 "DO UPDATE "
                 "SET version = ?1, epoch = ?2, row = ?3, change = ?4")
    , m_delete(m_index, "delete_document", "DELETE FROM docs WHERE rowid = ?1")
    , m_insert(m_index, "insert_document", "INSERT INTO docs (rowid, terms) VALUES (?1, ?2)")
{
}

VoidResult SqliteIndexer::openIndex()
{
    if (auto opened = m_index.open(false); !opened)
        return opened;
    // What is in here can be made again; FULL is for the disk: NORMAL leaves it megabytes to do at once, at
    // checkpoints, and commits of notifications wait for their turn meanwhile (docs/benchmarks.md).
    if (auto done = m_index.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"); !done)
        return done;
    return m_index.exec(schema);
}

VoidResult SqliteIndexer::connect()
{
    if (auto opened = m_source.open(true); !opened)
        return opened;
    const VoidResult opened = openIndex();
    const Result<bool> ours = opened ? isOurs() : Result<bool>(false);
    if (ours && *ours)
        return {};
    qCInfo(lcStore, "the search index is made anew");
    m_index.close();
    const QString path = QString::fromUtf8(m_index.path());
    for (const char *suffix : {"", "-wal", "-shm"})
        QFile::remove(path + QString::fromLatin1(suffix));
    if (auto fresh = openIndex(); !fresh)
        return fresh;
    return Query(m_saveMark)
        .bind(qint64(indexVersion))
        .bind(m_epoch.text)
        .bind(qint64(0))
        .bind(qint64(0))
        .run();
}

Result<bool> SqliteIndexer::isOurs()
{
    const auto last = lastRow();
    if (!last)
        return tl::unexpected(last.error());
    Query query(m_mark);
    if (!query.next())
        return false;
    const qint64 row = query.number();
    query.skip();
    const bool version = query.number() == indexVersion;
    return version && query.text() == m_epoch.text && row <= *last;
}

Result<qint64> SqliteIndexer::lastRow()
{
    Query query(m_lastRow);
    const qint64 last = query.next() ? query.number() : 0;
    if (auto done = query.outcome(); !done)
        return tl::unexpected(done.error());
    return last;
}

Result<SearchIndex::Mark> SqliteIndexer::mark()
{
    Query query(m_mark);
    SearchIndex::Mark mark;
    if (query.next()) {
        mark.row = query.number();
        mark.change = query.number();
    }
    if (auto done = query.outcome(); !done)
        return tl::unexpected(done.error());
    return mark;
}

Result<std::vector<SqliteIndexer::Document>> SqliteIndexer::readRows(qint64 after, int limit)
{
    Query query(m_rows);
    query.bind(after).bind(qint64(limit));
    std::vector<Document> documents;
    while (query.next()) {
        Document &document = documents.emplace_back();
        document.source = query.number();
        const UserKey user = query.number();
        document.rowid = SearchIndex::rowidOf(user, query.number());
        document.present = (query.number() & PresentFlag) != 0;
        const Text title = query.text();
        document.terms = document.present ? SearchIndex::termsOf(user, title, query.text()) : Text();
    }
    if (auto done = query.outcome(); !done)
        return tl::unexpected(done.error());
    return documents;
}

Result<std::vector<SqliteIndexer::Document>> SqliteIndexer::readChanges(qint64 after, int limit)
{
    Query query(m_changes); // the same columns, but for the source
    query.bind(after).bind(qint64(limit));
    std::vector<Document> documents;
    while (query.next()) {
        Document &document = documents.emplace_back();
        document.source = query.number();
        const UserKey user = query.number();
        document.rowid = SearchIndex::rowidOf(user, query.number());
        document.present = (query.number() & PresentFlag) != 0;
        const Text title = query.text();
        document.terms = document.present ? SearchIndex::termsOf(user, title, query.text()) : Text();
    }
    if (auto done = query.outcome(); !done)
        return tl::unexpected(done.error());
    return documents;
}

VoidResult SqliteIndexer::put(const Document &document)
{
    return Query(m_insert).bind(document.rowid).bind(document.terms).run();
}

// Between documents the thread gives way: a kernel with lazy preemption would let it finish its tick first,
// 4 ms during which nothing is delivered on that core.
VoidResult SqliteIndexer::write(const std::vector<Document> &rows, const std::vector<Document> &changes)
{
    for (const Document &row : rows) {
        std::this_thread::yield();
        if (!row.present)
            continue;
        // A place that a change brought in already would be there twice.
        if (auto done = Query(m_delete).bind(row.rowid).run(); !done)
            return done;
        if (auto done = put(row); !done)
            return done;
    }
    for (const Document &change : changes) {
        std::this_thread::yield();
        if (auto done = Query(m_delete).bind(change.rowid).run(); !done)
            return done;
        if (!change.present)
            continue;
        if (auto done = put(change); !done)
            return done;
    }
    return {};
}

Result<SearchIndexer::Step> SqliteIndexer::step(int limit)
{
    if (m_source.needsReopen() || m_index.needsReopen()) {
        if (auto connected = connect(); !connected)
            return tl::unexpected(connected.error());
    }
    auto at = mark();
    if (!at)
        return tl::unexpected(at.error());
    const auto rows = readRows(at->row, limit);
    if (!rows)
        return tl::unexpected(rows.error());
    const auto changes = readChanges(at->change, limit);
    if (!changes)
        return tl::unexpected(changes.error());
    if (rows->empty() && changes->empty())
        return lastRow().map([&](qint64 last) { return Step{0, last - at->row, 0}; });
    if (!rows->empty())
        at->row = rows->back().source;
    if (!changes->empty())
        at->change = changes->back().source;
    VoidResult done = m_index.exec("BEGIN IMMEDIATE");
    if (done)
        done = write(*rows, *changes);
    if (done)
        done = Query(m_saveMark)
                   .bind(qint64(indexVersion))
                   .bind(m_epoch.text)
                   .bind(at->row)
                   .bind(at->change)
                   .run();
    if (done)
        done = m_index.exec("COMMIT");
    if (!done) {
        if (m_index.isInTransaction())
            static_cast<void>(m_index.exec("ROLLBACK"));
        return tl::unexpected(done.error());
    }
    const auto last = lastRow();
    return Step{static_cast<int>(rows->size() + changes->size()), last ? *last - at->row : 0,
                changes->empty() ? 0 : at->change};
}

// ---- asking

SearchReader::SearchReader(Text path)
    : m_index(std::move(path))
    , m_begin(m_index, "begin", "BEGIN")
    , m_end(m_index, "end", "COMMIT")
    , m_mark(m_index, "mark", markSql)
    , m_find(m_index, "find",
             "SELECT rowid FROM docs WHERE docs MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid DESC")
{
}

SearchIndex::Mark SearchReader::begin()
{
    SearchIndex::Mark mark;
    if (m_index.needsReopen() && !m_index.open(true))
        return mark; // no index yet: everything is found by scanning
    if (!Query(m_begin).run())
        return mark;
    Query query(m_mark);
    if (query.next()) {
        mark.row = query.number();
        mark.change = query.number();
    }
    if (!query.outcome())
        mark = {};
    return mark;
}

void SearchReader::end()
{
    if (m_index.isInTransaction())
        static_cast<void>(Query(m_end).run()); // it only read
}

void SearchReader::find(UserKey user, model::Seq before, const std::vector<Text> &words,
                        const std::function<bool(model::Seq)> &take)
{
    const Text match = SearchIndex::matchFor(user, words);
    const model::Seq last = before > 0 ? before - 1 : std::numeric_limits<quint32>::max();
    Query query(m_find);
    query.bind(match).bind(SearchIndex::rowidOf(user, 0)).bind(SearchIndex::rowidOf(user, last));
    while (query.next()) {
        if (!take(SearchIndex::placeOf(query.number())))
            return;
    }
}
} // namespace belfry::store
