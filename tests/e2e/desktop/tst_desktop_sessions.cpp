// The desktop client's foundation with a real server: what two computers of one person see, with a network
// that comes and goes and a server that is killed.
#include "inbox/inbox_filter.h"
#include "inbox/triage.h"
#include "session/account_session.h"
#include "support/http_client.h"
#include "support/server_process.h"
#include "support/wait_until.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QUuid>

using namespace belfry;
using namespace std::chrono_literals;
using session::Connection;

namespace {
/// A way to where the server is now, that can be cut and mended.
class Way : public QObject
{
public:
    Way()
    {
        connect(&m_listener, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *near = m_listener.nextPendingConnection())
                join(near);
        });
        m_isListening = m_listener.listen(QHostAddress::LocalHost);
    }
    [[nodiscard]] QUrl url() const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_listener.serverPort()));
    }
    [[nodiscard]] bool isListening() const { return m_isListening; }
    void leadTo(quint16 port) { m_port = port; }
    void cut()
    {
        m_port = 0;
        for (QTcpSocket *near : m_listener.findChildren<QTcpSocket *>())
            near->abort();
    }

private:
    void join(QTcpSocket *near)
    {
        if (m_port == 0) {
            near->abort();
            near->deleteLater();
            return;
        }
        auto *far = new QTcpSocket(near);
        connect(near, &QTcpSocket::readyRead, far, [near, far] { far->write(near->readAll()); });
        connect(far, &QTcpSocket::readyRead, near, [near, far] {
            if (near->state() == QAbstractSocket::ConnectedState)
                near->write(far->readAll());
        });
        connect(far, &QTcpSocket::disconnected, near, [near] { near->disconnectFromHost(); });
        connect(far, &QTcpSocket::errorOccurred, near, [near] { near->abort(); });
        connect(near, &QTcpSocket::disconnected, near, [near] { near->deleteLater(); });
        far->connectToHost(QHostAddress::LocalHost, m_port);
    }

    QTcpServer m_listener;
    bool m_isListening = false;
    quint16 m_port = 0;
};

class KnownToken : public session::TokenSource
{
public:
    explicit KnownToken(model::Text token)
        : m_token(std::move(token))
    {
    }
    void ask(Why, Answer answer) override
    {
        ++asked;
        if (m_token.isEmpty())
            answer(model::fail(model::ErrorCode::Unauthenticated, "nobody is signed in"));
        else
            answer(m_token);
    }
    void set(const model::Text &token) { m_token = token; }

    int asked = 0;

private:
    model::Text m_token;
};

/// One run of the program on one computer.
struct Computer
{
    Computer(const QUrl &server, const QString &folder, const model::Text &token,
             const offline::CacheLimits &limits = {})
        : tokens(token)
        , session({{server, {"mara"}}, folder, {}, limits}, inbox, tokens, {{}, [] { return 0.0; }})
    {
        QObject::connect(&session, &session::AccountSession::opApplied, &triage, &inbox::Triage::opApplied);
        QObject::connect(&session, &session::AccountSession::opRefused, &triage, &inbox::Triage::opRefused);
        QObject::connect(&session, &session::AccountSession::opened, &session, [this] { isOpen = true; });
        session.start();
    }

    [[nodiscard]] Connection::State state() const { return session.connection().state; }
    [[nodiscard]] bool becomes(Connection::State wanted) const
    {
        return test::waitUntil([&] { return state() == wanted; });
    }
    [[nodiscard]] std::optional<model::NotificationId> find(const char *title) const
    {
        for (const auto &[id, entry] : inbox.ledger().entries()) {
            if (entry.shown->content.title == title)
                return id;
        }
        return std::nullopt;
    }
    /// "title:read,archived…" sorted: what is compared between computers.
    [[nodiscard]] QByteArrayList told() const
    {
        QByteArrayList lines;
        for (const auto &[id, entry] : inbox.ledger().entries()) {
            const model::Engagement &e = entry.shown->engagement;
            lines.append(entry.shown->content.title + (e.read ? " read" : "") +
                         (e.archived ? " archived" : "") + (e.snoozedUntil ? " snoozed" : "") +
                         (e.deleted ? " deleted" : ""));
        }
        std::sort(lines.begin(), lines.end());
        return lines;
    }
    [[nodiscard]] const model::Engagement &engagement(const char *title) const
    {
        return inbox.find(*find(title))->shown->engagement;
    }

