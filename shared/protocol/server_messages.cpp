#include "protocol/server_messages.h"

#include "protocol/json_writer.h"
#include "protocol/op_codec.h"
#include "protocol/prepared_change.h"

namespace belfry::protocol {
namespace {
QByteArrayView word(Welcome::Mode mode)
{
    switch (mode) {
    case Welcome::Mode::Resume:
        return "resume";
    case Welcome::Mode::Snapshot:
        return "snapshot";
    case Welcome::Mode::Reset:
        break;
    }
    return "reset";
}

/// Writes the members behind `type`, one overload for each message.
struct MessageWriter
{
    JsonWriter &json;

    void operator()(const Welcome &m) const
    {
        json.key("epoch").text(m.epoch.text).key("head").number(m.head);
        json.key("mode").text(word(m.mode)).key("ping_s").number(m.ping.count());
    }
    void operator()(const Batch &m) const
    {
        json.key("from").number(m.from).key("to").number(m.to).key("items").beginArray();
        for (const model::Change &change : m.items)
            appendChange(json, change);
        json.endArray();
    }
    void operator()(const Live &) const {}
    void operator()(const Event &) const {}
    void operator()(const CountsNow &m) const
    {
        json.key("seq")
            .number(m.seq)
            .key("unseen")
            .number(m.counts.unseen)
            .key("unread")
            .number(m.counts.unread);
    }
    void operator()(const Applied &m) const { appendApplied(json, m.result); }
    void operator()(const Fault &m) const
    {
        QByteArray problem;
        appendProblem(problem, m.problem);
        json.key("problem").verbatim(problem).key("op_id").textOrNull(m.op.text);
    }
    void operator()(const Bye &m) const
    {
        json.key("code").number(static_cast<int>(m.code)).key("reconnect_after_ms");
        if (m.reconnectAfter)
            json.number(m.reconnectAfter->count());
        else
            json.null();
    }
    void operator()(const UnknownMessage &) const {}
};

struct NameOf
{
    QByteArrayView operator()(const Welcome &) const { return "welcome"; }
    QByteArrayView operator()(const Batch &) const { return "batch"; }
    QByteArrayView operator()(const Live &) const { return "live"; }
    QByteArrayView operator()(const Event &) const { return "ev"; }
    QByteArrayView operator()(const CountsNow &) const { return "counts"; }
    QByteArrayView operator()(const Applied &) const { return "applied"; }
    QByteArrayView operator()(const Fault &) const { return "error"; }
    QByteArrayView operator()(const Bye &) const { return "bye"; }
    QByteArrayView operator()(const UnknownMessage &m) const { return m.type; }
};
} // namespace

QByteArrayView messageName(const ServerMessage &message)
{
    return std::visit(NameOf{}, message);
}

QByteArray encode(const ServerMessage &message)
{
    if (const auto *event = std::get_if<Event>(&message))
        return PreparedChange(event->change).json(event->change.alert);
    QByteArray out;
    JsonWriter json(out);
    json.beginObject().key("type").text(messageName(message));
    std::visit(MessageWriter{json}, message);
    json.endObject();
    json.finish();
    return out;
}

bool BatchBuilder::add(const model::Change &change)
{
    const qsizetype before = m_items.size();
    if (m_count > 0)
        m_items.append(',');
    appendChange(m_items, change);
    if (m_count > 0 && (m_items.size() > maxBatchBytes || m_count == maxBatchItems)) {
        m_items.truncate(before);
        return false;
    }
    if (m_count++ == 0)
        m_from = change.seq;
    m_to = change.seq;
    return true;
}

QByteArray BatchBuilder::take()
{
    QByteArray out;
    out.reserve(m_items.size() + 96);
    out.append("{\"type\":\"batch\",\"from\":").append(QByteArray::number(m_from));
    out.append(",\"to\":").append(QByteArray::number(m_to));
    out.append(",\"items\":[").append(m_items).append("]}");
    m_items.clear();
    m_count = 0;
    return out;
}
} // namespace belfry::protocol
