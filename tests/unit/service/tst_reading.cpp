#include "world.h"

#include <QTest>

using namespace belfry;
using namespace belfry::test;
using model::ErrorCode;
using ports::ListState;
using service::ListWish;

namespace {
std::vector<model::Notification> itemsOf(const model::UserId &user, int count)
{
    std::vector<model::Notification> items;
    for (int i = count; i > 0; --i) {
        model::Notification item;
        item.id = {1, quint64(i)};
        item.user = user;
        item.seq = item.createdSeq = i;
        items.push_back(std::move(item));
    }
    return items;
}
} // namespace

class TestReading : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void limits_data();
    void limits();
    void passesTheWishOn();
    void refusesBadPaging_data();
    void refusesBadPaging();
    void aCursorIsOfItsOwnList();
    void needsScopeAndReach();
    void snapshotPages();
    void oneItem();
    void countsFromMemory();
    void log();
    void timelineNamesUnconfiguredChannels();
    void timelineOfOthersIsNotFound();
    void legacyListIsWhole();
    void legacyListStopsAtItsLimit();
};

void TestReading::limits_data()
{
    QTest::addColumn<int>("wish");
    QTest::addColumn<int>("expected");
    QTest::newRow("absent") << -100 << 50;
    QTest::newRow("0 (S1)") << 0 << 50;
    QTest::newRow("negative (S1)") << -1 << 50;
    QTest::newRow("as asked") << 7 << 7;
    QTest::newRow("clamped") << 501 << 500;
}

void TestReading::limits()
{
    QFETCH(int, wish);
    QFETCH(int, expected);
    World w;
    ListWish list;
    if (wish != -100)
        list.limit = wish;
    Answer<model::Result<ports::InboxPage>> page;
    w.services.reading.list(w.home, World::key(), ada, list, page.reply());
    QVERIFY(page.wait());
    QCOMPARE(w.store.queries[0].limit, expected);
}

void TestReading::passesTheWishOn()
{
    World w;
    ListWish list;
    list.state = ListState::Archived;
    list.type = "chat";
    list.search = "wind ost";
    list.before = 77;
    Answer<model::Result<ports::InboxPage>> page;
    w.services.reading.list(w.home, World::person(ada), ada, list, page.reply());
    QVERIFY(page.wait());
    const ports::InboxQuery &query = w.store.queries[0];
    QCOMPARE(query.user, ada);
    QCOMPARE(query.state, ListState::Archived);
    QCOMPARE(query.type, "chat");
    QCOMPARE(query.search, "wind ost");
    QCOMPARE(query.before, model::Seq(77));
}

void TestReading::refusesBadPaging_data()
{
    QTest::addColumn<int>("offset");
    QTest::addColumn<int>("before");
    QTest::addColumn<QByteArray>("pointer");
    QTest::newRow("both") << 0 << 5 << QByteArray("offset");
    QTest::newRow("negative offset") << -1 << -100 << QByteArray("offset");
    QTest::newRow("deep in a search") << 10'001 << -100 << QByteArray("offset");
    QTest::newRow("cursor 0") << -100 << 0 << QByteArray("cursor");
}

void TestReading::refusesBadPaging()
{
    QFETCH(int, offset);
    QFETCH(int, before);
    QFETCH(QByteArray, pointer);
    World w;
    ListWish list;
    if (offset > 0)
        list.search = "word";
    if (offset != -100)
        list.offset = offset;
    if (before != -100)
        list.before = before;
    Answer<model::Result<ports::InboxPage>> page;
    w.services.reading.list(w.home, World::key(), ada, list, page.reply());
    QVERIFY(page.has());
    QCOMPARE(page->error().code, ErrorCode::Malformed);
    QCOMPARE(page->error().fields.value(0).pointer, pointer);
}

