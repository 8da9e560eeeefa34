#include "store/postgres/json_rows.h"

#include "store/content_codec.h"
#include "store/folding.h"
#include "store/json_text.h"
#include "store/row_flags.h"

namespace belfry::store {
using model::Notification;
using model::Text;

JsonRows &JsonRows::row()
{
    m_text.append(m_text.isEmpty() ? "[{" : "},{");
    m_first = true;
    return *this;
}

void JsonRows::name(const char *column)
{
    if (!m_first)
        m_text.append(',');
    m_first = false;
    m_text.append('"').append(column).append("\":");
}

JsonRows &JsonRows::add(const char *column, qint64 number)
{
    name(column);
    m_text.append(Text::number(number));
    return *this;
}

JsonRows &JsonRows::add(const char *column, const Text &text)
{
    name(column);
    appendJson(m_text, text);
    return *this;
}

JsonRows &JsonRows::add(const char *column, const model::Uuid &id)
{
    name(column);
    m_text.append('"');
    id.appendTo(m_text);
    m_text.append('"');
    return *this;
}

JsonRows &JsonRows::addHex(const char *column, const QByteArray &bytes)
{
    return add(column, bytes.toHex());
}

JsonRows &JsonRows::addOptional(const char *column, const Text &text)
{
    return text.isEmpty() ? *this : add(column, text);
}

Text jsonTexts(const std::vector<model::UserId> &ids)
{
    Text out = "[";
    for (const model::UserId &id : ids) {
        if (out.size() > 1)
            out.append(',');
        appendJson(out, id.text);
    }
    return out + ']';
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
void addState(JsonRows &rows, const NotificationRow &row)
{
    const Notification &n = row.item;
    rows.add("created_seq", n.createdSeq)
        .add("seq", n.seq)
        .add("flags", qint64(rowFlags(n)))
        .add("revision", qint64(n.revision))
        .add("state", qint64(n.state))
        .add("hold_reason", qint64(n.holdReason))
        .add("suppress_reason", qint64(n.suppressReason))
        .add("marks", qint64(encodeMarks(row)))
        .add("urgency", qint64(n.content.urgency))
        .add("created_at", n.createdAt)
        .add("updated_at", n.updatedAt)
        .add("expires_at", n.expiresAt)
        .add("scheduled_for", n.scheduledFor)
        .add("due_at", dueAt(n))
        .add("event_id", n.event);
    if (n.legacyId)
        rows.add("legacy_id", qint64(*n.legacyId));
}

void addContent(JsonRows &rows, const NotificationRow &row)
{
    const model::Content &content = row.item.content;
    rows.add("type", content.type).add("title", content.title).add("message", content.message);
    if (content.data != "{}")
        rows.addOptional("data", content.data);
    rows.addOptional("priority", content.priority)
        .addOptional("source", content.source)
        .addOptional("extra", encodeExtra(content))
        .addOptional("collapse_key", content.collapseKey)
        .addOptional("dedupe_key", content.dedupeKey)
        .addOptional("traceparent", row.item.traceparent)
        .addOptional("rule", row.rule);
}

void addTimes(JsonRows &rows, const model::Engagement &e)
{
    rows.add("seen_at", e.seen)
        .add("read_at", e.read)
        .add("acked_at", e.acked)
        .add("archived_at", e.archived)
        .add("snoozed_until", e.snoozedUntil)
        .add("clicked_at", e.clicked)
        .add("deleted_at", e.deleted)
        .add("read_changed_at", e.readChangedAt)
        .add("archived_changed_at", e.archivedChangedAt)
        .add("snoozed_changed_at", e.snoozedChangedAt)
        .add("attention_at", e.attentionAt);
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

void addNotification(JsonRows &rows, const NotificationRow &row)
{
    rows.row().add("id", row.item.id).add("user_key", row.user);
    addState(rows, row);
    addContent(rows, row);
    addTimes(rows, row.item.engagement);
    rows.add("words", termsOf(row));
}

void addEngagement(JsonRows &rows, const NotificationRow &row)
{
    rows.row()
        .add("id", row.item.id)
        .add("seq", row.item.seq)
        .add("flags", qint64(rowFlags(row.item)))
        .add("updated_at", row.item.updatedAt)
        .add("due_at", dueAt(row.item));
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
