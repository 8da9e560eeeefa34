#include "store/postgres/pg_rows.h"

#include "store/content_codec.h"
#include "store/folding.h"
#include "store/row_flags.h"

namespace belfry::store {
using model::Notification;
using model::Text;

namespace {
void appendQuoted(QByteArray &out, const QByteArray &text)
{
    out.append('"');
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out.append('\\');
        out.append(c);
    }
    out.append('"');
}
} // namespace

PgRows &PgRows::row()
{
    m_next = 0;
    return *this;
}

QByteArray &PgRows::column()
{
    if (m_next == m_columns.size())
        m_columns.emplace_back("{");
    else
        m_columns[m_next].append(',');
    return m_columns[m_next++];
}

PgRows &PgRows::add(qint64 number)
{
    column().append(Text::number(number));
    return *this;
}

PgRows &PgRows::add(const Text &text)
{
    appendQuoted(column(), text);
    return *this;
}

PgRows &PgRows::add(const model::Uuid &id)
{
    id.appendTo(column());
    return *this;
}

PgRows &PgRows::addBlob(const QByteArray &bytes)
{
    column().append("\"\\\\x").append(bytes.toHex()).append('"');
    return *this;
}

PgRows &PgRows::addNull()
{
    column().append("NULL");
    return *this;
}

PgQuery &PgRows::bindTo(PgQuery &query)
{
    for (QByteArray &column : m_columns)
        query.bind(std::exchange(column, {}).append('}'));
    return query;
}

Text arrayOf(const std::vector<model::UserId> &ids)
{
    Text out = "{";
    for (const model::UserId &id : ids) {
        if (out.size() > 1)
            out.append(',');
        appendQuoted(out, id.text);
    }
    return out + '}';
}

Text arrayOf(const std::vector<model::Uuid> &ids)
{
    Text out = "{";
    for (const model::Uuid &id : ids) {
        if (out.size() > 1)
            out.append(',');
        id.appendTo(out);
    }
    return out + '}';
}

Text arrayOf(const std::vector<qint64> &numbers)
{
    Text out = "{";
    for (const qint64 number : numbers) {
        if (out.size() > 1)
            out.append(',');
        out.append(Text::number(number));
    }
    return out + '}';
}

namespace {
void addState(PgRows &rows, const NotificationRow &row)
{
    const Notification &n = row.item;
    rows.add(n.createdSeq).add(n.seq).add(qint64(rowFlags(n))).add(qint64(n.revision)).add(qint64(n.state));
    rows.add(qint64(n.holdReason)).add(qint64(n.suppressReason)).add(qint64(encodeMarks(row)));
    rows.add(qint64(n.content.urgency)).add(n.createdAt).add(n.updatedAt).add(n.expiresAt);
    rows.add(n.scheduledFor).add(dueAt(n)).add(n.event);
    n.legacyId ? rows.add(qint64(*n.legacyId)) : rows.addNull();
}

void addContent(PgRows &rows, const NotificationRow &row)
{
    const model::Content &content = row.item.content;
    rows.add(content.type).add(content.title).add(content.message);
    rows.addOptional(content.data != "{}" ? content.data : Text());
    rows.addOptional(content.priority).addOptional(content.source).addOptional(encodeExtra(content));
    rows.addOptional(content.collapseKey).addOptional(content.dedupeKey);
    rows.addOptional(row.item.traceparent).addOptional(row.rule);
}

void addTimes(PgRows &rows, const model::Engagement &e)
{
    rows.add(e.seen)
        .add(e.read)
        .add(e.acked)
        .add(e.archived)
        .add(e.snoozedUntil)
        .add(e.clicked)
        .add(e.deleted);
    rows.add(e.readChangedAt).add(e.archivedChangedAt).add(e.snoozedChangedAt).add(e.attentionAt);
}

Text prefixOf(UserKey user)
{
    return Text::number(user) + 'z';
}

/// The words of a notification, each behind its user's key, so that a search only ever meets its user's own
/// (decisions H87).
Text termsOf(const NotificationRow &row)
{
    const Text prefix = prefixOf(row.user);
    Text terms;
    for (const Text *text : {&row.item.content.title, &row.item.content.message}) {
        for (const Text &word : foldedWords(*text)) {
            if (!terms.isEmpty())
                terms.append(' ');
            terms.append(prefix).append(word);
        }
    }
    return terms;
}
} // namespace

void addNotification(PgRows &rows, const NotificationRow &row)
{
    rows.row().add(row.item.id).add(row.user);
    addState(rows, row);
    addContent(rows, row);
    addTimes(rows, row.item.engagement);
    rows.add(termsOf(row));
}

void addEngagement(PgRows &rows, const NotificationRow &row)
{
    rows.row().add(row.item.id).add(row.item.seq).add(qint64(rowFlags(row.item)));
    rows.add(row.item.updatedAt).add(dueAt(row.item));
    addTimes(rows, row.item.engagement);
}

Text searchQuery(UserKey user, const std::vector<Text> &words)
{
    Text query;
    for (Text word : words) {
        word.replace('\\', "\\\\").replace('\'', "''");
        if (!query.isEmpty())
            query.append(" & ");
        query.append('\'').append(prefixOf(user)).append(word).append("':*");
    }
    return query;
}
} // namespace belfry::store
