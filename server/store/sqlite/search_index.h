#pragma once

#include "store/dialect.h"
#include "store/row_flags.h"
#include "store/sqlite/database.h"

namespace belfry::store {
/// The full-text index: an FTS5 table in a file of its own beside the database, so that filling it never
/// holds the database's write lock. All of it is derived: a lost, damaged or foreign file is made again.
///
/// Every word stands in it behind its user's key ("17z" + word), so that a search only ever meets its user's
/// own documents (decisions H87: the user's key is part of the index's token). A document's rowid is its
/// place: the user's key and createdSeq, 31 and 32 bits, so that a search comes out in the order of the list.
class SearchIndex
{
public:
    [[nodiscard]] static model::Text pathBeside(const model::Text &database);
    [[nodiscard]] static qint64 rowidOf(UserKey user, model::Seq place) { return (user << 32) | place; }
    [[nodiscard]] static model::Seq placeOf(qint64 rowid) { return rowid & 0xffffffff; }
    [[nodiscard]] static model::Text termsOf(UserKey user, const model::Text &title,
                                             const model::Text &message);
    [[nodiscard]] static model::Text matchFor(UserKey user, const std::vector<model::Text> &words);

    /// How far the index has got.
    struct Mark
    {
        qint64 row = 0;    ///< notifications.key
        qint64 change = 0; ///< search_changes.pos
    };
};

/// Fills it.
class SqliteIndexer final : public SearchIndexer
{
public:
    SqliteIndexer(model::Text database, model::Epoch epoch);
    /// Makes the file anew when it is not this database's.
    [[nodiscard]] VoidResult connect();
    Result<Step> step(int limit) override;

private:
    struct Document
    {
        qint64 source = 0; ///< row key or change position
        qint64 rowid = 0;
        bool present = false;
        model::Text terms;
    };
    [[nodiscard]] VoidResult openIndex();
    [[nodiscard]] Result<bool> isOurs();
    [[nodiscard]] Result<SearchIndex::Mark> mark();
    [[nodiscard]] Result<std::vector<Document>> readRows(qint64 after, int limit);
    [[nodiscard]] Result<std::vector<Document>> readChanges(qint64 after, int limit);
    [[nodiscard]] VoidResult write(const std::vector<Document> &rows, const std::vector<Document> &changes);
    [[nodiscard]] VoidResult put(const Document &document);
    [[nodiscard]] Result<qint64> lastRow();

    model::Epoch m_epoch;
    Database m_source;
    Database m_index;
    Statement m_rows{m_source, "search_rows"};
    Statement m_changes{m_source, "search_changes"};
    Statement m_lastRow{m_source, "last_notification"};
    Statement m_mark;
    Statement m_saveMark;
    Statement m_delete;
    Statement m_insert;
};

/// Asks it. A missing index is an empty one.
class SearchReader
{
public:
    explicit SearchReader(model::Text path);

    /// Its state until end(); begin after the database's own transaction, so that no change falls between the
    /// two.
    [[nodiscard]] SearchIndex::Mark begin();
    void end();
    /// Calls `take` with places, newest first, until it answers false.
    void find(UserKey user, model::Seq before, const std::vector<model::Text> &words,
              const std::function<bool(model::Seq)> &take);

private:
    Database m_index;
    Statement m_begin;
    Statement m_end;
    Statement m_mark;
    Statement m_find;
};
} // namespace belfry::store
