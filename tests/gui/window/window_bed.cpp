#include "window_bed.h"

#include "offline/found_words.h"
#include "protocol/words.h"

#include <QDir>
#include <algorithm>

namespace belfry::window {
using model::Notification;
using model::Text;

namespace {
/// Tuesday, 3 November 2026, 14:30 in Berlin.
constexpr model::Instant now{1'793'712'600'000'000};

const model::Error refusal{model::ErrorCode::Forbidden, "not yours", {}, {}, "7f3a-41"};
} // namespace

// ---- the sink

model::Result<model::OpId> PromptSink::send(model::OpSet set, const QList<model::NotificationId> &ids,
                                            model::MaybeInstant until)
{
    sent.append(QString::fromLatin1(protocol::word(set).toByteArray()) + QLatin1Char(' ') +
                QString::number(ids.size()));
    return take({{}, set, ids, m_now, until});
}

model::Result<model::OpId> PromptSink::sendUpTo(model::OpSet set, model::Seq seq)
{
    sent.append(QString::fromLatin1(protocol::word(set).toByteArray()) + QStringLiteral(" all"));
    return take({{}, set, model::UpTo{seq, {}}, m_now, {}});
}

void PromptSink::setMuted(const Text &category, bool muted, Muted answer)
{
    sent.append((muted ? QStringLiteral("mute ") : QStringLiteral("unmute ")) + QString::fromUtf8(category));
    if (refuses)
        answer(tl::unexpected(refusal));
    else if (isAway)
        answer(model::fail(model::ErrorCode::Unavailable, "the server is not there"));
    else
        answer({});
}

model::Result<model::OpId> PromptSink::take(model::Op op)
{
    op.id.text = "op" + Text::number(++m_seq);
    m_inbox.begin(op, m_now);
    if (isAway)
        return op.id;
    const model::Seq seq = m_seq;
    QMetaObject::invokeMethod(
        m_triage,
        [this, op, seq] {
            m_inbox.tell({seq, model::ChangeKind::State, m_now, model::StateChange{op}, model::Alert::None},
                         m_now);
            m_inbox.settle(op.id, m_now);
            m_triage->opApplied({op.id, seq, false, {}});
        },
        Qt::QueuedConnection);
    return op.id;
}

// ---- the bed

WindowBed::WindowBed(QObject *parent)
    : QObject(parent)
    , m_sink(m_inbox, now)
    , m_triage(m_inbox, m_sink, [] { return now; })
    , m_clock([] { return now; })
    , m_teller{QLocale(QStringLiteral("en_GB")), QTimeZone("Europe/Berlin")}
    , m_view({m_inbox, m_triage, *this, m_clock}, m_teller)
    , m_detail(m_inbox, m_triage, m_clock, m_teller)
    , m_toast(m_triage, m_teller, m_clock)
    , m_connection(m_teller, m_clock)
    , m_why(*this, m_teller)
{
    m_sink.listenTo(m_triage);
    m_toast.follow(*m_view.saved());
    const auto count = [this] {
        qint64 unread = 0;
        for (const auto &[id, entry] : m_inbox.ledger().entries())
            unread += model::isActive(entry.shown) && !entry.shown->engagement.read ? 1 : 0;
        m_view.setUnreadCount(unread);
    };
    connect(&m_inbox, &QAbstractItemModel::rowsInserted, this, count);
    connect(&m_inbox, &QAbstractItemModel::rowsRemoved, this, count);
    connect(&m_inbox, &QAbstractItemModel::dataChanged, this, count);
    m_view.setCacheRead();
    goOnline();
}

WindowBed::~WindowBed() = default;

void WindowBed::reset()
{
    m_warnings.listen();
    m_inbox.replace({}, m_number + 1, now);
    QList<model::NotificationId> rest;
    m_sink.isAway = false;
    for (const auto &[id, entry] : m_inbox.ledger().entries())
        rest.append(id);
    for (const model::NotificationId &id : rest)
        m_inbox.tell(
            {++m_number + 2'000'000, model::ChangeKind::Recalled, now, model::Gone{id}, model::Alert::None},
            now);
    m_sink.refuses = false;
    m_archivedThere = 0;
    m_isFull = false;
    m_view.setSearch({});
    m_view.saved()->set({});
    m_view.clearSelection();
    m_view.setView(InboxView::Inbox);
    m_detail.setNotificationId({});
    m_toast.dismiss();
    m_sink.sent.clear();
    goOnline();
}

Notification WindowBed::add(int minutesAgo, const char *app, const char *title, const char *message)
{
    Notification item;
    const int number = ++m_number;
    item.id = {1, static_cast<quint64>(number)};
    item.user.text = "mara";
    item.seq = item.createdSeq = number;
    item.state = model::State::Done;
    item.createdAt = now - std::chrono::minutes(minutesAgo);
    item.updatedAt = item.createdAt;
    item.content.source = app;
    item.content.title = title;
    item.content.message = message;
    return item;
}

void WindowBed::tell(const Notification &item)
{
    m_inbox.tell({item.seq, model::ChangeKind::Created, item.createdAt, item, model::Alert::Sound},
                 item.createdAt);
}

int WindowBed::fill(int count, const QString &app)
{
    const int first = m_number + 1;
    for (int i = 0; i < count; ++i) {
        const Text title = "Message " + Text::number(m_number + 1);
        tell(add(count - i, app.toUtf8().constData(), title.constData(), "Nothing to do"));
    }
    return first;
}

int WindowBed::tellOne(const QString &title, const QString &message)
{
    tell(add(0, "Solo", title.toUtf8().constData(), message.toUtf8().constData()));
    return m_number;
}

void WindowBed::fillGallery()
{
    Notification yesterday =
        add(60 * 22, "Backup", "Nightly backup finished", "412 GB in 1 h 12 min, no error");
    yesterday.engagement.read = yesterday.engagement.seen = now;
    tell(yesterday);
    tell(add(60 * 20, "Calendar", "Team lunch moved to 12:30", "Room 4 or the usual place"));
    for (int i = 0; i < 12; ++i)
        tell(add(200 - i, "CI", "Build passed", "main: all 221 tests passed"));
    Notification review =
        add(96, "Reviews", "Dana asked for your review",
            "Outbox relay: batch claims with **SKIP LOCKED** ([#318](https://example.org/318)).\n\n"
            "- each claim takes 500 rows\n- a claim that ends is *given back*\n\n`select … for update skip "
            "locked`");
    review.engagement.read = review.engagement.seen = now;
    review.content.type = "code";
    review.content.thread = "pr-318";
    review.content.link = "https://example.org/318";
    review.content.actions = {{"approve", "Approve", "https://example.org/318/approve"},
                              {"later", "Later", {}}};
    tell(review);
    m_review = m_number;
    Notification comment = add(80, "Reviews", "Dana commented on #318", "Looks good to me");
    comment.content.thread = "pr-318";
    comment.content.type = "code";
    tell(comment);
    Notification failed =
        add(42, "CI", "Build #4211 failed", "main @ 3f2c1a9: 2 tests failed in delivery/retry");
    failed.content.urgency = model::Urgency::High;
    failed.content.type = "builds";
    tell(failed);
    Notification invoice = add(12, "Billing", "Invoice INV-2041 paid", "ACME GmbH paid 1,240.00 EUR");
    invoice.content.type = "billing";
    tell(invoice);
    Notification upload = add(3, "Files", "Uploading holiday pictures", "3 of 12 done");
    upload.content.progress = 0.25;
    tell(upload);
    tell(add(0, "Learning", "Keep your 12-day streak", "One lesson today keeps it going"));
}

int WindowBed::fillScripts()
{
    Notification german =
        add(55, "Fahrgastinformation", "Schienenersatzverkehrshaltestellenverzeichnis wurde aktualisiert",
            "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsbenachrichtigung");
    german.content.type = "verkehrsbehinderungen";
    german.content.urgency = model::Urgency::High;
    tell(german);
    Notification hebrew =
        add(14, "יומן", "הפגישה של הצוות הועברה לשעה 12:30", "חדר 4, או המקום הרגיל (Zoom)");
    hebrew.content.type = "פגישות";
    tell(hebrew);
    Notification arabic = add(8, "البريد", "وصلت رسالة جديدة من ليلى بخصوص الاجتماع",
                              "مرحبا، هذا **جدول** الاجتماع ([#318](https://example.org/318)):\n\n"
                              "- مراجعة الميزانية لعام 2026\n- إصدار *Belfry 1.0* القادم\n\nشكرا لك");
    arabic.content.type = "رسائل";
    arabic.content.urgency = model::Urgency::High;
    arabic.content.progress = 0.4;
    arabic.content.actions = {{"answer", "رد", "https://example.org/318/answer"}, {"later", "لاحقا", {}}};
    tell(arabic);
    return m_number;
}

void WindowBed::goOffline()
{
    m_sink.isAway = true;
    session::Connection connection;
    connection.state = session::Connection::State::Waiting;
    connection.since = now - std::chrono::minutes(28);
    connection.retryAt = now + std::chrono::seconds(8);
    connection.reason = "the server does not answer";
    m_connection.setConnection(connection);
}

void WindowBed::goOnline()
{
    m_sink.isAway = false;
    session::Connection connection;
    connection.state = session::Connection::State::Online;
    connection.since = now;
    m_connection.setConnection(connection);
}

void WindowBed::askToSignIn()
{
    session::Connection connection;
    connection.state = session::Connection::State::NeedsSignIn;
    connection.since = now;
    connection.reason = "your session has ended";
    m_connection.setConnection(connection);
}

void WindowBed::refuse()
{
    m_sink.refuses = true;
    session::Connection connection;
    connection.state = session::Connection::State::Ended;
    connection.since = now;
    connection.reason = refusal.detail;
    connection.requestId = refusal.requestId;
    m_connection.setConnection(connection);
}

void WindowBed::accept()
{
    m_sink.refuses = false;
    goOnline();
}

void WindowBed::startFirstSync()
{
    session::Connection connection;
    connection.state = session::Connection::State::Syncing;
    connection.since = now;
    connection.isFirstSync = true;
    connection.received = 120;
    m_connection.setConnection(connection);
}

QString WindowBed::idOf(int number) const
{
    return QString::fromLatin1(model::NotificationId{1, static_cast<quint64>(number)}.toText());
}

QString WindowBed::shotPath(const QString &name) const
{
    const QString folder = qEnvironmentVariable("BELFRY_SHOTS");
    return folder.isEmpty() ? QString() : QDir(folder).filePath(name + QStringLiteral(".png"));
}

void WindowBed::searchHere(const Text &words, RowSource::Reply reply)
{
    const QList<Text> all = words.simplified().split(' ');
    session::RowPage found;
    for (const auto &[id, entry] : m_inbox.ledger().entries()) {
        const QString title = QString::fromUtf8(entry.shown->content.title);
        if (std::all_of(all.begin(), all.end(),
                        [&](const Text &word) { return !offline::FoundWords(word).in(title).isEmpty(); }))
            found.ids.append(id);
    }
    QMetaObject::invokeMethod(
        this, [found, reply = std::move(reply)] { reply(found); }, Qt::QueuedConnection);
}

/// The server finds what has these words in the archive that is not here.
void WindowBed::searchThere(const Text &words, const Text &, RowSource::Reply reply)
{
    if (m_sink.refuses || Text("archived").startsWith(words.toLower()))
        return olderArchived(std::move(reply));
    QMetaObject::invokeMethod(
        this, [reply = std::move(reply)] { reply(session::RowPage()); }, Qt::QueuedConnection);
}

std::optional<bool> WindowBed::hasOlderArchived() const
{
    return m_archivedThere > 0;
}

void WindowBed::olderArchived(RowSource::Reply reply)
{
    QMetaObject::invokeMethod(
        this,
        [this, reply = std::move(reply)] {
            if (m_sink.refuses)
                reply(tl::unexpected(refusal));
            else
                reply(takeArchived());
        },
        Qt::QueuedConnection);
}

void WindowBed::keepArchivedThere(int count)
{
    m_archivedThere = count;
    numberFrom(count + 1);
}

session::RowPage WindowBed::takeArchived()
{
    if (m_isFull)
        return {{}, "more", true};
    session::RowPage page;
    std::vector<Notification> items;
    for (int i = 0; i < archivePage && m_archivedThere > 0; ++i) {
        const int place = m_archivedThere--;
        Notification item = add((1'000 - place) * 24 * 60, "Archive", "", "Long ago");
        item.content.title = "Archived " + Text::number(place);
        item.createdSeq = item.seq = place; // before all that was told since
        item.engagement.archived = item.createdAt;
        page.ids.append(item.id);
        items.push_back(std::move(item));
    }
    m_inbox.take(items, now);
    page.next = m_archivedThere > 0 ? Text("more") : Text();
    return page;
}

void WindowBed::why(const model::NotificationId &, WhySource::Answer answer)
{
    protocol::TimelineAnswer told;
    told.deliveries = {{"in_app", {}, "delivered", {}, {}, 1, {}},
                       {"email", {}, "suppressed", "preference", "off for this category", 0, {}}};
    told.trace = {{now - std::chrono::seconds(1), "accepted", {}, {}, {}},
                  {now - std::chrono::milliseconds(996), "decided", "in_app", "default", {}}};
    const model::Result<protocol::TimelineAnswer> said =
        m_sink.refuses ? model::Result<protocol::TimelineAnswer>(tl::unexpected(refusal)) : told;
    QMetaObject::invokeMethod(
        this, [said, answer = std::move(answer)] { answer(said); }, Qt::QueuedConnection);
}
} // namespace belfry::window

#include "moc_window_bed.cpp"