void TestReading::aCursorIsOfItsOwnList()
{
    World w;
    ListWish active;
    active.after = ports::DuePlace{{5}, {}};
    ListWish scheduled;
    scheduled.state = ListState::Scheduled;
    scheduled.before = 5;
    for (const ListWish &wish : {active, scheduled}) {
        Answer<model::Result<ports::InboxPage>> page;
        Answer<model::Result<service::Snapshot>> snapshot;
        w.services.reading.list(w.home, World::key(), ada, wish, page.reply());
        w.services.reading.snapshot(w.home, World::key(), ada, wish, snapshot.reply());
        QCOMPARE(page->error().fields.value(0).pointer, "cursor");
        QCOMPARE(snapshot->error().fields.value(0).pointer, "cursor");
    }
}

void TestReading::needsScopeAndReach()
{
    World w;
    const auth::Principal writer = World::key(auth::Scope::NotifyWrite);
    const auth::Principal other = World::person(bob);
    for (const auth::Principal &who : {writer, other}) {
        Answer<model::Result<ports::InboxPage>> list;
        Answer<model::Result<service::Snapshot>> snapshot;
        Answer<model::Result<service::LegacyList>> legacy;
        Answer<model::Result<model::Notification>> item;
        Answer<model::Result<ports::LogState>> counts;
        Answer<model::Result<service::LogAnswer>> log;
        service::Reading &reading = w.services.reading;
        reading.list(w.home, who, ada, {}, list.reply());
        reading.snapshot(w.home, who, ada, {}, snapshot.reply());
        reading.legacyList(w.home, who, ada, {}, legacy.reply());
        reading.item(w.home, who, ada, {}, item.reply());
        reading.counts(w.home, who, ada, counts.reply());
        reading.log(w.home, who, ada, 0, {}, log.reply());
        QCOMPARE(list->error().code, ErrorCode::Forbidden);
        QCOMPARE(snapshot->error().code, ErrorCode::Forbidden);
        QCOMPARE(legacy->error().code, ErrorCode::Forbidden);
        QCOMPARE(item->error().code, ErrorCode::Forbidden);
        QCOMPARE(counts->error().code, ErrorCode::Forbidden);
        QCOMPARE(log->error().code, ErrorCode::Forbidden);
    }
}

void TestReading::snapshotPages()
{
    World w;
    w.store.lists[ada] = itemsOf(ada, 501);
    w.store.logs[ada].head = 501;
    Answer<model::Result<service::Snapshot>> first, second;
    w.services.reading.snapshot(w.home, World::person(ada), ada, {}, first.reply());
    QVERIFY(first.wait());
    QCOMPARE(first->value().epoch.text, "fake-epoch");
    QCOMPARE(first->value().page.items.size(), std::size_t(500));
    QCOMPARE(first->value().page.head, model::Seq(501));
    ListWish next;
    next.before = first->value().page.nextBefore;
    w.services.reading.snapshot(w.home, World::person(ada), ada, next, second.reply());
    QVERIFY(second.wait());
    QCOMPARE(second->value().page.items.size(), std::size_t(1));
    QCOMPARE(second->value().page.nextBefore, model::Seq(0));
}

void TestReading::oneItem()
{
    World w;
    const model::Notification item = itemsOf(ada, 1)[0];
    w.store.items[item.id] = item;
    Answer<model::Result<model::Notification>> own, others;
    w.services.reading.item(w.home, World::key(), ada, item.id, own.reply());
    w.services.reading.item(w.home, World::key(), bob, item.id, others.reply());
    QVERIFY(own.wait() && others.wait());
    QCOMPARE(own->value().id, item.id);
    QCOMPARE(others->error().code, ErrorCode::NotFound);
}

void TestReading::countsFromMemory()
{
    World w;
    w.store.logs[ada] = {3, 1, {2, 3}};
    Answer<model::Result<ports::LogState>> read, known;
    w.services.reading.counts(w.home, World::person(ada), ada, read.reply());
    QVERIFY(read.wait());
    QCOMPARE(read->value().counts.unread, 3);
    w.services.reading.counts(w.home, World::person(ada), ada, known.reply());
    QVERIFY(known.has());
    QCOMPARE(w.store.logStateReads, std::vector<std::size_t>{1});
}

