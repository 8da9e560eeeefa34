#include "session/account_session.h"

#include <QDateTime>
#include <QPointer>
#include <QUuid>

namespace belfry::session {
using model::ErrorCode;
using model::Instant;
using model::VoidResult;

namespace {
constexpr int olderPage = 2'000;
constexpr int searchPage = 200;
constexpr std::size_t trimSlack = 500; // not one row at a time
constexpr std::chrono::hours longestTimer{24};

int rankOf(const model::Notification &item)
{
    return static_cast<int>(offline::keepOf(item));
}

client::Surroundings completed(client::Surroundings surroundings)
{
    if (!surroundings.now)
        surroundings.now = [] { return Instant{QDateTime::currentMSecsSinceEpoch() * 1000}; };
    return surroundings;
}

QList<model::NotificationId> idsOf(const std::vector<model::Notification> &items)
{
    QList<model::NotificationId> ids;
    ids.reserve(qsizetype(items.size()));
    for (const model::Notification &item : items)
        ids.append(item.id);
    return ids;
}

std::vector<inbox::InboxModel::Loaded> loadable(const std::vector<offline::Row> &rows)
{
    std::vector<inbox::InboxModel::Loaded> loaded;
    loaded.reserve(rows.size());
    for (const offline::Row &row : rows)
        loaded.push_back({row.item, row.placedAt, row.wokeAt});
    return loaded;
}
} // namespace

AccountSession::AccountSession(const SessionSettings &settings, inbox::InboxModel &inbox, TokenSource &tokens,
                               const client::Surroundings &surroundings, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_inbox(inbox)
    , m_tokens(tokens)
    , m_surroundings(completed(surroundings))
    , m_cache(settings.folder, settings.account, settings.limits)
    , m_device(settings.device)
{
    qRegisterMetaType<Connection>();
    m_due.setSingleShot(true);
    connect(&m_due, &QTimer::timeout, this, &AccountSession::pass);
    connect(&m_cache, &offline::AccountCache::failed, this, &AccountSession::notKept);
}

AccountSession::~AccountSession() = default;

// ---- from the cache to the server

void AccountSession::start()
{
    m_cache.open([this](const model::Result<offline::Opened> &opened) { cacheOpened(opened); });
}

void AccountSession::cacheOpened(const model::Result<offline::Opened> &opened)
{
    if (!opened) { // told by notKept: without a cache it goes, too
        if (m_device.isEmpty())
            m_device.text = QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
        m_connection.setFirstSync(true);
        return makeLive();
    }
    if (m_device.isEmpty())
        m_device = opened->device;
    m_cursor = opened->cursor;
    m_counted = opened->counts;
    m_listsDue = opened->listsDue;
    m_connection.setFirstSync(!m_cursor.since);
    m_inbox.load(loadable(opened->newest), now());
    for (const model::Op &op : opened->ops)
        m_inbox.begin(op, now());
    if (opened->setAside)
        Q_EMIT cacheSetAside(*opened->setAside);
    if (opened->hasOlder)
        loadOlder(opened->newest.back().item.createdSeq);
    else
        makeLive();
}

/// All of them before the server speaks: it speaks of changes to what is here.
void AccountSession::loadOlder(model::Seq before)
{
    m_cache.older(before, olderPage, [this](const model::Result<std::vector<offline::Row>> &rows) {
        if (!rows || rows->empty()) {
            // Half of an inbox and a cursor beyond it would stay wrong for good.
            if (!rows)
                m_cursor = {};
            return makeLive();
        }
        m_inbox.load(loadable(*rows), now());
        loadOlder(rows->back().item.createdSeq);
    });
}

void AccountSession::makeLive()
{
    const offline::Account &account = m_settings.account;
    m_live = std::make_unique<client::LiveSession>(
        client::LiveSettings{account.server, account.user, {}, m_device, m_cursor, m_settings.trust},
        &m_cache, m_surroundings);
    m_lists = std::make_unique<ListLoader>(m_live->rest(), account.user);
    m_mute = std::make_unique<CategoryMute>(m_live->rest(), account.user);
    listen();
    if (m_presence)
        m_live->setPresence(*m_presence);
    tellCounts();
    pass();
    Q_EMIT opened();
    requestToken(TokenSource::Why::Start);
}

void AccountSession::askToken()
{
    if (m_live)
        requestToken(TokenSource::Why::Refused);
}

void AccountSession::requestToken(TokenSource::Why why)
{
    if (std::exchange(m_isAsking, true))
        return;
    m_tokens.ask(why, [alive = QPointer<AccountSession>(this)](const model::Result<model::Text> &token) {
        if (alive)
            alive->takeToken(token);
    });
}

void AccountSession::takeToken(const model::Result<model::Text> &token)
{
    m_isAsking = false;
    if (!token) {
        m_connection.signInNeeded(token.error(), now());
        return tellConnection();
    }
    m_live->setToken(*token);
    if (m_live->state() == client::SessionState::Stopped)
        m_live->start();
}

void AccountSession::stop()
{
    if (m_live)
        m_live->stop();
}

void AccountSession::retry()
{
    if (!m_live)
        return;
    const Connection::State state = connection().state;
    if (state == Connection::State::NeedsSignIn)
        askToken();
    else if (state == Connection::State::Ended || state == Connection::State::Off)
        m_live->start();
    else if (state != Connection::State::Online)
        m_live->reconnectNow();
}

void AccountSession::networkChanged()
{
    if (m_live)
        m_live->reconnectNow();
}

void AccountSession::woke()
{
    networkChanged();
    pass();
}

void AccountSession::setPresence(protocol::Presence::State state)
{
    m_presence = state;
    if (m_live)
        m_live->setPresence(state);
}

// ---- what the server says

void AccountSession::listen()
{
    using client::LiveSession;
    connect(m_live.get(), &LiveSession::changed, this, &AccountSession::changed);
    connect(m_live.get(), &LiveSession::snapshotLoaded, this, &AccountSession::snapshotLoaded);
    connect(m_live.get(), &LiveSession::snapshotComes, this, [this](qint64 items) {
        m_connection.received(items);
        tellConnection();
    });
    connect(m_live.get(), &LiveSession::stateChanged, this, &AccountSession::stateChanged);
    connect(m_live.get(), &LiveSession::tokenNeeded, this, &AccountSession::askToken);
    connect(m_live.get(), &LiveSession::cursorMoved, this, [this](const client::Cursor &cursor) {
        m_cursor = cursor;
        m_cache.write(offline::PutCursor{cursor});
    });
    connect(m_live.get(), &LiveSession::countsChanged, this, [this](qint64 seq, const model::Counts &counts) {
        m_counted = {seq, counts};
        m_cache.write(offline::PutCounts{m_counted});
        tellCounts();
    });
    connect(m_live.get(), &LiveSession::opApplied, this, [this](const model::OpApplied &applied) {
        m_inbox.settle(applied.id, now());
        tellCounts();
        Q_EMIT opApplied(applied);
    });
    connect(m_live.get(), &LiveSession::opRefused, this,
            [this](const model::OpId &op, const model::Error &why) {
                m_inbox.settle(op, now());
                tellCounts();
                Q_EMIT opRefused(op, why);
            });
    connect(m_live.get(), &LiveSession::problem, this, [this](const model::Error &error) {
        m_connection.problem(error);
        tellConnection();
        Q_EMIT problem(error);
    });
    connect(m_lists.get(), &ListLoader::loaded, this,
            [this](const std::vector<model::Notification> &items) { keep(m_inbox.take(items, now())); });
    connect(m_lists.get(), &ListLoader::archiveLoaded, this,
            [this](const model::Text &next) { m_archiveFrom = next; });
    connect(m_lists.get(), &ListLoader::finished, this, [this](offline::ListsDue what) {
        if (what >= m_listsDue)
            setListsDue(offline::ListsDue::None);
    });
    connect(m_lists.get(), &ListLoader::failed, this, [this] { setListsDue(offline::ListsDue::All); });
}

void AccountSession::changed(const model::Change &change)
{
    m_connection.received(1);
    const inbox::Delta delta = m_inbox.tell(change, now());
    keep(delta);
    if (delta.mayMissMore)
        m_lists->loadActive();
    else if (!delta.missing.isEmpty())
        m_lists->fetch(delta.missing);
    if (connection().state == Connection::State::Syncing)
        tellConnection();
    if (change.kind == model::ChangeKind::Preferences)
        Q_EMIT preferencesChanged();
    if (change.alert != model::Alert::None || change.seq == 0)
        Q_EMIT arrived(change);
}

void AccountSession::snapshotLoaded(const protocol::Snapshot &snapshot)
{
    m_lists->stop();
    // Numbers of another database say nothing about these (H22).
    if (!m_cursor.epoch.isEmpty() && m_cursor.epoch != snapshot.epoch) {
        keep(m_inbox.startAnew());
        m_archiveFrom.reset();
    }
    keep(m_inbox.replace(snapshot.items, snapshot.seq, now()));
    setListsDue(offline::ListsDue::Aside);
}

/// Kept too: a program that ends in between loads them at its next start.
void AccountSession::setListsDue(offline::ListsDue due)
{
    if (std::exchange(m_listsDue, due) != due)
        m_cache.write(offline::PutListsDue{due});
}

void AccountSession::stateChanged(client::SessionState state, const model::MaybeInstant &retryAt)
{
    m_connection.stateChanged(state, retryAt, now());
    tellConnection();
    if (state == client::SessionState::Live && !m_lists->isBusy())
        m_lists->load(m_listsDue);
}

// ---- what the person does

model::Result<model::OpId> AccountSession::send(model::OpSet set, const QList<model::NotificationId> &ids,
                                                model::MaybeInstant until)
{
    if (!m_live)
        return model::fail(ErrorCode::Unavailable, "the inbox is being opened: try again in a moment");
    auto id = m_live->apply(set, ids, until);
    if (id)
        began({*id, set, ids, now(), until});
    return id;
}

model::Result<model::OpId> AccountSession::sendUpTo(model::OpSet set, model::Seq seq)
{
    if (!m_live)
        return model::fail(ErrorCode::Unavailable, "the inbox is being opened: try again in a moment");
    auto id = m_live->applyUpTo(set, seq);
    if (id)
        began({*id, set, model::UpTo{seq, {}}, now(), {}});
    return id;
}

void AccountSession::began(const model::Op &op)
{
    m_inbox.begin(op, now());
    pass(); // a snooze may be the next to end
    tellCounts();
}

void AccountSession::setMuted(const model::Text &category, bool muted, Muted answer)
{
    if (!m_mute)
        return answer(
            model::fail(ErrorCode::Unavailable, "the inbox is being opened: try again in a moment"));
    m_mute->set(category, muted, std::move(answer));
}

void AccountSession::search(const model::Text &words,
                            offline::AccountCache::Reply<QList<model::NotificationId>> reply)
{
    m_cache.search(words, std::move(reply));
}

void AccountSession::searchServer(const model::Text &words, const model::Text &from, PageReply reply)
{
    if (!m_live)
        return reply(model::fail(ErrorCode::Unavailable, "the inbox is being opened: try again in a moment"));
    if (!from.isEmpty() && !hasRoomFor(searchPage))
        return reply(RowPage{{}, from, true});
    const client::RestClient::ListQuery query{m_settings.account.user, "all", {}, words, from, searchPage};
    m_live->rest().list(this, query,
                        [this, reply = std::move(reply)](const model::Result<protocol::ListAnswer> &answer) {
                            if (!answer)
                                return reply(tl::unexpected(answer.error()));
                            keep(m_inbox.take(answer->items, now()));
                            reply(RowPage{idsOf(answer->items), answer->nextCursor});
                        });
}

void AccountSession::olderArchived(PageReply reply)
{
    if (!m_live)
        return reply(model::fail(ErrorCode::Unavailable, "the inbox is being opened: try again in a moment"));
    if (hasOlderArchived() == false)
        return reply(RowPage{});
    if (!hasRoomFor(ListLoader::pageSize))
        return reply(RowPage{{}, m_archiveFrom.value_or(model::Text()), true});
    const client::RestClient::ListQuery query{
        m_settings.account.user, "archived", {}, {}, m_archiveFrom.value_or(model::Text()),
        ListLoader::pageSize};
    m_live->rest().list(this, query,
                        [this, reply = std::move(reply),
                         from = m_archiveFrom](const model::Result<protocol::ListAnswer> &answer) {
                            if (!answer)
                                return reply(tl::unexpected(answer.error()));
                            const inbox::Delta delta = m_inbox.take(answer->items, now());
                            keep(delta);
                            if (from == m_archiveFrom) // else it was begun anew meanwhile
                                m_archiveFrom = answer->nextCursor;
                            // A page that was here already is not what somebody waits for.
                            if (delta.shown.isEmpty() && !answer->nextCursor.isEmpty())
                                return olderArchived(reply);
                            reply(RowPage{idsOf(answer->items), answer->nextCursor});
                        });
}

std::optional<bool> AccountSession::hasOlderArchived() const
{
    if (!m_archiveFrom)
        return std::nullopt;
    return !m_archiveFrom->isEmpty();
}

bool AccountSession::hasRoomFor(int rows) const
{
    const auto limit = static_cast<std::size_t>(m_settings.limits.rows) + trimSlack;
    return m_inbox.ledger().size() + static_cast<std::size_t>(rows) <= limit;
}

// ---- keeping and telling

void AccountSession::keep(const inbox::Delta &delta)
{
    for (const model::NotificationId &id : delta.removed)
        m_cache.write(offline::DropRow{id});
    for (const model::NotificationId &id : delta.told) {
        if (const inbox::Entry *entry = m_inbox.find(id))
            m_cache.write(offline::PutRow{{entry->told, entry->placedAt, entry->wokeAt}});
    }
    trim();
    pass();
}

void AccountSession::trim()
{
    const auto limit = static_cast<std::size_t>(m_settings.limits.rows);
    if (m_inbox.ledger().size() <= limit + trimSlack)
        return;
    for (const model::NotificationId &id : m_inbox.trim(limit, rankOf).removed)
        m_cache.write(offline::DropRow{id});
    m_archiveFrom.reset(); // what went was the oldest of it
}

/// What ends by the clock, and when the next of it does.
void AccountSession::pass()
{
    m_inbox.pass(now());
    const model::MaybeInstant next = m_inbox.ledger().nextDue();
    if (!next)
        return m_due.stop();
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(*next - now());
    m_due.start(std::clamp<std::chrono::milliseconds>(wait, std::chrono::milliseconds(1), longestTimer));
}

model::Counts AccountSession::counts() const
{
    const model::Counts here = m_inbox.ledger().unansweredCounts();
    return {std::max<qint64>(0, m_counted.counts.unseen + here.unseen),
            std::max<qint64>(0, m_counted.counts.unread + here.unread)};
}

/// At the end of the turn: an answer and the counts that belong to it come one after the other.
void AccountSession::tellCounts()
{
    if (std::exchange(m_isTelling, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_isTelling = false;
            const model::Counts current = counts();
            if (current != std::exchange(m_toldCounts, current))
                Q_EMIT countsChanged(current);
        },
        Qt::QueuedConnection);
}

void AccountSession::tellConnection()
{
    if (connection() != std::exchange(m_toldConnection, connection()))
        Q_EMIT connectionChanged(connection());
}
} // namespace belfry::session

#include "moc_account_session.cpp"