    inbox::InboxModel inbox;
    inbox::InboxFilter list{inbox};
    QAbstractItemModelTester tester{&list, QAbstractItemModelTester::FailureReportingMode::QtTest};
    KnownToken tokens;
    session::AccountSession session;
    inbox::Triage triage{inbox, session,
                         [] { return model::Instant{QDateTime::currentMSecsSinceEpoch() * 1000}; }};
    bool isOpen = false;
};

/// Waits for a page that was asked for.
class PageAsked
{
public:
    [[nodiscard]] std::function<void(model::Result<session::RowPage>)> reply()
    {
        m_page.reset();
        return [this](const model::Result<session::RowPage> &page) { m_page = page; };
    }
    [[nodiscard]] session::RowPage answer() const
    {
        if (!wait() || !*m_page)
            qFatal("no page: %s", m_page ? m_page->error().detail.constData() : "no answer");
        return **m_page;
    }
    [[nodiscard]] model::ErrorCode error() const
    {
        if (!wait() || *m_page)
            qFatal("no error");
        return m_page->error().code;
    }

private:
    [[nodiscard]] bool wait() const
    {
        return test::waitUntil([this] { return m_page.has_value(); });
    }

    std::optional<model::Result<session::RowPage>> m_page;
};
} // namespace

class TestDesktopSessions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void readHereIsReadThereWithinASecond();
    void survivesAServerThatIsKilled();
    void catchesUpOnAThousand();
    void offlineDeedsMeetAgain();
    void deedsOutliveTheProgram();
    void anotherDatabaseBeginsAnew();
    void whatIsArchivedComesToANewComputer();
    void theArchiveGoesOnAsFarAsSomebodyLooks();
    void aFullComputerTakesNoMoreOfTheArchive();
    void whatASearchFindsComesInPages();
    void mutesOnTheServer();
    void worksWithoutACache();
    void readableWhileNobodyIsSignedIn();

private:
    void post(const QByteArray &title, const QByteArray &more = {});
    /// So many "many N", all of them archived.
    void archive(int count);
    [[nodiscard]] std::unique_ptr<Computer> computer(const char *name, const model::Text &token = {});
    [[nodiscard]] std::unique_ptr<Computer> online(const char *name);

    std::unique_ptr<test::ServerProcess> m_server;
    std::unique_ptr<Way> m_way;
    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestDesktopSessions::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<test::ServerProcess>();
    QVERIFY2(m_server->start(), m_server->error().constData());
    m_way = std::make_unique<Way>();
    QVERIFY(m_way->isListening());
    m_way->leadTo(m_server->port());
}

void TestDesktopSessions::cleanup()
{
    m_way.reset();
    m_server.reset();
    m_dir.reset();
}

void TestDesktopSessions::post(const QByteArray &title, const QByteArray &more)
{
    test::HttpClient http(m_server->port(), m_server->key());
    const auto answer =
        http.post("/api/v1/notifications", R"({"user_id":"mara","type":"build","source":"ci","title":")" +
                                               title + R"(","message":"text")" + more + "}");
    QVERIFY2(answer.status == 201, answer.body.constData());
}

void TestDesktopSessions::archive(int count)
{
    test::HttpClient http(m_server->port(), m_server->key());
    for (int begin = 1; begin <= count; begin += 500) {
        QByteArrayList items;
        for (int number = begin; number <= std::min(count, begin + 499); ++number)
            items.append(R"({"user_id":"mara","title":"many )" + QByteArray::number(number) + "\"}");
        const auto answer =
            http.post("/api/v1/notifications:batch", R"({"notifications":[)" + items.join(',') + "]}");
        QVERIFY2(answer.status / 100 == 2, answer.body.constData());
    }
    const auto done =
        http.post("/api/v1/users/mara/inbox/ops", R"({"ops":[{"op_id":")" +
                                                      QUuid::createUuid().toByteArray(QUuid::WithoutBraces) +
                                                      R"(","set":"archive","upto_seq":1000000}]})");
    QVERIFY2(done.status == 200, done.body.constData());
}

