#pragma once

#include "store/rows.h"

#include <utility>
#include <vector>

namespace belfry::store {
/// What one page of a list or a log holds, as answers show it (decisions H114): a page ends before it is
/// more, with one row at least, however few rows these are.
class PageBytes
{
public:
    static constexpr qsizetype most = 8 * 1024 * 1024;
    static constexpr qsizetype names = 1000; ///< an item's members, with ids and times

    void add(const model::Notification &item)
    {
        const model::Content &content = item.content;
        // `data` is shown as `metadata`, too.
        m_bytes += names + content.title.size() + content.message.size() + 2 * content.data.size();
    }
    void add(const NotificationRow &row) { add(row.item); }
    void add(const LogRow &row) { m_bytes += 200 + row.payload.size(); }
    [[nodiscard]] bool isOver() const { return m_bytes > most; }

private:
    qsizetype m_bytes = 0;
};

/// Reads rows as long as `page` has room for them: at most one more than it takes.
template<typename Query, typename Row, typename Read>
void readWhileRoom(Query &query, PageBytes &page, std::vector<Row> &out, Read read)
{
    while (!page.isOver() && query.next())
        page.add(out.emplace_back(read(query)));
}

template<typename Query, typename Row, typename Read>
void readWhileRoom(Query &query, std::vector<Row> &out, Read read)
{
    PageBytes page;
    readWhileRoom(query, page, out, std::move(read));
}

/// Leaves what one page takes, `limit` rows at most. True: more may follow.
template<typename Row>
[[nodiscard]] bool cutToPage(std::vector<Row> &rows, std::size_t limit)
{
    PageBytes page;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        page.add(rows[i]);
        if (i == limit || (i > 0 && page.isOver())) {
            rows.resize(i);
            return true;
        }
    }
    return page.isOver(); // the only row: whoever read it stopped there
}
} // namespace belfry::store
