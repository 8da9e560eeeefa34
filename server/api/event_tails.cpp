#include "api/event_tails.h"

#include "protocol/frame.h"
#include "protocol/item.h"
#include "protocol/json_writer.h"
#include "protocol/words.h"
#include "service/access.h"

#include <algorithm>

namespace belfry::api {
using ports::Committed;

namespace {
/// Batches that wait for a loop; and bytes that wait for a client: above either, entries are left out.
constexpr std::size_t mostBatches = 64;
constexpr qint64 mostWaiting = 256 * 1024;
constexpr std::chrono::seconds pingEvery{25};
constexpr quint16 expired = 4001;
constexpr quint16 leaving = 1012;

/// An op or a change of preferences is about no single item: only a filter by user shows them.
bool shows(const model::EventFilter &filter, const Committed &entry)
{
    if (const auto *item = std::get_if<model::Notification>(&entry.change.what))
        return filter.accepts(*item);
    const bool itsUser = filter.user.isEmpty() || filter.user == entry.user;
    model::EventFilter rest = filter;
    rest.user = {};
    if (const auto *gone = std::get_if<model::Gone>(&entry.change.what)) {
        if (rest.id && *rest.id != gone->id)
            return false;
        rest.id.reset();
    }
    return itsUser && rest == model::EventFilter{};
}

QByteArray eventOf(const Committed &entry, bool reads)
{
    QByteArray data;
    protocol::JsonWriter json(data);
    json.beginObject().key("user_id").text(entry.user.text).key("event");
    if (const auto *item = std::get_if<model::Notification>(&entry.change.what))
        appendEvent(json, *item);
    else
        json.null();
    json.key("change");
    if (reads)
        protocol::appendChange(json, entry.change);
    else
        json.null();
    json.endObject().finish();
    return protocol::eventStreamChunk(0, protocol::word(entry.change.kind), data);
}

QByteArray missedEvent(qint64 count)
{
    QByteArray data;
    protocol::JsonWriter json(data);
    json.beginObject().key("count").number(count).endObject().finish();
    return protocol::eventStreamChunk(0, "missed", data);
}
} // namespace

void appendEvent(protocol::JsonWriter &json, const model::Notification &item)
{
    json.beginObject().key("id").uuid(item.id).key("event_id");
    if (item.event.isNull())
        json.null();
    else
        json.uuid(item.event);
    json.key("user_id").text(item.user.text);
    json.key("type").text(model::categoryOf(item.content.type));
    json.key("state").text(protocol::word(item.state));
    json.key("urgency").text(protocol::word(item.content.urgency));
    json.key("critical").boolean(item.content.critical);
    json.key("source").textOrNull(item.content.source);
    json.key("revision").number(item.revision);
    json.key("created_at").time(item.createdAt);
    json.key("scheduled_for").timeOrNull(item.scheduledFor);
    json.key("expires_at").timeOrNull(item.expiresAt);
    json.key("traceparent").textOrNull(item.traceparent).endObject();
}

/// One of them. Its queue is filled on the writer lane; everything else is its loop's.
class EventTails::Tail final : public net::ConnectionEvents,
                               public auth::KeyWatcher,
                               public std::enable_shared_from_this<Tail>
{
public:
    Tail(EventTails &owner, const auth::Authenticator &authenticator, runtime::Loop &loop,
         net::Connection &connection, model::EventFilter filter, auth::Principal who)
        : m_owner(owner)
        , m_authenticator(authenticator)
        , m_loop(loop)
        , m_connection(&connection)
        , m_filter(std::move(filter))
        , m_who(std::move(who))
    {
        connection.setEvents(this);
    }
    ~Tail() override { m_authenticator.unwatchKeys(*this); }
    Tail(const Tail &) = delete;
    Tail &operator=(const Tail &) = delete;

    void begin(std::chrono::milliseconds life)
    {
        m_authenticator.watchKeys(*this); // who is told on another thread needs weak_from_this()
        if (!keyIsGood())                 // since the request was let in
            return endWithKey();
        m_connection->send(protocol::eventStreamChunk(0, "live", "{}"));
        ping();
        after(life, [](Tail &tail) { tail.close(expired, "the credential is to be shown again"); });
    }

    /// Writer lane.
    void add(const std::shared_ptr<const ports::CommittedBatch> &batch)
    {
        {
            const std::lock_guard lock(m_mutex);
            if (m_batches.size() >= mostBatches) {
                m_unseen += static_cast<qint64>(batch->size());
                return;
            }
            m_batches.push_back(batch);
            if (std::exchange(m_scheduled, true))
                return;
        }
        m_loop.post([weak = weak_from_this()] {
            if (const auto self = weak.lock())
                self->show();
        });
    }

    /// Any thread.
    void leave()
    {
        m_loop.post([weak = weak_from_this()] {
            if (const auto self = weak.lock())
                self->close(leaving, "the server stops");
        });
    }

    void keysChanged() override
    {
        m_loop.post([weak = weak_from_this()] {
            const auto self = weak.lock();
            if (self && !self->keyIsGood())
                self->endWithKey();
        });
    }

    void onText(QByteArrayView) override {}
    void onBinary(qsizetype) override {}
    void onPong(QByteArrayView) override {}
    void onDrained() override { tellMissed(); }
    void onClosed() override
    {
        m_connection = nullptr;
        m_owner.remove(this); // may be the end of this
    }

private:
    template<typename Work>
    void after(std::chrono::milliseconds delay, Work work)
    {
        m_loop.after(delay, [weak = weak_from_this(), work] {
            const auto self = weak.lock();
            if (self && self->m_connection)
                work(*self);
        });
    }

    [[nodiscard]] bool keyIsGood() const { return m_authenticator.standingOf(m_who.key).isGood; }
    void endWithKey() { close(expired, "the key is good no more"); }

    void ping()
    {
        m_connection->send(protocol::eventStreamComment());
        after(pingEvery, [](Tail &tail) { tail.ping(); });
    }

    void close(quint16 code, const QByteArray &reason)
    {
        if (m_connection)
            m_connection->close(code, reason);
    }

    void show()
    {
        std::vector<std::shared_ptr<const ports::CommittedBatch>> batches;
        {
            const std::lock_guard lock(m_mutex);
            batches.swap(m_batches);
            m_missed += std::exchange(m_unseen, 0);
            m_scheduled = false;
        }
        if (!m_connection)
            return;
        if (!keyIsGood())
            return endWithKey();
        tellMissed();
        for (const auto &batch : batches) {
            for (const Committed &entry : *batch) {
                if (shows(m_filter, entry))
                    showOne(entry);
            }
        }
    }

    void showOne(const Committed &entry)
    {
        if (m_missed > 0 || m_connection->waitingBytes() > mostWaiting)
            ++m_missed;
        else
            m_connection->send(eventOf(entry, service::readsInboxOf(m_who, entry.user)));
    }

    /// In its place: before the next one that is shown.
    void tellMissed()
    {
        if (m_missed > 0 && m_connection->waitingBytes() <= mostWaiting / 2)
            m_connection->send(missedEvent(std::exchange(m_missed, 0)));
    }

    EventTails &m_owner;
    const auth::Authenticator &m_authenticator;
    runtime::Loop &m_loop;
    net::Connection *m_connection; ///< null: it is gone
    const model::EventFilter m_filter;
    const auth::Principal m_who;
    qint64 m_missed = 0;

    std::mutex m_mutex;
    std::vector<std::shared_ptr<const ports::CommittedBatch>> m_batches;
    /// Entries of batches for which there was no room, whether they would have been shown or not.
    qint64 m_unseen = 0;
    bool m_scheduled = false;
};

EventTails::EventTails() = default;
EventTails::~EventTails() = default;

void EventTails::open(const auth::Authenticator &authenticator, runtime::Loop &loop,
                      net::Connection &connection, model::EventFilter filter, auth::Principal who,
                      model::Instant now)
{
    const model::Duration left = who.expiresAt ? *who.expiresAt - now : longestTail;
    auto tail =
        std::make_shared<Tail>(*this, authenticator, loop, connection, std::move(filter), std::move(who));
    {
        const std::lock_guard lock(m_mutex);
        m_tails.push_back(tail);
        m_count = static_cast<int>(m_tails.size());
    }
    tail->begin(std::chrono::ceil<std::chrono::milliseconds>(
        std::clamp<model::Duration>(left, model::Duration(0), longestTail)));
}

void EventTails::committed(const std::shared_ptr<const ports::CommittedBatch> &batch)
{
    if (m_count.load(std::memory_order_relaxed) == 0)
        return;
    const std::lock_guard lock(m_mutex); // while it is held no tail goes, and so no loop of one
    for (const auto &tail : m_tails)
        tail->add(batch);
}

void EventTails::drain()
{
    const std::lock_guard lock(m_mutex);
    for (const auto &tail : m_tails)
        tail->leave();
}

void EventTails::remove(const Tail *tail)
{
    std::shared_ptr<Tail> last; // dies after the lock
    const std::lock_guard lock(m_mutex);
    const auto it =
        std::find_if(m_tails.begin(), m_tails.end(), [tail](const auto &t) { return t.get() == tail; });
    if (it == m_tails.end())
        return;
    last = std::move(*it);
    m_tails.erase(it);
    m_count = static_cast<int>(m_tails.size());
}
} // namespace belfry::api