std::unique_ptr<Computer> TestDesktopSessions::computer(const char *name, const model::Text &token)
{
    return std::make_unique<Computer>(m_way->url(), m_dir->filePath(QString::fromLatin1(name)),
                                      token.isEmpty() ? model::Text(m_server->key()) : token);
}

std::unique_ptr<Computer> TestDesktopSessions::online(const char *name)
{
    auto one = computer(name);
    if (!one->becomes(Connection::State::Online))
        qFatal("not online: %s", one->session.connection().reason.constData());
    return one;
}

void TestDesktopSessions::readHereIsReadThereWithinASecond()
{
    const auto desk = online("desk");
    const auto laptop = online("laptop");
    post("Build failed");
    QVERIFY(test::waitUntil([&] { return desk->find("Build failed") && laptop->find("Build failed"); }));
    QVERIFY(test::waitUntil([&] { return laptop->session.counts().unread == 1; }));
    QElapsedTimer timer;
    timer.start();
    desk->triage.read({*desk->find("Build failed")});
    QVERIFY(desk->engagement("Build failed").read); // at once
    QVERIFY(test::waitUntil([&] { return laptop->engagement("Build failed").read.has_value(); }));
    QVERIFY2(timer.elapsed() < 1'000, QByteArray::number(timer.elapsed()).constData());
    QVERIFY(test::waitUntil([&] {
        return desk->session.counts() == model::Counts{0, 0} &&
               laptop->session.counts() == model::Counts{0, 0} && !desk->inbox.ledger().hasUnanswered();
    }));
    desk->triage.undo();
    QVERIFY(test::waitUntil([&] { return !laptop->engagement("Build failed").read; }));
    QVERIFY(test::waitUntil([&] { return desk->session.counts().unread == 1; }));
}

void TestDesktopSessions::survivesAServerThatIsKilled()
{
    const auto desk = online("desk");
    QSignalSpy resets(&desk->inbox, &QAbstractItemModel::modelReset);
    post("before");
    QVERIFY(test::waitUntil([&] { return desk->find("before").has_value(); }));
    m_server->kill();
    QVERIFY(test::waitUntil([&] { return desk->state() != Connection::State::Online; }));
    QVERIFY(test::waitUntil([&] { return !desk->session.connection().reason.isEmpty(); }));
    desk->triage.archive({*desk->find("before")});
    QCOMPARE(desk->session.waitingOps(), 1);
    QCOMPARE(desk->session.counts().unread, 0);
    QVERIFY(m_server->start());
    m_way->leadTo(m_server->port());
    post("after");
    desk->session.retry();
    QVERIFY(desk->becomes(Connection::State::Online));
    QVERIFY(test::waitUntil([&] { return desk->find("after") && desk->session.waitingOps() == 0; }));
    QVERIFY(desk->engagement("before").archived);
    QVERIFY(!desk->inbox.ledger().hasUnanswered());
    QCOMPARE(desk->list.rowCount(), 1);
    QCOMPARE(resets.size(), 0);
}

void TestDesktopSessions::catchesUpOnAThousand()
{
    {
        const auto desk = online("desk");
        post("first");
        QVERIFY(test::waitUntil([&] { return desk->find("first").has_value(); }));
    }
    QByteArray batch;
    for (int i = 0; i < 1'000; ++i)
        batch += QByteArray(batch.isEmpty() ? "" : ",") + R"({"user_id":"mara","title":"missed )" +
                 QByteArray::number(i) + R"("})";
    test::HttpClient http(m_server->port(), m_server->key());
    QCOMPARE(http.post("/api/v1/notifications:batch", R"({"notifications":[)" + batch + "]}").status, 200);
    const auto desk = online("desk");
    QVERIFY(test::waitUntil([&] { return desk->list.rowCount() == 1'001; }));
    QVERIFY(test::waitUntil([&] { return desk->session.counts().unread == 1'001; }));
    // And once more, now out of the cache alone.
    m_way->cut();
    const auto found = [&](const QByteArray &words) {
        std::optional<model::Result<QList<model::NotificationId>>> ids;
        desk->session.search(words, [&](auto answer) { ids = std::move(answer); });
        return test::waitUntil([&] { return ids.has_value(); }) ? (*ids)->size() : -1;
    };
    QCOMPARE(found("missed 77"), 11);
}

void TestDesktopSessions::offlineDeedsMeetAgain()
{
    const auto desk = online("desk");
    const auto laptop = online("laptop");
    for (const char *title : {"a", "b", "c", "d", "e"})
        post(title);
    QVERIFY(test::waitUntil([&] { return desk->list.rowCount() == 5 && laptop->list.rowCount() == 5; }));
    m_way->cut();
    QVERIFY(test::waitUntil([&] {
        return desk->state() != Connection::State::Online && laptop->state() != Connection::State::Online;
    }));
    // Ops have their time in milliseconds: of two the later one wins, so each gets its own.
    const auto tick = [] {
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        return test::waitUntil([&] { return QDateTime::currentMSecsSinceEpoch() > now; });
    };
    desk->triage.archive({*desk->find("a")});
    laptop->triage.read({*laptop->find("b")});
    QVERIFY(tick());
    desk->triage.read({*desk->find("b"), *desk->find("c")});
    laptop->triage.remove({*laptop->find("a")}); // delete wins
    QVERIFY(tick());
    laptop->triage.read({*laptop->find("c")});
    QVERIFY(tick());
    laptop->triage.unread({*laptop->find("c")}); // later than the read there
    desk->triage.snooze({*desk->find("d")}, model::Instant{QDateTime::currentMSecsSinceEpoch() * 1000} + 3h);
    post("meanwhile");
    m_way->leadTo(m_server->port());
    desk->session.retry();
    laptop->session.networkChanged();
    const auto isSettled = [](const Computer &one) {
        return one.state() == Connection::State::Online && one.session.waitingOps() == 0 &&
               one.find("meanwhile");
    };
    QVERIFY(test::waitUntil(
        [&] { return isSettled(*desk) && isSettled(*laptop) && desk->told() == laptop->told(); }));
    QVERIFY(desk->engagement("a").deleted);
    QVERIFY(desk->engagement("b").read);
    QVERIFY(!desk->engagement("c").read);
    QVERIFY(desk->engagement("d").snoozedUntil);
    QVERIFY(!desk->engagement("meanwhile").read);
    QVERIFY(test::waitUntil([&] { return desk->session.counts() == laptop->session.counts(); }));
    QCOMPARE(desk->session.counts().unread, 3); // c, e, meanwhile
    // What the server keeps is what both show.
    const auto third = online("third");
    QVERIFY(test::waitUntil([&] { return third->find("d").has_value(); })); // comes beside the snapshot
    QCOMPARE(third->list.rowCount(), desk->list.rowCount());
}

void TestDesktopSessions::deedsOutliveTheProgram()
{
    {
        const auto desk = online("desk");
        post("one");
        QVERIFY(test::waitUntil([&] { return desk->find("one").has_value(); }));
        m_way->cut();
        QVERIFY(test::waitUntil([&] { return desk->state() != Connection::State::Online; }));
        desk->triage.archive({*desk->find("one")});
    }
    {
        const auto desk = computer("desk"); // still no network
        QVERIFY(test::waitUntil([&] { return desk->isOpen; }));
        QVERIFY(desk->engagement("one").archived);
        QVERIFY(desk->inbox.find(*desk->find("one"))->isPending);
        QCOMPARE(desk->session.waitingOps(), 1);
        QCOMPARE(desk->session.counts().unread, 0);
    }
    m_way->leadTo(m_server->port());
    const auto laptop = online("laptop");
    QVERIFY(test::waitUntil([&] { return laptop->find("one").has_value(); }));
    const auto desk = online("desk");
    QVERIFY(test::waitUntil([&] { return laptop->engagement("one").archived.has_value(); }));
    QVERIFY(test::waitUntil([&] { return desk->session.waitingOps() == 0; }));
}

void TestDesktopSessions::anotherDatabaseBeginsAnew()
{
    post("old");
    const auto desk = online("desk");
    QVERIFY(test::waitUntil([&] { return desk->find("old").has_value(); }));
    m_way->cut();
    test::ServerProcess other;
    QVERIFY(other.start());
    test::HttpClient http(other.port(), other.key());
    QCOMPARE(http.post("/api/v1/notifications", R"({"user_id":"mara","title":"new"})").status, 201);
    m_way->leadTo(other.port());
    desk->session.retry();
    QVERIFY(test::waitUntil([&] { return desk->find("new") && !desk->find("old"); }));
    QVERIFY(desk->becomes(Connection::State::Online));
    QCOMPARE(desk->list.rowCount(), 1);
}

void TestDesktopSessions::whatIsArchivedComesToANewComputer()
{
    const auto desk = online("desk");
    for (const char *title : {"kept", "put away", "asleep"})
        post(title);
    QVERIFY(test::waitUntil([&] { return desk->list.rowCount() == 3; }));
    desk->triage.archive({*desk->find("put away")});
    desk->triage.snooze({*desk->find("asleep")},
                        model::Instant{QDateTime::currentMSecsSinceEpoch() * 1000} + 3h);
    QVERIFY(test::waitUntil([&] { return desk->session.waitingOps() == 0; }));
    const auto fresh = online("fresh");
    QVERIFY(test::waitUntil([&] { return fresh->told() == desk->told(); }));
    // Brought back where a program never saw it: only its id is told.
    const auto laptop = online("laptop");
    QVERIFY(test::waitUntil([&] { return laptop->told() == desk->told(); }));
    laptop->inbox.startAnew();
    desk->triage.unarchive({*desk->find("put away")});
    QVERIFY(test::waitUntil([&] { return laptop->find("put away").has_value(); }));
    QVERIFY(!laptop->engagement("put away").archived);
}

void TestDesktopSessions::theArchiveGoesOnAsFarAsSomebodyLooks()
{
    archive(1'650);
    auto desk = online("desk");
    QVERIFY(test::waitUntil([&] { return desk->session.hasOlderArchived() == true; }));
    QCOMPARE(desk->inbox.rowCount(), session::ListLoader::mostArchived);
    PageAsked asked;
    desk->session.olderArchived(asked.reply());
    QCOMPARE(asked.answer().ids.size(), session::ListLoader::pageSize);
    QCOMPARE(desk->inbox.rowCount(), 1'500);
    QVERIFY(desk->find("many 151") && !desk->find("many 150"));
    desk->session.olderArchived(asked.reply());
    QVERIFY(asked.answer().next.isEmpty());
    QCOMPARE(desk->inbox.rowCount(), 1'650);
    QVERIFY(desk->session.hasOlderArchived() == false);

    // Another run knows the rows, and not whether there are more.
    archive(10);
    QVERIFY(test::waitUntil([&] { return desk->inbox.rowCount() == 1'660; }));
    desk.reset();
    desk = online("desk");
    QCOMPARE(desk->inbox.rowCount(), 1'660);
    QVERIFY(!desk->session.hasOlderArchived());
    desk->session.olderArchived(asked.reply());
    QVERIFY(asked.answer().next.isEmpty()); // through what is here, to its end
    QVERIFY(desk->session.hasOlderArchived() == false);

    m_server->kill();
    QVERIFY(test::waitUntil([&] { return desk->state() != Connection::State::Online; }));
    desk->session.searchServer("many", {}, asked.reply());
    QCOMPARE(asked.error(), model::ErrorCode::Unavailable);
}

void TestDesktopSessions::aFullComputerTakesNoMoreOfTheArchive()
{
    archive(1'900);
    const offline::CacheLimits limits{.rows = 1'200};
    Computer small(m_way->url(), m_dir->filePath(QStringLiteral("small")), model::Text(m_server->key()),
                   limits);
    QVERIFY(test::waitUntil([&] { return small.session.hasOlderArchived() == true; }));
    PageAsked asked;
    small.session.olderArchived(asked.reply());
    QVERIFY(!asked.answer().isFull);
    small.session.olderArchived(asked.reply());
    QVERIFY(asked.answer().isFull);
    QCOMPARE(small.inbox.rowCount(), 1'500);
    // What comes on top of it takes the room of the oldest, which have to be looked for again.
    archive(300);
    QVERIFY(test::waitUntil([&] { return small.find("many 300") && small.inbox.rowCount() < 1'701; }));
    QVERIFY(test::waitUntil([&] { return !small.session.hasOlderArchived(); }));
}

void TestDesktopSessions::whatASearchFindsComesInPages()
{
    archive(1'450); // of which 1,000 come by themselves
    const auto desk = online("desk");
    QVERIFY(test::waitUntil([&] { return desk->session.hasOlderArchived() == true; }));
    PageAsked asked;
    desk->session.searchServer("many 1", {}, asked.reply()); // 1, 10 to 19, 100 to 199, 1000 to 1450
    const session::RowPage first = asked.answer();
    QCOMPARE(first.ids.size(), 200);
    desk->session.searchServer("many 1", first.next, asked.reply());
    const session::RowPage second = asked.answer();
    QCOMPARE(second.ids.size(), 200);
    desk->session.searchServer("many 1", second.next, asked.reply());
    QCOMPARE(asked.answer().ids.size(), 162);
    QVERIFY(asked.answer().next.isEmpty());
    QVERIFY(desk->find("many 1") && !desk->find("many 2"));
}

void TestDesktopSessions::mutesOnTheServer()
{
    const auto desk = online("desk");
    QSignalSpy changed(&desk->session, &session::AccountSession::preferencesChanged);
    QSignalSpy refused(&desk->triage, &inbox::Triage::refused);
    QSignalSpy arrived(&desk->session, &session::AccountSession::arrived);
    desk->triage.mute("build");
    QVERIFY(test::waitUntil([&] { return changed.size() == 1; }));
    post("quiet");
    QVERIFY(test::waitUntil([&] { return desk->find("quiet").has_value(); }));
    QCOMPARE(arrived.size(), 0);
    desk->triage.undo();
    QVERIFY(test::waitUntil([&] { return changed.size() == 2; }));
    post("loud");
    QVERIFY(test::waitUntil([&] { return arrived.size() == 1; }));
    QCOMPARE(refused.size(), 0);
    m_way->cut();
    desk->triage.mute("build");
    QVERIFY(test::waitUntil([&] { return refused.size() == 1; }));
    QVERIFY(!desk->triage.canUndo());
}

void TestDesktopSessions::worksWithoutACache()
{
    QFile blocker(m_dir->filePath(QStringLiteral("blocked")));
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    post("shown");
    const auto desk = computer("blocked");
    QSignalSpy notKept(&desk->session, &session::AccountSession::notKept);
    QVERIFY(desk->becomes(Connection::State::Online));
    QVERIFY(desk->find("shown"));
    QCOMPARE(notKept.size(), 1);
}

void TestDesktopSessions::readableWhileNobodyIsSignedIn()
{
    post("kept");
    static_cast<void>(online("desk"));
    const auto desk = computer("desk");
    desk->tokens.set({});
    QVERIFY(desk->becomes(Connection::State::NeedsSignIn));
    QVERIFY(desk->find("kept"));
    QCOMPARE(desk->session.connection().reason, model::Text("nobody is signed in"));
    desk->triage.read({*desk->find("kept")});
    QCOMPARE(desk->session.waitingOps(), 1);
    desk->tokens.set(m_server->key());
    desk->session.retry();
    QVERIFY(desk->becomes(Connection::State::Online));
    QVERIFY(test::waitUntil([&] { return desk->session.waitingOps() == 0; }));
    const int asked = desk->tokens.asked;
    // A token that the server does not take is asked for again.
    const QUrl direct(QStringLiteral("http://127.0.0.1:%1").arg(m_server->port()));
    const Computer wrong(direct, m_dir->filePath(QStringLiteral("wrong")), "blf_wrong");
    QVERIFY(test::waitUntil([&] { return wrong.tokens.asked >= 2; }));
    QCOMPARE(desk->tokens.asked, asked);
}

QTEST_GUILESS_MAIN(TestDesktopSessions)
#include "tst_desktop_sessions.moc"