void TestReading::log()
{
    World w;
    w.store.logs[ada].head = 9;
    Answer<model::Result<service::LogAnswer>> page, bad;
    w.services.reading.log(w.home, World::person(ada), ada, 4, 2, page.reply());
    QVERIFY(page.wait());
    QCOMPARE(page->value().epoch.text, "fake-epoch");
    QCOMPARE(page->value().page.changes.size(), std::size_t(2));
    QCOMPARE(page->value().page.changes[0].seq, model::Seq(5));
    w.services.reading.log(w.home, World::person(ada), ada, -1, {}, bad.reply());
    QCOMPARE(bad->error().code, ErrorCode::Malformed);
}

void TestReading::timelineNamesUnconfiguredChannels()
{
    World w;
    model::Notification item = itemsOf(ada, 1)[0];
    item.content.channels = {model::Channel::InApp, model::Channel::Email};
    w.store.items[item.id] = item;
    Answer<model::Result<ports::Timeline>> timeline;
    w.services.reading.timeline(w.home, World::person(ada), item.id, timeline.reply());
    QVERIFY(timeline.wait());
    QCOMPARE(timeline->value().deliveries.size(), std::size_t(1));
    const ports::Delivery &email = timeline->value().deliveries[0];
    QCOMPARE(email.channel, model::Channel::Email);
    QCOMPARE(email.state, "suppressed");
    QCOMPARE(email.reason, "channel_not_configured");
}

void TestReading::timelineOfOthersIsNotFound()
{
    World w;
    const model::Notification item = itemsOf(ada, 1)[0];
    w.store.items[item.id] = item;
    Answer<model::Result<ports::Timeline>> others;
    w.services.reading.timeline(w.home, World::person(bob), item.id, others.reply());
    QVERIFY(others.wait());
    QCOMPARE(others->error().code, ErrorCode::NotFound);
}

void TestReading::legacyListIsWhole()
{
    World w;
    auto items = itemsOf(ada, 600);
    items[0].content.actorId = "bob";
    items[1].content.actorId = "bob";
    items[2].content.actorId = "nobody";
    items[3].legacyId = 5;
    w.store.lists[ada] = items;
    w.store.knownPeople[bob] = {bob, "Bob", {}, {}, {}};
    Answer<model::Result<service::LegacyList>> list;
    w.services.reading.legacyList(w.home, World::key(), ada, {}, list.reply());
    QVERIFY(list.wait());
    const service::LegacyList &got = list->value();
    QCOMPARE(got.page.items.size(), std::size_t(600));
    QCOMPARE(got.page.items.back().createdSeq, model::Seq(1));
    QCOMPARE(got.page.items[0].legacyId, 1'000);
    QCOMPARE(got.page.items[3].legacyId, 5);
    QCOMPARE(got.page.items[4].legacyId, 1'003);
    QCOMPARE(got.people.size(), std::size_t(3));
    QCOMPARE(got.people[0].id, ada);
    QCOMPARE(got.people[1].name, "Bob");
    QCOMPARE(got.people[2].id.text, "nobody");
    QVERIFY(got.people[2].name.isEmpty());
}

void TestReading::legacyListStopsAtItsLimit()
{
    World w;
    w.store.lists[ada] = itemsOf(ada, 1'200);
    ListWish wish;
    wish.limit = 3;
    Answer<model::Result<service::LegacyList>> few, most;
    w.services.reading.legacyList(w.home, World::key(), ada, wish, few.reply());
    w.services.reading.legacyList(w.home, World::key(), ada, {}, most.reply());
    QVERIFY(few.wait() && most.wait());
    QCOMPARE(few->value().page.items.size(), std::size_t(3));
    QCOMPARE(most->value().page.items.size(), std::size_t(1'000)); // H45
}

QTEST_GUILESS_MAIN(TestReading)
#include "tst_reading.moc"
